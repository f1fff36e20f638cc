/** What libwebrtc says of a description it refuses: Chromium and Safari. The particular stands before the general. */
import { chromium, type BrowserErrorEntry } from './entry';

export const CHROMIUM_DESCRIPTIONS: readonly BrowserErrorEntry[] = [
	// Offer and answer
	chromium({
		id: 'answer-order',
		pattern: /order of m-lines in answer doesn't match order in offer/i,
		rules: ['section-count', 'section-order', 'section-mid'],
		means: 'The answer does not have the m= lines of the offer: another number, another order, another kind or another mid.',
		example: "Failed to set remote answer sdp: The order of m-lines in answer doesn't match order in offer. Rejecting answer."
	}),
	chromium({
		id: 'offer-order',
		pattern: /order of m-lines in subsequent offer doesn't match/i,
		rules: ['sections-removed', 'recycled-section'],
		means: 'This offer lost or moved an m= line, or changed the mid of one, against the rounds before.',
		example:
			"Failed to set remote offer sdp: The order of m-lines in subsequent offer doesn't match order from previous offer/answer."
	}),
	chromium({
		id: 'answer-setup',
		pattern: /mid='(?<mid>[^']*)': Answerer must use either active or passive/i,
		rules: ['answer-copied', 'answer-dtls-role'],
		means: 'The answer says a=setup:actpass, which only an offer may.',
		example:
			"Failed to set remote answer sdp: Failed to apply the description for m= section with mid='0': Answerer must use either active or passive value for setup attribute."
	}),
	chromium({
		id: 'offer-setup',
		pattern: /mid='(?<mid>[^']*)': Offerer must use (?:actpass|current negotiated role)/i,
		rules: ['dtls-association-changed', 'offer-dtls-role'],
		attribute: 'setup',
		means: 'The offer of a later round changes the DTLS role, which stays for the life of the association.',
		example:
			"Failed to set local answer sdp: Failed to apply the description for m= section with mid='0': Offerer must use current negotiated role for setup attribute."
	}),
	chromium({
		id: 'directions',
		pattern: /Incompatible (?:send|receive|send\/receive) direction/i,
		rules: ['direction-conflict'],
		means: 'The directions of offer and answer exclude each other.',
		example: 'Failed to set remote answer sdp: Incompatible receive direction'
	}),
	chromium({
		id: 'rtcp-mux-required',
		pattern: /m= section with mid='(?<mid>[^']*)' is invalid\. RTCP-MUX is not enabled when it is required/i,
		rules: ['rtcp-mux-missing', 'bundle-rtcp-mux', 'rtcp-mux-refused'],
		means: 'A section has no a=rtcp-mux, and this browser takes no RTCP on a port of its own.',
		remedy: 'Have the other side write a=rtcp-mux into every section of audio and video.',
		example:
			"Failed to set remote answer sdp: The m= section with mid='0' is invalid. RTCP-MUX is not enabled when it is required."
	}),
	chromium({
		id: 'rtcp-mux-refused',
		pattern: /Failed to set ?up RTCP[ -]mux/i,
		rules: ['rtcp-mux-refused', 'rtcp-mux-not-offered'],
		means: 'The two sides do not agree on a=rtcp-mux.',
		example: 'Failed to set remote answer sdp: Failed to setup RTCP mux.'
	}),
	// Transport
	chromium({
		id: 'ice-missing',
		pattern: /without ice-ufrag and ice-pwd/i,
		rules: ['ice-credentials-missing'],
		means: 'A section has no a=ice-ufrag or no a=ice-pwd, of its own or from its bundle.',
		example: 'Failed to set remote offer sdp: Called with SDP without ice-ufrag and ice-pwd.'
	}),
	chromium({
		id: 'ice-parameters',
		pattern: /(?:mid='(?<mid>[^']*)': )?Invalid ICE parameters/i,
		rules: ['ice-credentials-length', 'ice-credentials-characters'],
		means: 'An ICE user fragment or password has the wrong length or wrong characters.',
		example:
			"Failed to set remote offer sdp: Failed to apply the description for m= section with mid='0': Invalid ICE parameters: ICE ufrag must be between 4 and 256 characters long."
	}),
	chromium({
		id: 'fingerprint-missing',
		pattern: /without DTLS fingerprint/i,
		rules: ['fingerprint-missing'],
		means: 'A section has no a=fingerprint, so its encryption could not be tied to this description.',
		example: 'Failed to set remote offer sdp: Called with SDP without DTLS fingerprint.'
	}),
	chromium({
		id: 'crypto-missing',
		pattern: /without (?:crypto setup|SDES crypto)/i,
		rules: ['unencrypted-profile', 'fingerprint-missing'],
		means: 'A section is not encrypted, or by a method that WebRTC forbids.',
		example: 'Failed to set remote offer sdp: Called with SDP without crypto setup.'
	}),
	chromium({
		id: 'fingerprint-own',
		pattern: /Local fingerprint does not match identity/i,
		rules: ['dtls-association-changed'],
		means: 'The fingerprint of the local description is not that of the certificate in use.',
		remedy: 'Set the description as createOffer or createAnswer made it.',
		example: 'Failed to set local offer sdp: Local fingerprint does not match identity. Expected: sha-256 00 Got: sha-256 11'
	}),
	chromium({
		id: 'fingerprint-unusable',
		pattern: /(?:mid='(?<mid>[^']*)': )?Failed to apply remote fingerprint/i,
		rules: ['fingerprint-digest', 'fingerprint-hash'],
		means: 'The digest of the fingerprint does not fit its hash.',
		example:
			"Failed to set local answer sdp: Failed to apply the description for m= section with mid='0': Failed to apply remote fingerprint."
	}),
	chromium({
		id: 'fingerprint-digest',
		pattern: /Failed to create fingerprint from the digest/i,
		rules: ['fingerprint-digest', 'fingerprint-hash'],
		means: 'The fingerprint is not pairs of hex digits, or of a hash that is not known.',
		example: 'Failed to parse SessionDescription. a=fingerprint:sha-256 ZZ Failed to create fingerprint from the digest.'
	}),
	chromium({
		id: 'fingerprint-repeated',
		pattern: /multiple fingerprint attributes at the same level/i,
		rules: ['fingerprint-repeated'],
		means: 'A section has more than one a=fingerprint.',
		example:
			"Failed to parse SessionDescription. a=fingerprint:sha-256 00 Can't have multiple fingerprint attributes at the same level."
	}),
	chromium({
		id: 'setup-value',
		pattern: /a=setup:[^\n]*\s*Invalid attribute value/i,
		rules: ['stray-blank', 'dtls-role-missing'],
		means: 'a=setup has a value that is no role.',
		example: 'Failed to parse SessionDescription. a=setup:foo Invalid attribute value.'
	}),
	chromium({
		id: 'transport-missing',
		pattern: /Failed to create transport answer/i,
		rules: ['dtls-role-missing'],
		means: 'The answer could not be made: the offer has a DTLS role that nothing can be answered to.',
		example: "Failed to execute 'createAnswer' on 'RTCPeerConnection': Failed to create transport answer, transport is missing"
	}),
	// Bundle
	chromium({
		id: 'bundle-rejected',
		pattern: /m= section with mid='(?<mid>[^']*)' should be rejected/i,
		rules: ['bundle-rejected-section'],
		means: 'The section {what} is bundled with one whose port is 0, so it has no transport left.',
		example: "Failed to set remote answer sdp: The m= section with mid='1' should be rejected."
	}),
	chromium({
		id: 'extension-renamed',
		pattern: /RTP extension ID reassignment not supported(?: \(collision on active MID (?<mid>[^,\s]+))?/i,
		rules: ['extension-id-reassigned'],
		means: 'A header extension id stands for another URI than in the rounds before.',
		remedy: 'Keep the id of each URI for the life of the connection, and give a new URI an id that was never used.',
		cite: 'RFC 8285 §5',
		attribute: 'extmap',
		example:
			'Failed to set remote offer sdp: RTP extension ID reassignment not supported (collision on active MID 0, id=3, old_uri="urn:example:one", new_uri="urn:example:two").'
	}),
	chromium({
		id: 'bundle-policy',
		pattern: /max-bundle is used but no bundle group found/i,
		rules: ['bundle-dropped'],
		means: 'The connection was made with bundlePolicy max-bundle, and the description has no a=group:BUNDLE.',
		remedy: 'Have the other side bundle, or make the connection with bundlePolicy balanced.',
		cite: 'RFC 9429 §4.1.1',
		example: 'Failed to set remote offer sdp: max-bundle is used but no bundle group found.'
	}),
	chromium({
		id: 'bundle-rtcp-mux',
		pattern: /rtcp-mux must be enabled when BUNDLE/i,
		rules: ['bundle-rtcp-mux', 'rtcp-mux-refused'],
		means: 'A bundled section has no a=rtcp-mux.',
		example: 'Failed to set remote offer sdp: rtcp-mux must be enabled when BUNDLE is enabled.'
	}),
	chromium({
		id: 'bundle-overlap',
		pattern: /BUNDLE group contains a MID='(?<what>[^']*)' that is already in a BUNDLE group/i,
		rules: ['bundle-overlap'],
		means: 'The mid "{what}" is in two BUNDLE groups.',
		example: "Failed to set remote offer sdp: A BUNDLE group contains a MID='1' that is already in a BUNDLE group."
	}),
	chromium({
		id: 'bundle-not-offered',
		pattern: /BUNDLE group in answer contains a MID='(?<mid>[^']*)' that was not in the offered group/i,
		rules: ['bundle-not-offered'],
		means: 'The answer bundles the section {what}, which the offer did not.',
		example: "Failed to set remote answer sdp: A BUNDLE group in answer contains a MID='2' that was not in the offered group."
	}),
	chromium({
		id: 'bundle-mid',
		pattern: /BUNDLE group contains a MID='(?<what>[^']*)' matching no m= section/i,
		rules: ['bundle-unknown-mid', 'bundle-not-offered'],
		means: 'a=group:BUNDLE names "{what}", and no section has that mid.',
		example: "Failed to set remote offer sdp: A BUNDLE group contains a MID='9' matching no m= section."
	}),
	chromium({
		id: 'extension-collision',
		pattern: /codec collision for header extension id=?\s?(?<what>\d+)/i,
		rules: ['extension-id-collision', 'extension-id'],
		means: 'Header extension id {what} means two things inside one bundle.',
		example:
			'Failed to set remote offer sdp: A BUNDLE group contains a codec collision for header extension id=1. The id must be the same across all bundled media descriptions'
	}),
	chromium({
		id: 'payload-collision',
		pattern: /codec collision for payload_type=?\s?(?<what>\d+)/i,
		rules: ['payload-type-collision'],
		means: 'Payload type {what} means two codecs inside one bundle.',
		example:
			'Failed to set remote offer sdp: A BUNDLE group contains a codec collision for payload_type=96. All codecs must share the same type, encoding name, clock rate and parameters.'
	}),
	chromium({
		id: 'mid-missing',
		pattern: /missing a MID attribute/i,
		rules: ['mid-missing'],
		means: 'A section has no a=mid.',
		example: 'Failed to set remote offer sdp: A media section is missing a MID attribute.'
	}),
	chromium({
		id: 'mid-repeated',
		pattern: /Duplicate a=mid value '(?<what>[^']*)'/i,
		rules: ['mid-repeated', 'mid-missing', 'mid-syntax'],
		means: 'Two sections are called "{what}"; a section without a=mid is given a name by its place and can collide, too.',
		example: "Failed to set remote offer sdp: Duplicate a=mid value '0'."
	}),
	chromium({
		id: 'mid-length',
		pattern: /MID attribute exceeds the maximum supported length/i,
		rules: ['mid-syntax'],
		means: 'A mid has more than 16 characters.',
		example: 'Failed to set remote offer sdp: The MID attribute exceeds the maximum supported length of 16 characters.'
	}),
	chromium({
		id: 'mid-characters',
		pattern: /Illegal character found in the value of mid/i,
		rules: ['control-characters', 'mid-syntax'],
		means: 'A mid has characters that are not allowed in one.',
		example: 'Failed to parse SessionDescription. a=mid:0 Illegal character found in the value of mid'
	}),
	// Media
	chromium({
		id: 'rtcp-mux-policy',
		pattern: /rtcpMuxPolicy is 'require', but media description does not contain 'a=rtcp-mux'/i,
		rules: ['rtcp-mux-missing', 'bundle-rtcp-mux', 'rtcp-mux-refused'],
		means: 'A section has no a=rtcp-mux, and this browser takes no RTCP on a port of its own.',
		remedy: 'Have the other side write a=rtcp-mux into every section of audio and video.',
		example: "Session error description: rtcpMuxPolicy is 'require', but media description does not contain 'a=rtcp-mux'.."
	}),
	chromium({
		id: 'payload-rtcp-range',
		pattern: /MID='(?<mid>[^']*)' used an invalid payload type (?<what>\d+)/i,
		rules: ['payload-type-rtcp-range'],
		means: 'Payload type {what} is in the range 64 to 95, which rtcp-mux takes for RTCP.',
		example:
			"Failed to set remote offer sdp: The media section with MID='0' used an invalid payload type 70 for codec 'opus, rtcp-mux:enabled"
	}),
	chromium({
		id: 'payload-conflict',
		pattern: /Duplicate\s+payload type with conflicting codec/i,
		rules: ['conflicting-values', 'payload-type-collision'],
		means: 'One payload type has two a=rtpmap lines that name different codecs.',
		remedy: 'Keep one a=rtpmap for each payload type.',
		example:
			'Failed to parse SessionDescription. a=rtpmap:111 opus/48000/2 Duplicate  payload type with conflicting codec name or clock rate.'
	}),
	chromium({
		id: 'codecs',
		pattern: /Failed to parse codecs correctly/i,
		rules: ['payload-type-unlisted', 'payload-type-unmapped'],
		means:
			'Payload types of the m= line and the a=rtpmap and a=fmtp lines do not belong together: a codec line is missing, or left over.',
		example: 'Failed to parse SessionDescription.  Failed to parse codecs correctly.'
	}),
	chromium({
		id: 'video-parameters',
		pattern:
			/Failed to set (?:remote|local) (?<what>audio|video) description (?:send|recv) parameters(?: for m-section with mid='(?<mid>[^']*)')?/i,
		rules: ['retransmission-target', 'no-common-codec', 'h264-parameters-differ', 'redundancy-target'],
		means: 'The codecs of a {what} section cannot be used: often an rtx without the codec it belongs to, or nothing in common.',
		remedy:
			'Compare the a=rtpmap and a=fmtp lines of the section with what the other side offered: payload types used twice, an apt that names nothing, profiles that differ.',
		example: "Failed to set remote offer sdp: Failed to set remote video description send parameters for m-section with mid='1'."
	}),
	chromium({
		id: 'rid-extension',
		pattern: /MID='(?<mid>[^']*)' negotiates simulcast but does not negotiate the RID/i,
		rules: ['simulcast-extension'],
		means: 'Simulcast without the header extension that names the layers.',
		example:
			"Failed to set remote offer sdp: The media section with MID='1' negotiates simulcast but does not negotiate the RID RTP header extension."
	}),
	chromium({
		id: 'simulcast-line',
		pattern: /Malformed simulcast line|Multiple Simulcast attributes/i,
		rules: ['attribute-value', 'simulcast-draft-syntax', 'conflicting-values', 'repeated-line'],
		means: 'a=simulcast cannot be read, or stands there twice.',
		example: 'Failed to parse SessionDescription. a=simulcast:foo h;l Malformed simulcast line: Valid values: send / recv.'
	}),
	chromium({
		id: 'source-group',
		pattern: /MID='(?<mid>[^']*)' has a ssrc-group with semantics (?<what>\S+) and an unexpected number/i,
		rules: ['source-group'],
		means: 'An ssrc-group {what} has not two members.',
		example:
			"Failed to set remote offer sdp: The media section with MID='1' has a ssrc-group with semantics FID and an unexpected number of SSRCs."
	}),
	chromium({
		id: 'source-repeated',
		pattern: /Duplicate ssrc (?<what>\d+)/i,
		rules: ['source-repeated'],
		means: 'The source {what} is in two sections.',
		example: 'Failed to set remote offer sdp: Duplicate ssrc 5 is not allowed'
	}),
	chromium({
		id: 'source-stream',
		pattern: /Failed to add remote stream ssrc: (?<what>\d+) to \{mid: (?<mid>[^,]*),/i,
		rules: ['source-repeated', 'source-group'],
		means: 'The stream of source {what} cannot be made: the number is in use, or its group is not complete.',
		example: 'Failed to set remote offer sdp: Failed to add remote stream ssrc: 5 to {mid: 0, media_type: audio}'
	}),
	chromium({
		id: 'track-ids',
		pattern: /Two different track IDs in msid/i,
		rules: ['msid', 'plan-b'],
		means: 'One section has two tracks.',
		example: 'Failed to parse SessionDescription. a=msid:a c Two different track IDs in msid attribute in one m= section'
	}),
	chromium({
		id: 'msid',
		pattern: /Missing (?:stream|track) ID in msid|Expected a stream ID and optionally a track ID/i,
		rules: ['msid', 'attribute-value'],
		means: 'a=msid cannot be read.',
		example: 'Failed to parse SessionDescription. a=msid: Missing stream ID in msid attribute.'
	}),
	chromium({
		id: 'sctp-port',
		pattern: /Invalid sctp port value/i,
		rules: ['sctp-port'],
		means: 'a=sctp-port is not a port.',
		example: 'Failed to parse SessionDescription. a=sctp-port:x Invalid sctp port value.'
	}),
	chromium({
		id: 'sctp-format',
		pattern: /sctp-port attribute can't be used with sctpmap/i,
		rules: ['data-format', 'sctp-map'],
		means: 'The m= line of the data channels names no webrtc-datachannel, as if the old a=sctpmap followed.',
		example: "Failed to parse SessionDescription. a=sctp-port:5000 sctp-port attribute can't be used with sctpmap.",
		quoteMisleads: true
	}),
	chromium({
		id: 'message-size',
		pattern: /Invalid SCTP max message size/i,
		rules: ['sctp-port', 'max-message-size', 'attribute-value'],
		means: 'a=max-message-size is not a number.',
		example: 'Failed to parse SessionDescription. a=max-message-size:x Invalid SCTP max message size.'
	}),
	chromium({
		id: 'extension-encrypted',
		pattern: /Recursive encrypted header/i,
		rules: ['extension-id', 'attribute-value'],
		means: 'A header extension is the encryption of an encryption.',
		remedy: 'Name the extension that is to be encrypted after the URI that ends with encrypt.',
		example:
			'Failed to parse SessionDescription. a=extmap:9 urn:ietf:params:rtp-hdrext:encrypt urn:ietf:params:rtp-hdrext:encrypt Recursive encrypted header.'
	}),
	chromium({
		id: 'extension-id',
		pattern: /Extension ID is not in valid range/i,
		rules: ['extension-id'],
		means: 'The id of a header extension is out of range.',
		example: 'Failed to parse SessionDescription. a=extmap:0 urn:a Extension ID is not in valid range.'
	}),
	// Syntax
	chromium({
		id: 'line-expected',
		pattern: /Expect line: (?<what>[a-z])=/i,
		rules: ['first-line', 'session-lines-missing', 'line-order', 'spaced-line', 'blank-line', 'line-ends'],
		means: 'Where the line {what}= has to stand there is another one: it is missing, or lines are out of order.',
		example: 'Failed to parse SessionDescription. s=- Expect line: o=',
		quoteMisleads: true
	}),
	chromium({
		id: 'origin-fields',
		pattern: /\bo=[^\n]* Expects 6 fields/i,
		rules: ['origin'],
		means: 'The o= line has not six fields.',
		example: 'Failed to parse SessionDescription. o=- 1 Expects 6 fields.'
	}),
	chromium({
		id: 'media-fields',
		pattern: /\bm=[^\n]* Expects at least 4 fields/i,
		rules: ['media-line'],
		means: 'An m= line is too short: kind, port, transport, and at least one format.',
		example: 'Failed to parse SessionDescription. m=audio 9 Expects at least 4 fields.'
	}),
	chromium({
		id: 'media-port',
		pattern: /The port number is invalid/i,
		rules: ['media-line'],
		means: 'The port of an m= line is no port.',
		example: 'Failed to parse SessionDescription. m=audio 99999 UDP/TLS/RTP/SAVPF 111 The port number is invalid'
	}),
	chromium({
		id: 'media-protocol',
		pattern: /Unsupported protocol for media type/i,
		rules: ['section-unknown', 'unencrypted-profile', 'sctp-transport', 'media-line'],
		means: 'The transport of an m= line is not one that WebRTC speaks.',
		example: 'Failed to parse SessionDescription. m=audio 9 FOO/BAR 111 Unsupported protocol for media type'
	}),
	chromium({
		id: 'candidate',
		pattern:
			/(?:a=)?candidate:[^\n]*(?:Expect at least 8 fields|Unsupported candidate type|Invalid port|Invalid priority|Invalid|Expects)/i,
		rules: ['candidate-line', 'candidate-type', 'candidate-tcp-type'],
		means: 'A candidate cannot be read.',
		example: 'Failed to parse SessionDescription. a=candidate:1 1 udp x 1.2.3.4 9 typ host Invalid priority'
	}),
	chromium({
		id: 'connection',
		pattern: /Failed to parse the (?:connection data|address type)|\bc=[^\n]* Expects/i,
		rules: ['connection-line'],
		means: 'A c= line cannot be read, or its address is not of the type it names.',
		example:
			'Failed to parse SessionDescription. c=IN IP4 fe80::1 Failed to parse the connection data. The address type is mismatching.'
	}),
	chromium({
		id: 'bandwidth',
		pattern: /\bb=[^\n]* (?:Invalid value|b= syntax error)/i,
		rules: ['attribute-value', 'bandwidth'],
		means: 'A b= line cannot be read.',
		example: 'Failed to parse SessionDescription. b=AS:x Invalid value: x.'
	}),
	chromium({
		id: 'payload-value',
		pattern: /\bm=[^\n]* Invalid value: (?<what>[^\n]*)\./i,
		rules: ['payload-type-range'],
		means: '"{what}" in an m= line is no payload type.',
		example: 'Failed to parse SessionDescription. m=audio 9 UDP/TLS/RTP/SAVPF x 111 Invalid value: x.'
	}),
	chromium({
		id: 'attribute',
		pattern: /\ba=(?<what>[\w-]+)[^\n]* (?:Expects|Expected format|Invalid value|Failed to get the value)/i,
		rules: ['attribute-value', 'attribute-without-value', 'stray-blank', 'source-group', 'fingerprint-digest'],
		means: 'The value of a={what} cannot be read.',
		example:
			'Failed to parse SessionDescription. a=rtpmap:111 opus Expected format "<encoding name>/<clock rate>[/<encodingparameters>]".'
	}),
	chromium({
		id: 'attribute-alone',
		pattern: /SessionDescription\. (?<what>[\w-]+) Failed to get the value of attribute/i,
		rules: ['attribute-without-value', 'stray-blank', 'attribute-value'],
		means: 'a={what} has no value, or a blank stands before its colon.',
		example: 'Failed to parse SessionDescription. extmap Failed to get the value of attribute: extmap'
	}),
	chromium({
		id: 'format-parameters',
		pattern: /SessionDescription\. fmtp:(?<what>\S*) Invalid value/i,
		rules: ['payload-type-unlisted', 'attribute-value'],
		means: '"{what}" in a=fmtp is no payload type.',
		example: 'Failed to parse SessionDescription. fmtp:x Invalid value: x.'
	}),
	chromium({
		id: 'group-unread',
		pattern: /Failed to parse group (?:tag|attribute)/i,
		rules: ['stray-blank', 'attribute-value', 'attribute-without-value'],
		means: 'a=group cannot be read: a blank or a tab stands where none belongs, or the names of the sections are missing.',
		example: 'Failed to parse SessionDescription. a=group :BUNDLE 0 1 Failed to parse group attribute.'
	}),
	chromium({
		id: 'candidate-transport',
		pattern: /a=candidate[^\n]* Unsupported transport type/i,
		rules: ['candidate-transport', 'candidate-line'],
		means: 'A candidate is over a transport that is neither UDP nor TCP.',
		example: 'Failed to parse SessionDescription. a=candidate:1 1 dccp 1 192.0.2.1 9 typ host Unsupported transport type'
	}),
	chromium({
		id: 'candidate-expected',
		pattern: /Expected candidate got/i,
		rules: ['candidate-line', 'attribute-without-value', 'stray-blank'],
		means: 'A candidate does not begin with "candidate:".',
		example: 'Failed to parse SessionDescription. a=candidate Expected candidate got '
	}),
	chromium({
		id: 'channels',
		pattern: /At most (?<what>\d+) channels are supported/i,
		rules: ['opus-map', 'attribute-value'],
		means: 'A codec has more than {what} channels.',
		example: 'Failed to parse SessionDescription. a=rtpmap:111 opus/48000/256 At most 16 channels are supported.'
	}),
	chromium({
		id: 'extension-levels',
		pattern: /a=extmap MUST be either all session level or all media level/i,
		rules: ['extension-levels'],
		means: 'a=extmap stands in the session part and in a section.',
		example: 'Failed to parse SessionDescription.  The a=extmap MUST be either all session level or all media level.'
	}),
	chromium({
		id: 'extension-uri',
		pattern: /URI contains invalid characters/i,
		rules: ['stray-blank', 'extension-id', 'carriage-return'],
		means: 'The URI of a header extension has a character that no URI has, such as a tab or a line end.',
		example: 'Failed to parse SessionDescription. a=extmap:1 urn:a URI contains invalid characters.'
	}),
	chromium({
		id: 'static-payload-type',
		pattern: /Duplicate statically assigned payload type with conflicting codec name or clock rate/i,
		rules: ['static-payload-type-remapped', 'payload-type-collision', 'conflicting-values'],
		means: 'A payload type that stands for one codec by its number is given to another one.',
		example:
			'Failed to parse SessionDescription. a=rtpmap:0 opus/48000/2 Duplicate statically assigned payload type with conflicting codec name or clock rate.'
	}),
	chromium({
		id: 'bandwidth-negative',
		pattern: /b=AS value can't be negative/i,
		rules: ['attribute-value'],
		means: 'b=AS has a negative number.',
		example: "Failed to parse SessionDescription. b=AS:-1 b=AS value can't be negative."
	}),
	chromium({
		id: 'simulcast-empty',
		pattern: /Simulcast attribute is empty/i,
		rules: ['attribute-without-value', 'attribute-value'],
		means: 'a=simulcast has no value.',
		example: 'Failed to parse SessionDescription. a=simulcast Simulcast attribute is empty.'
	}),
	chromium({
		id: 'bundled-section',
		pattern: /Failed to process the bundled m= section with mid='(?<mid>[^']*)'/i,
		rules: ['bundle-rejected-section', 'ice-credentials-missing'],
		means: 'The section {what} cannot join the transport of its bundle.',
		example: "Failed to set local answer sdp: Failed to process the bundled m= section with mid='1'."
	}),
	chromium({
		id: 'section-expected',
		pattern: /Expects m line/i,
		rules: ['blank-line', 'line-empty-value', 'line-type', 'line-order', 'spaced-line', 'connection-repeated'],
		means: 'Above the first m= stands a line that cannot be read or that does not belong there.',
		example: 'Failed to parse SessionDescription.  Expects m line.'
	}),
	chromium({
		id: 'line',
		pattern: /Invalid SDP line/i,
		rules: ['blank-line', 'line-ends', 'line-type', 'spaced-line', 'control-characters'],
		means: 'A line is not of the form letter=value: it is empty, begins with a blank, or has no line end.',
		example: 'Failed to parse SessionDescription. hello Invalid SDP line.'
	}),
	chromium({
		id: 'unspecific',
		pattern: /Failed to parse SessionDescription\.\s*$/i,
		rules: ['payload-type-range', 'media-line', 'attribute-value'],
		means: 'The text could not be read, and the browser does not say where.',
		example: 'Failed to parse SessionDescription.  '
	})
];
