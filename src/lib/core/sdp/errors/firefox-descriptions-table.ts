/** What Firefox says of a description it refuses. The particular stands before the general. */
import { firefox, type BrowserErrorEntry } from './entry';

export const FIREFOX_DESCRIPTIONS: readonly BrowserErrorEntry[] = [
	// Transport
	firefox({
		id: 'ff-non-ascii',
		pattern: /SDP contains non ASCII characters at position (?<what>\d+)/i,
		rules: ['beyond-ascii'],
		means: 'The text has a character beyond ASCII.',
		example: 'SDP contains non ASCII characters at position 7'
	}),
	firefox({
		id: 'ff-bundle-disabled',
		pattern: /points at a disabled m-section\. \(mid=(?<mid>[^)]*)\)/i,
		rules: ['bundle-rejected-section'],
		means: 'The bundle names a section whose port is 0.',
		example: 'mid specified for bundle transport in group attribute points at a disabled m-section. (mid=0)'
	}),
	firefox({
		id: 'ff-section-without-transceiver',
		pattern: /No transceiver for level (?<level>\d+)/i,
		rules: ['data-section-repeated', 'section-unknown', 'media-line'],
		means: 'Firefox has nothing to answer a section with, such as a second one for data.',
		example: 'No transceiver for level 1'
	}),
	firefox({
		id: 'ff-unspecific',
		pattern: /SIPCC Failed to parse SDP:\s*$/i,
		rules: ['first-line', 'session-lines-missing', 'line-order', 'line-type'],
		means: 'The text could not be read, and the browser does not say where.',
		example: 'SIPCC Failed to parse SDP: '
	}),
	firefox({
		id: 'ff-ice-missing',
		pattern: /no (?<what>ice-ufrag|ice-pwd) attribute at level (?<level>\d+)/i,
		rules: ['ice-credentials-missing'],
		means: 'A section has no a={what}, of its own or from its bundle.',
		example: 'Invalid description, no ice-ufrag attribute at level 0'
	}),
	firefox({
		id: 'ff-ice-short',
		pattern: /(?<what>ice-ufrag|ice-pwd) is too (?:short|long) at level (?<level>\d+)/i,
		rules: ['ice-credentials-length'],
		means: 'a={what} has the wrong length.',
		example: 'Invalid description, ice-ufrag is too short at level 0'
	}),
	firefox({
		id: 'ff-fingerprint-missing',
		pattern: /no fingerprint attribute at level (?<level>\d+)/i,
		rules: ['fingerprint-missing'],
		means: 'A section has no a=fingerprint.',
		example: 'Invalid description, no fingerprint attribute at level 0'
	}),
	firefox({
		id: 'ff-fingerprint-hash',
		pattern: /no supported fingerprint algorithms present at level (?<level>\d+)/i,
		rules: ['fingerprint-hash', 'fingerprint-digest'],
		means: 'The hash of the fingerprint is not one that Firefox knows.',
		example: 'Invalid description, no supported fingerprint algorithms present at level 0'
	}),
	firefox({
		id: 'ff-fingerprint',
		pattern: /line (?<line>\d+): .*(?:Malformed fingerprint token|token in fingerprint attribute)/i,
		rules: ['fingerprint-digest', 'attribute-value'],
		means: 'a=fingerprint cannot be read.',
		example: 'SIPCC Failed to parse SDP: SDP Parse Error on line 5: Malformed fingerprint token'
	}),
	firefox({
		id: 'ff-setup-missing',
		pattern: /no setup attribute at level (?<level>\d+)/i,
		rules: ['dtls-role-missing'],
		means: 'A section has no a=setup, or one with a value that is no role.',
		example: 'Invalid offer, no setup attribute at level 0'
	}),
	firefox({
		id: 'ff-setup',
		pattern: /illegal setup attribute "(?<what>[^"]*)" at level (?<level>\d+)/i,
		rules: ['answer-copied', 'answer-dtls-role', 'dtls-role-missing', 'offer-dtls-role'],
		means: 'a=setup:{what} is not allowed here: an offer says actpass, an answer active or passive.',
		example: 'Invalid answer, illegal setup attribute "actpass" at level 0'
	}),
	firefox({
		id: 'ff-rtcp-mux',
		pattern: /m-section at level (?<level>\d+) is missing a=rtcp-mux/i,
		rules: [
			'rtcp-mux-missing',
			'bundle-rtcp-mux',
			'rtcp-mux-refused',
			'blank-line',
			'line-ends',
			'spaced-line',
			'line-type',
			'control-characters'
		],
		means:
			'A section has no a=rtcp-mux; Firefox stops reading a section at a line it cannot read, and then misses what stands below.',
		example: 'm-section at level 0 is missing a=rtcp-mux, which is required by rtcpMuxPolicy'
	}),
	// Bundle
	firefox({
		id: 'ff-bundle-overlap',
		pattern: /mid '(?<what>[^']*)' appears more than once in a BUNDLE group/i,
		rules: ['bundle-overlap', 'bundle-unknown-mid'],
		means: 'The mid "{what}" is in a BUNDLE group twice.',
		example: "mid '1' appears more than once in a BUNDLE group"
	}),
	firefox({
		id: 'ff-bundle-mid',
		pattern:
			/No transceiver for bundled mid (?<what>\S+)|mid specified for bundle transport in group attribute does not exist in the SDP\. \(mid=(?<mid>[^)]*)\)/i,
		rules: ['bundle-unknown-mid', 'mid-repeated', 'bundle-not-offered'],
		means: 'a=group:BUNDLE names a mid that no section has.',
		example: 'No transceiver for bundled mid 9'
	}),
	firefox({
		id: 'ff-mid-length',
		pattern: /mid length greater than 16/i,
		rules: ['mid-syntax'],
		means: 'A mid has more than 16 characters.',
		example:
			'Invalid description, mid length greater than 16 unsupported until 2-byte rtp header extensions are supported in webrtc.org'
	}),
	firefox({
		id: 'ff-extension-id',
		pattern: /(?:duplicate|invalid) extension id (?<what>\d+) on level (?<level>\d+)/i,
		rules: ['extension-id', 'extension-id-collision'],
		means: 'The header extension id {what} is used twice in one section, or out of range.',
		example: 'Description contains duplicate extension id 1 on level 0'
	}),
	// Media
	firefox({
		id: 'ff-payload-range',
		pattern: /payload type "(?<what>\d+)" is too large at level (?<level>\d+)/i,
		rules: ['payload-type-range'],
		means: 'Payload type {what} is above 127.',
		example: 'audio/video payload type "200" is too large at level 0'
	}),
	firefox({
		id: 'ff-payload-rtcp',
		pattern: /Illegal audio\/video payload type "(?<what>\d+)" at level (?<level>\d+)/i,
		rules: ['payload-type-rtcp-range', 'payload-type-range'],
		means: 'Payload type {what} is in the range 64 to 95, which rtcp-mux takes for RTCP.',
		example: 'Illegal audio/video payload type "70" at level 0'
	}),
	firefox({
		id: 'ff-rid-missing',
		pattern: /line (?<line>\d+): No rid attribute for '(?<what>[^']*)'/i,
		rules: ['simulcast-unknown-rid'],
		means: 'a=simulcast names the layer "{what}", and there is no a=rid for it.',
		example: "SIPCC Failed to parse SDP: SDP Parse Error on line 35: No rid attribute for 'h'",
		quoteMisleads: true
	}),
	firefox({
		id: 'ff-no-common-codec',
		pattern: /Answer had no codecs in common with offer in m-section (?<level>\d+)/i,
		rules: ['no-common-codec', 'h264-parameters-differ'],
		means: 'The answer accepts a section with codecs that were not offered.',
		example: 'Answer had no codecs in common with offer in m-section 1'
	}),
	firefox({
		id: 'ff-data-format',
		pattern: /line (?<line>\d+): .*No webrtc-datachannel token/i,
		rules: ['data-format'],
		means: 'The m= line of the data channels does not name webrtc-datachannel.',
		example: 'SIPCC Failed to parse SDP: SDP Parse Error on line 94:  No webrtc-datachannel token in m= media line, parse failed.'
	}),
	// Offer and answer
	firefox({
		id: 'ff-section-count',
		pattern: /Offer and answer have different number of m-lines/i,
		rules: ['section-count'],
		means: 'The answer has another number of m= lines than the offer.',
		example: 'Offer and answer have different number of m-lines (3 vs 2)'
	}),
	firefox({
		id: 'ff-section-order',
		pattern: /Answer and offer have different media types at m-line (?<level>\d+)/i,
		rules: ['section-order'],
		means: 'The answer has another kind of section at that place.',
		example: 'Answer and offer have different media types at m-line 0'
	}),
	firefox({
		id: 'ff-section-mid',
		pattern: /Answer changes mid for level, was '(?<what>[^']*)'/i,
		rules: ['section-mid'],
		means: 'The answer gives the section "{what}" another mid.',
		example: "Answer changes mid for level, was '1', now 'x'"
	}),
	firefox({
		id: 'ff-fewer-sections',
		pattern: /has fewer m-sections than the previous/i,
		rules: ['sections-removed'],
		means: 'This description lost an m= line against the round before.',
		example: 'New remote description has fewer m-sections than the previous remote description.'
	}),
	firefox({
		id: 'ff-kind-changed',
		pattern: /changes the media type of m-line (?<level>\d+)/i,
		rules: ['sections-removed', 'section-order'],
		means: 'An m= line in use changed its kind against the round before.',
		example:
			'Remote description changes the media type of m-line 0; media type changes are only permitted when the m-section was previously disabled'
	}),
	firefox({
		id: 'ff-extension-not-offered',
		pattern: /Answer has extmap (?<what>\S+) at level (?<level>\d+) that was not present in offer/i,
		rules: ['extension-not-offered'],
		means: 'The answer has the header extension "{what}", which was not offered.',
		example: 'Answer has extmap urn:example:ext at level 0 that was not present in offer.',
		attribute: 'extmap'
	}),
	firefox({
		id: 'ff-extension-id-changed',
		pattern: /Answer changed id for extmap attribute at level (?<level>\d+) \((?<what>[^)]*)\)/i,
		rules: ['extension-not-offered'],
		means: 'The answer gives the header extension "{what}" another id than the offer.',
		attribute: 'extmap',
		example: 'Answer changed id for extmap attribute at level 0 (urn:ietf:params:rtp-hdrext:sdes:mid) from 3 to 12.'
	}),
	firefox({
		id: 'ff-extension-renamed',
		pattern: /attempted to remap RTP extension id (?<what>\d+)/i,
		rules: ['extension-id-reassigned'],
		means: 'The header extension id {what} stands for another URI than in the rounds before.',
		remedy: 'Keep the id of each URI for the life of the connection, and give a new URI an id that was never used.',
		cite: 'RFC 8285 §5',
		attribute: 'extmap',
		example:
			'Remote description attempted to remap RTP extension id 3 from urn:ietf:params:rtp-hdrext:sdes:mid to urn:example:other'
	}),
	firefox({
		id: 'ff-directions',
		pattern: /Answer tried to set (?<what>send|recv) when offer did not set (?:send|recv)/i,
		rules: ['direction-conflict'],
		means: 'The answer wants to {what} where the offer does not allow it: the directions of offer and answer exclude each other.',
		example: 'Answer tried to set recv when offer did not set send'
	}),
	// Syntax
	firefox({
		id: 'ff-first-line',
		pattern: /line (?<line>\d+): .*(?:First line not v=|Invalid version|End of line beyond end of buffer)/i,
		rules: ['first-line', 'blank-line', 'line-ends'],
		means: 'The text does not begin with v=0, or has no line ends that Firefox knows.',
		example: 'SIPCC Failed to parse SDP: SDP Parse Error on line 1:  First line not v=, parse fails'
	}),
	firefox({
		id: 'ff-connection-missing',
		pattern: /c= connection line not specified for every media level/i,
		rules: ['connection-missing', 'connection-line'],
		means: 'A section has no c= line, and neither has the session part.',
		example:
			'SIPCC Failed to parse SDP: SDP Parse Error on line 99:  c= connection line not specified for every media level, validation failed.',
		quoteMisleads: true
	}),
	firefox({
		id: 'ff-session-lines',
		pattern: /(?<what>[ot])= [a-z]+ line not specified/i,
		rules: ['session-lines-missing', 'first-line'],
		means: 'The line {what}= is missing above the first section.',
		example: 'SIPCC Failed to parse SDP: SDP Parse Error on line 101:  t= timespec line not specified, validation failed.',
		quoteMisleads: true
	}),
	firefox({
		id: 'ff-origin',
		pattern: /line (?<line>\d+): .*(?:for o=|owner)/i,
		rules: ['origin'],
		means: 'The o= line cannot be read.',
		example: 'SIPCC Failed to parse SDP: SDP Parse Error on line 2:  Invalid owner version specified for o=.'
	}),
	firefox({
		id: 'ff-connection',
		pattern: /line (?<line>\d+): .*(?:for c=|for mcast)/i,
		rules: ['connection-line'],
		means: 'A c= line cannot be read.',
		example: 'SIPCC Failed to parse SDP: SDP Parse Error on line 10:  No connection address specified for c=.'
	}),
	firefox({
		id: 'ff-media-line',
		pattern:
			/line (?<line>\d+): .*(?:No transport protocol type|Transport protocol type unsupported|Media type unsupported|Invalid port format|Unsupported media section type)/i,
		rules: ['media-line', 'section-unknown', 'unencrypted-profile', 'sctp-transport'],
		means: 'An m= line cannot be read, or names a kind or a transport that Firefox does not know.',
		example: 'SIPCC Failed to parse SDP: SDP Parse Error on line 9:  No transport protocol type specified, parse failed.'
	}),
	firefox({
		id: 'ff-order',
		pattern: /line (?<line>\d+): .*Invalid token ordering detected, token (?<what>\w)= found after/i,
		rules: ['line-order'],
		means: 'The line {what}= stands below lines it has to precede.',
		example:
			'SIPCC Failed to parse SDP: SDP Parse Error on line 21:  Warning: Invalid token ordering detected, token b= found after token a='
	}),
	firefox({
		id: 'ff-line',
		pattern: /SDP Parse Error on line (?<line>\d+)/i,
		rules: ['attribute-value', 'rid-payload-type', 'rid-conflict'],
		means: 'A line cannot be read.',
		example: "SIPCC Failed to parse SDP: SDP Parse Error on line 53: Type must be either 'send' or 'recv' at column 3"
	})
];
