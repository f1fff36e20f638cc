/** Why the value of a line cannot be read: what each parser found, from which a language makes the sentence. */

/** The parts of an m= line (RFC 8866 §5.14). */
export type MediaPart = 'kind' | 'port' | 'transport' | 'format';
/** The parts of a candidate before its extensions (RFC 8839 §5.1). */
export type CandidatePart = 'foundation' | 'component' | 'transport' | 'priority' | 'address' | 'port';

/** What `value` is not. */
type WrongValue =
	| 'port'
	| 'number-of-ports'
	| 'media-type'
	| 'session-id'
	| 'session-version'
	| 'network-type'
	| 'address-type'
	| 'address'
	| 'time-to-live'
	| 'number'
	| 'clock-rate'
	| 'feedback-format'
	| 'extension-id'
	| 'direction'
	| 'source'
	| 'group-member'
	| 'rid'
	| 'send-or-recv'
	| 'candidate-foundation'
	| 'candidate-component'
	| 'candidate-priority'
	| 'candidate-address'
	| 'candidate-port';

/** What is not there, or there too often. */
type Incomplete =
	| 'bandwidth'
	| 'rtpmap-payload-type'
	| 'rtpmap-codec'
	| 'fmtp-format'
	| 'fmtp-parameters'
	| 'feedback'
	| 'feedback-type'
	| 'extension-uri'
	| 'fingerprint'
	| 'source-attribute'
	| 'source-group'
	| 'group'
	| 'msid'
	| 'rid-direction'
	| 'simulcast'
	| 'candidate-type'
	| 'candidate-name-repeated';

export type SdpFault =
	| { kind: WrongValue; value: string }
	| { kind: Incomplete }
	| { kind: 'media-line'; missing: MediaPart }
	| { kind: 'origin-fields' | 'connection-fields' | 'msid-fields'; fields: number }
	| { kind: 'address-family'; address: string; says: 'IP4' | 'IP6' }
	| { kind: 'simulcast-twice'; direction: 'send' | 'recv' }
	| { kind: 'candidate-fields'; fields: number; missing: CandidatePart }
	| { kind: 'candidate-extension'; name: string };
