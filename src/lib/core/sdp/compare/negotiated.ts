/** The shape of what an offer and its answer agreed on: what negotiation.ts finds out and screens show. */
import type { CandidateValue } from '../text/candidate-fields';
import type { Direction } from '../text/description';
import type { UnusedReason } from './rejection';

export type Party = 'offerer' | 'answerer';

/** The same thing on both sides; null where a side does not have it. */
export interface Both<T> {
	offer: T | null;
	answer: T | null;
}

export interface NegotiatedCodec {
	/** `opus/48000/2`. */
	name: string;
	/** The offer's payload type is what the answerer sends, the answer's what the offerer sends (RFC 3264 §6.1). */
	payloadType: Both<number>;
	parameters: Both<string>;
	/** Feedback both sides listed. */
	feedback: string[];
	/** Payload types of the retransmissions, where both sides have them. */
	rtx: Both<number> | null;
	/** Carries no audio or video of its own: red, telephone-event and so on. */
	helper: boolean;
}

export interface NegotiatedExtension {
	uri: string;
	/** What it carries; null for an unknown URI. */
	words: string | null;
	id: Both<number>;
	/** Both sides have it. */
	agreed: boolean;
}

export interface NegotiatedData {
	sctpPort: Both<number>;
	/** In bytes; Infinity where any size is accepted (RFC 8841 §6: 0), 65536 where nothing was said. */
	maxMessageSize: { offer: number; answer: number };
}

export interface NegotiatedSection {
	index: number;
	kind: string;
	mid: Both<string>;
	/** Lines of the m=, 1-based. */
	line: Both<number>;
	/** Null when the section is in use. `offer`: it was offered with port 0. `missing`: one side does not have the section. */
	rejected: { by: 'offer' | 'answer' | 'missing'; reason: UnusedReason } | null;
	direction: Both<Direction>;
	/** Who sends once both directions are applied. */
	sends: { offerer: boolean; answerer: boolean };
	/** In the answer's order of preference; the first that is no helper is what both begin with. */
	codecs: NegotiatedCodec[];
	extensions: NegotiatedExtension[];
	/** Simulcast layers (rids) each side sends and the other takes; `refused` are those offered or answered one-sidedly. */
	layers: { offerer: string[]; answerer: string[]; refused: string[] } | null;
	/** Null for everything but data sections. */
	data: NegotiatedData | null;
	rtcpMux: boolean;
	/** Index in `transports`; null for a rejected section. */
	transport: number | null;
}

export interface NegotiatedTransport {
	/** Indexes of the sections that use it; more than one with BUNDLE. */
	sections: number[];
	bundled: boolean;
	setup: Both<string>;
	/** Who begins the DTLS handshake; `conflict` when the roles exclude each other, null when one side does not say. */
	dtlsClient: Party | 'conflict' | null;
	/** Hash name and digest. */
	fingerprint: Both<string>;
	iceUfrag: Both<string>;
	/** Candidates that came inside the descriptions. */
	candidates: { offer: CandidateValue[]; answer: CandidateValue[] };
	/** Whether either side may send more later. */
	trickle: { offer: boolean; answer: boolean };
	rtcpMux: boolean;
}

export interface Negotiation {
	sections: NegotiatedSection[];
	transports: NegotiatedTransport[];
	ice: {
		lite: { offer: boolean; answer: boolean };
		/** Who chooses the pair (RFC 8445 §6.1.1). */
		controlling: Party;
		reason: string;
	};
}
