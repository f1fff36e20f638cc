/**
 * What browsers say of calls that fail whatever the text: servers, settings, candidates, tracks, channels, devices. Recorded
 * from Chromium and Firefox in some 200 situations (tests/mutations/record-messages.ts). First match wins.
 */
import { CALL_ORDER, type BrowserErrorEntry } from './entry';

const call = (entry: Omit<BrowserErrorEntry, 'engine' | 'rules'>): BrowserErrorEntry => ({ ...entry, engine: 'any', rules: [] });

export const CALLS: readonly BrowserErrorEntry[] = [
	// Servers and settings of a connection
	call({
		id: 'server-transport',
		pattern: /Transport parameter should always be udp or tcp|has disallowed transport '(?<what>[^']*)'/i,
		means: 'The URL of a TURN server names a transport that is neither UDP nor TCP.',
		remedy: 'Write ?transport=udp or ?transport=tcp; TLS is said by turns:.',
		cite: 'RFC 7065 §3.1',
		example:
			"Failed to construct 'RTCPeerConnection': ICE server parsing failed: Transport parameter should always be udp or tcp."
	}),
	call({
		id: 'server-query',
		pattern: /has invalid query \(must be \?transport=/i,
		means: 'The URL of a TURN server has a query that is not ?transport=.',
		remedy: 'Write ?transport=udp or ?transport=tcp, or nothing behind the port.',
		cite: 'RFC 7065 §3.1',
		example: "'turn:turn.example.org?protocol=udp' has invalid query (must be ?transport=udp or ?transport=tcp)"
	}),
	call({
		id: 'server-scheme',
		pattern: /has unsupported scheme '(?<what>[^']*)'/i,
		means: '"{what}:" is no scheme of a STUN or TURN server.',
		remedy: 'Write stun:, turn: or turns:, then the host, without "//".',
		cite: 'RFC 7064 §3.1; RFC 7065 §3.1',
		example: "'http://stun.example.org' has unsupported scheme 'http' (must be stun/stuns/turn/turns)"
	}),
	call({
		id: 'server-host',
		pattern:
			/'(?<what>[^']*)' (?:must have a host|does not contain a host and optional port|is not a valid URI)|ICE server parsing failed: Invalid (?:hostname format|port|transport parameter)/i,
		means: 'The URL of a server has no host or no port that can be read.',
		remedy: 'Write stun:host:port, turn:host:port or turns:host:port, without "//", with a port of at most 65535.',
		cite: 'RFC 7064 §3.1; RFC 7065 §3.1',
		example: "Failed to construct 'RTCPeerConnection': ICE server parsing failed: Invalid hostname format"
	}),
	call({
		id: 'server-empty',
		pattern:
			/ICE server has empty urls list|ICE server URL is empty|ICE server parsing failed: Empty uri|Malformed RTCIceServer|Missing required 'urls' member/i,
		means: 'A server of iceServers has no URL.',
		remedy: 'Give each a urls with one URL or more, or leave it out.',
		cite: 'webrtc-pc §4.2.4',
		example: 'ICE server has empty urls list'
	}),
	call({
		id: 'server-login',
		pattern: /Both username and credential are required when the URL scheme|TURN server requires a (?:username|credential)/i,
		means: 'A TURN server has no user name or no credential, so no connection was made and no server was asked.',
		remedy: 'Give both beside urls, or wait until the request for them has ended.',
		cite: 'webrtc-pc §4.4.1.6',
		example:
			'Failed to construct \'RTCPeerConnection\': Both username and credential are required when the URL scheme is "turn" or "turns".'
	}),
	call({
		id: 'server-name-long',
		pattern: /TURN server username (?:is too long|exceeds)/i,
		means: 'The user name of a TURN server has more than the 508 bytes that STUN allows.',
		remedy: 'Give a shorter one: in time-limited credentials only the part behind the colon is free.',
		cite: 'RFC 8489 §14.3',
		example: 'ICE server parsing failed: TURN server username is too long'
	}),
	call({
		id: 'configuration-fixed',
		pattern: /Attempted to modify the PeerConnection's configuration|Cannot change (?<what>\w+) with setConfiguration/i,
		means:
			'setConfiguration changes a setting that stays for the life of the connection, such as the bundle policy or the certificates.',
		remedy: 'Pass the settings that the connection was made with, and change iceServers and iceTransportPolicy alone.',
		cite: 'webrtc-pc §4.4.1.6',
		example: "Attempted to modify the PeerConnection's configuration in an unsupported way."
	}),
	call({
		id: 'value-unknown',
		pattern: /is not a valid (?:enum value of type|value for enumeration) (?<what>(?:RTC|Media)\w+)/i,
		means: 'A setting has a word that is none of those that {what} knows.',
		remedy: 'Write one of the words that the specification lists, in its letters.',
		cite: 'webrtc-pc',
		example: "The provided value 'all' is not a valid enum value of type RTCBundlePolicy."
	}),
	call({
		id: 'value-range',
		pattern: /Value is outside the '[^']*' value range|member of RTC\w+ is out of range for/i,
		means: 'A number is larger than the setting can hold.',
		remedy: 'Give a number in the range that the specification names.',
		cite: 'webrtc-pc',
		example: "Failed to read the 'id' property from 'RTCDataChannelInit': Value is outside the 'unsigned short' value range."
	}),
	call({
		id: 'certificate',
		pattern: /'generateCertificate' on|NotSupportedError: Operation is not supported/i,
		means: 'The browser does not support what was asked for; of generateCertificate it is the algorithm or the key.',
		remedy: 'Ask for ECDSA with the curve P-256, or leave the certificate to the browser.',
		cite: 'webrtc-pc §4.9',
		example: "Failed to execute 'generateCertificate' on 'RTCPeerConnection': AesKeyGenParams: length: Missing required property"
	}),
	call({
		id: 'argument-missing',
		pattern:
			/on 'RTC\w+': \d+ arguments? required|RTC\w+\.\w+: \d+ is not a valid argument count|Missing required '(?<what>\w+)' member of RTC\w+|from 'RTC\w+': Required member is undefined/i,
		means: 'The call lacks an argument, or its object a member that has to be there.',
		remedy: 'Pass the whole object: of a description both type and sdp, of parameters what getParameters gave.',
		cite: 'webrtc-pc',
		example: "Failed to execute 'setRemoteDescription' on 'RTCPeerConnection': 1 argument required, but only 0 present."
	}),
	call({
		id: 'argument-type',
		pattern:
			/is not of type '(?:RTC|Media)\w+'|does not implement interface (?:RTC|Media)\w+|RTC\w+(?: constructor)?[.:].*(?:can't be converted to a|could not be converted to any of|is not an object)|RTCConfiguration'?:? .*(?:cannot|can't) be converted to a sequence|Failed to convert value to 'RTC\w+'/i,
		means: 'An argument is not the object that the call takes.',
		remedy:
			'Pass the object itself, not its text: a description as { type, sdp }, a candidate as { candidate, sdpMid, sdpMLineIndex }.',
		cite: 'webrtc-pc',
		example:
			"Failed to execute 'setRemoteDescription' on 'RTCPeerConnection': The provided value is not of type 'RTCSessionDescriptionInit'."
	}),
	// The state of a connection
	{
		...call({
			id: 'safari-wrong-state',
			pattern: /Description type incompatible with current signaling state/i,
			means: 'The description came at a moment when the connection does not take one of its type.',
			remedy: CALL_ORDER,
			cite: 'RFC 9429 §4.1.10',
			example: 'InvalidStateError: Description type incompatible with current signaling state'
		}),
		engine: 'safari'
	},
	call({
		id: 'closed',
		pattern: /signalingState is 'closed'|peer connection is closed/i,
		means: 'The connection had been closed when the call came.',
		remedy: 'Do not use a connection after close(): stop what still waits for it, and make a new one.',
		cite: 'webrtc-pc §4.4.1.4',
		example: "Failed to execute 'createOffer' on 'RTCPeerConnection': The RTCPeerConnection's signalingState is 'closed'."
	}),
	call({
		id: 'no-rollback',
		pattern: /Cannot rollback (?:local|remote) description|set remote rollback sdp/i,
		means: 'There is no offer to take back.',
		remedy: 'Roll back only while an offer waits for its answer.',
		cite: 'RFC 9429 §4.1.10.2',
		example: 'Cannot rollback local description in stable'
	}),
	call({
		id: 'provisional-answer',
		pattern: /pranswer not yet implemented/i,
		means: 'Firefox takes no provisional answers.',
		remedy: 'Send the answer when it is final.',
		cite: 'RFC 9429 §4.1.10.1',
		example: 'pranswer not yet implemented'
	}),
	call({
		id: 'candidate-place',
		pattern:
			/sdpMid and sdpMLineIndex are both null|Either sdpMid or sdpMLineIndex must be specified|Candidate missing values for both sdpMid and sdpMLineIndex|Cannot add a candidate without specifying/i,
		means: 'The candidate does not say which section it belongs to.',
		remedy: 'Send it with its sdpMid or sdpMLineIndex, as JSON.stringify writes it.',
		cite: 'webrtc-pc §4.4.2',
		example: "Failed to construct 'RTCIceCandidate': sdpMid and sdpMLineIndex are both null."
	}),
	// Tracks and transceivers
	call({
		id: 'track-twice',
		pattern: /A sender already exists for the track|This track is already set on a sender/i,
		means: 'The track is sent by this connection already.',
		remedy: 'Add a track once; replaceTrack puts another one in its place.',
		cite: 'webrtc-pc §5.1',
		example: "Failed to execute 'addTrack' on 'RTCPeerConnection': A sender already exists for the track."
	}),
	call({
		id: 'sender-foreign',
		pattern: /sender was not created by this peer ?connection/i,
		means: 'The sender belongs to another connection.',
		remedy: 'Pass a sender of this connection, from getSenders or addTrack.',
		cite: 'webrtc-pc §5.1',
		example: "Failed to execute 'removeTrack' on 'RTCPeerConnection': The sender was not created by this peer connection."
	}),
	call({
		id: 'kind-unknown',
		pattern: /is not a valid MediaStreamTrack kind|(?:^|Error: )Invalid media kind/i,
		means: 'A transceiver is for audio or for video, and the word is neither.',
		remedy: 'Pass "audio", "video" or a track.',
		cite: 'webrtc-pc §5.1',
		example: 'Invalid media kind'
	}),
	call({
		id: 'rid-partial',
		pattern: /RIDs must be provided for either all or none|(?:^|Error: |addTransceiver: )Missing rid/i,
		means: 'Some layers of sendEncodings have a rid and others have none.',
		remedy: 'Give each layer a rid of its own.',
		cite: 'webrtc-pc §5.1',
		example: 'RIDs must be provided for either all or none of the send encodings.'
	}),
	call({
		id: 'rid-twice',
		pattern: /(?:^|Error: |addTransceiver: )Duplicate rid/i,
		means: 'Two layers of sendEncodings have the same rid.',
		remedy: 'Give each layer a rid of its own.',
		cite: 'webrtc-pc §5.1',
		example: 'PeerConnectionImpl.addTransceiver: Duplicate rid'
	}),
	call({
		id: 'rid-form',
		pattern: /Illegal (?:character in|length of) rid|Rid (?:can contain only|can be at most|must be non-empty)/i,
		means: 'The rid of a layer is empty, too long, or has characters beside letters and digits.',
		remedy: 'Use short names of letters and digits, such as q, h and f.',
		cite: 'RFC 8852 §3',
		example: "Failed to execute 'addTransceiver' on 'RTCPeerConnection': Illegal character in rid"
	}),
	call({
		id: 'scale',
		pattern: /scale_?resolution_?down_?by must be >= 1/i,
		means: 'A layer is to be scaled up: scaleResolutionDownBy is below 1.',
		remedy: 'Use 1 for the full size, 2 for half of it.',
		cite: 'webrtc-pc §5.2.5',
		example: 'scaleResolutionDownBy must be >= 1.0'
	}),
	call({
		id: 'frame-rate',
		pattern: /max_?framerate must be (?:>= 0|non-negative)/i,
		means: 'The maxFramerate of a layer is negative.',
		remedy: 'Leave it out for no limit.',
		cite: 'webrtc-pc §5.2.5',
		example: 'maxFramerate must be non-negative'
	}),
	call({
		id: 'scalability',
		pattern: /scalabilityMode to an unsupported value/i,
		means: 'The codecs in use do not know this scalabilityMode.',
		remedy: 'Ask RTCRtpSender.getCapabilities which modes a codec has.',
		cite: 'webrtc-svc §4',
		example: 'Attempted to set RtpParameters scalabilityMode to an unsupported value for the current codecs.'
	}),
	call({
		id: 'direction-value',
		pattern: /Invalid RTCRtpTransceiverDirection|Cannot use "stopped" in setDirection/i,
		means: 'A direction cannot be set to "stopped".',
		remedy: 'Call stop() on the transceiver, or set inactive.',
		cite: 'webrtc-pc §5.4',
		example: "Failed to set the 'direction' property on 'RTCRtpTransceiver': Invalid RTCRtpTransceiverDirection."
	}),
	call({
		id: 'stopped',
		pattern: /transceiver is stopping|cannot be called on a stopped sender/i,
		means: 'The transceiver had been stopped, which cannot be undone.',
		remedy: 'Add a new transceiver.',
		cite: 'webrtc-pc §5.4',
		example: "Failed to set the 'direction' property on 'RTCRtpTransceiver': The transceiver is stopping."
	}),
	call({
		id: 'codec-unknown',
		pattern: /Missing codec from codec capabilities|Codec (?<what>\S+) not in capabilities/i,
		means: 'A codec of setCodecPreferences is none that this browser has for the kind of the transceiver.',
		remedy: 'Take the entries from RTCRtpReceiver.getCapabilities of the same kind, unchanged.',
		cite: 'webrtc-pc §5.4',
		example: 'Invalid codec preferences: Missing codec from codec capabilities.'
	}),
	call({
		id: 'codec-helpers',
		pattern: /codec list must have a non RTX|No useable codecs supplied/i,
		means: 'setCodecPreferences was given only codecs that carry no media of their own, such as rtx and red.',
		remedy: 'Keep at least one codec that does.',
		cite: 'webrtc-pc §5.4',
		example: 'No useable codecs supplied'
	}),
	call({
		id: 'parameters-fixed',
		pattern: /Read-only field modified in setParameters|Cannot change transaction id|Cannot change rid, or reorder encodings/i,
		means:
			'setParameters changes what cannot be changed: the number of layers, their rid, codecs, header extensions or the transactionId.',
		remedy: 'Call getParameters, change values of the encodings, and pass the same object to setParameters.',
		cite: 'webrtc-pc §5.2',
		example: 'Read-only field modified in setParameters().'
	}),
	call({
		id: 'parameters-old',
		pattern: /getParameters\(\) needs to be called before setParameters/i,
		means: 'The parameters had been set already, or were read too long ago.',
		remedy: 'Call getParameters anew before each setParameters.',
		cite: 'webrtc-pc §5.2',
		example: 'getParameters() needs to be called before setParameters().'
	}),
	call({
		id: 'track-kind',
		pattern: /Track kind does not match Sender kind|Cannot replaceTrack with a different kind/i,
		means: 'An audio track cannot take the place of a video track, nor the other way round.',
		remedy: 'Replace a track by one of the same kind, and add a transceiver for the other.',
		cite: 'webrtc-pc §5.2',
		example: "Failed to execute 'replaceTrack' on 'RTCRtpSender': Track kind does not match Sender kind"
	}),
	call({
		id: 'tones',
		pattern: /'canInsertDTMF' attribute is false/i,
		means: 'No tones can be sent now: the call is not connected, does not send audio, or has no telephone-event.',
		remedy: 'Wait for connected, and look for telephone-event in the answer.',
		cite: 'webrtc-pc §7.1',
		example: "The 'canInsertDTMF' attribute is false: this sender cannot send DTMF."
	}),
	call({
		id: 'unusable',
		pattern: /An attempt was made to use an object that is not, or is no longer, usable/i,
		means:
			'The object is in a state that does not take the call: a data channel that is not open, or a sender that cannot send tones.',
		remedy: 'Wait for the open event of the channel, or for the call to be connected.',
		cite: 'webrtc-pc §6.2, §7.1',
		example: 'An attempt was made to use an object that is not, or is no longer, usable'
	}),
	call({
		id: 'statistics-track',
		pattern: /There is no sender or receiver for the track|track must be associated with a unique sender or receiver/i,
		means: 'getStats was asked about a track that this connection does not have exactly once.',
		remedy: 'Call getStats without an argument, or on the sender or receiver.',
		cite: 'webrtc-pc §8.2',
		example: "Failed to execute 'getStats' on 'RTCPeerConnection': There is no sender or receiver for the track."
	}),
	// Data channels
	call({
		id: 'channel-limits',
		pattern: /cannot have both max retransmits and max lifetime|Both maxPacketLifeTime and maxRetransmits cannot be provided/i,
		means: 'A data channel has two limits for lost messages, and may have one.',
		remedy: 'Give maxRetransmits or maxPacketLifeTime, not both.',
		cite: 'webrtc-pc §6.1',
		example: 'Both maxPacketLifeTime and maxRetransmits cannot be provided'
	}),
	call({
		id: 'channel-number-missing',
		pattern: /must have id set if negotiated is true|id is required when negotiated is true/i,
		means: 'A data channel that both sides make has no id.',
		remedy: 'Give both sides the same id.',
		cite: 'webrtc-pc §6.1',
		example: 'id is required when negotiated is true'
	}),
	call({
		id: 'channel-number-range',
		pattern: /RTCDataChannel cannot have id > 65534|(?:^|Error: )id cannot be 65535/i,
		means: 'The id of a data channel is 65535, which SCTP keeps for itself.',
		remedy: 'Use an id of at most 65534.',
		cite: 'RFC 8832 §6',
		example: 'RTCDataChannel cannot have id > 65534'
	}),
	call({
		id: 'channel-number-used',
		pattern: /RTCDataChannel creation failed|(?:^|Error: )Id is in use/i,
		means: 'The data channel was not made: another channel has its id, or no id is left.',
		remedy: 'Give each channel an id of its own.',
		cite: 'webrtc-pc §6.1',
		example: "Failed to execute 'createDataChannel' on 'RTCPeerConnection': RTCDataChannel creation failed"
	}),
	call({
		id: 'channel-name-long',
		pattern: /RTCDataChannel (?:label|protocol) too long|(?<what>label|protocol) cannot be longer than 65535 bytes/i,
		means: 'The label or the protocol of a data channel has more than 65535 bytes.',
		remedy: 'Use a short name, and send the rest as a message.',
		cite: 'RFC 8832 §5.1',
		example: 'label cannot be longer than 65535 bytes'
	}),
	call({
		id: 'channel-not-open',
		pattern: /RTCDataChannel\.readyState is not 'open'/i,
		means: 'The data channel is not open: not yet, or no longer.',
		remedy: 'Send after its open event, and stop at its close event.',
		cite: 'webrtc-pc §6.2',
		example: "Failed to execute 'send' on 'RTCDataChannel': RTCDataChannel.readyState is not 'open'"
	}),
	// Devices
	call({
		id: 'media-none',
		pattern:
			/At least one of audio and video must be requested|audio and\/or video is required|either audio or video must be requested|TypeError: video is required/i,
		means: 'Neither audio nor video was asked for.',
		remedy: 'Set audio or video to true or to constraints.',
		cite: 'mediacapture-main §10.3',
		example: "Failed to execute 'getUserMedia' on 'MediaDevices': At least one of audio and video must be requested"
	}),
	call({
		id: 'media-not-found',
		pattern: /Requested device not found|The object can not be found here/i,
		means: 'There is no device of the kind that was asked for, or none with that deviceId.',
		remedy: 'List what there is with enumerateDevices; a deviceId is another one for each site, and after its data was cleared.',
		cite: 'mediacapture-main §10.3',
		example: 'NotFoundError: Requested device not found'
	}),
	call({
		id: 'media-denied',
		pattern:
			/NotAllowedError: (?:Permission (?:denied|dismissed)|The request is not allowed by the user agent)|No permission to use requested device/i,
		means: 'The user, the system or a policy of the page does not allow the device.',
		remedy: 'Look at the permission of the site, at that of the browser in the system, and at the allow attribute of an iframe.',
		cite: 'mediacapture-main §10.3',
		example: 'NotAllowedError: Permission denied'
	}),
	call({
		id: 'media-in-use',
		pattern: /Could not start (?<what>audio|video) source|Failed to allocate (?:audio|video)\s?source/i,
		means: 'The device is there and could not be started: another program has it, or its driver failed.',
		remedy: 'Close other programs that use it, or choose another one.',
		cite: 'mediacapture-main §10.3',
		example: 'NotReadableError: Could not start video source'
	}),
	call({
		id: 'media-exact',
		pattern: /exact constraints are not supported|TypeError: exact not allowed/i,
		means: 'Of a screen no exact values can be asked for.',
		remedy: 'Use ideal or max, or applyConstraints afterwards.',
		cite: 'screen-capture §5.2',
		example: "Failed to execute 'getDisplayMedia' on 'MediaDevices': exact constraints are not supported"
	}),
	call({
		id: 'media-constraints',
		pattern: /Cannot satisfy constraints|Constraints could not be satisfied/i,
		means: 'No device can do what the constraints demand.',
		remedy: 'Ask for ideal values in the place of exact, min and max ones.',
		cite: 'mediacapture-main §5',
		example: 'OverconstrainedError: Cannot satisfy constraints'
	})
];
