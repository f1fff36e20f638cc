/** What was found in a text: descriptions, candidates, messages of browsers, the procedure of a dump. */
import type { HandshakeSession } from '../recording/handshake';
import type { BrowserMessage } from '../sdp/errors/messages-in';
import type { Role } from '../sdp/text/description';
import type { Extract } from './unwrap';

export type InputFormat =
	| 'empty'
	| 'sdp'
	| 'several-descriptions'
	| 'description-json'
	| 'escaped-text'
	| 'prefixed-text'
	| 'sip'
	| 'base64'
	| 'candidate'
	| 'browser-error'
	| 'webrtc-internals'
	| 'rtcstats'
	| 'firefox-report'
	| 'about-webrtc'
	| 'json'
	| 'unknown';

export interface GivenDescription {
	/** For people: `offer`, `connection 92-1: local offer at 5.4 s`. */
	label: string;
	/** What the input calls it; null where it does not say. */
	role: Role | null;
	text: string;
	/** Place of the beginning of each line in the input; null where that cannot be said (text inside text inside text). */
	places: Extract['places'] | null;
	/** The connection of a dump or the call of a trace that it belongs to, and whether it was set as local there. */
	peer: string | null;
	local: boolean | null;
	/** What createOffer or createAnswer gave before this was set, where the input tells. */
	created?: string;
	/** A piece of a description: what it lacks may have been left out by whoever copied it. */
	isFragment?: true;
}

export interface Recognised {
	format: InputFormat;
	/** One sentence on what was found. */
	words: string;
	descriptions: GivenDescription[];
	/** Candidate lines, when the input is nothing else. */
	candidates: string[];
	/** The recorded procedure, for dumps. */
	session: HandshakeSession | null;
	/** Error messages of browsers that stand in the text, in their order. */
	messages: BrowserMessage[];
}

export function nothing(format: InputFormat, words: string): Recognised {
	return found(format, words, []);
}

export function found(format: InputFormat, words: string, descriptions: GivenDescription[]): Recognised {
	return { format, words, descriptions, candidates: [], session: null, messages: [] };
}

export function given(text: string, role: Role | null, places: Extract['places'] | null, label?: string): GivenDescription {
	return { label: label ?? role ?? 'description', role, text, places, peer: null, local: null };
}

/** By its DTLS role, which only an offer leaves open (RFC 8842 §5.2). */
export function roleIn(text: string): Role | null {
	if (/^a=setup:actpass/m.test(text)) return 'offer';
	return /^a=setup:(active|passive)/m.test(text) ? 'answer' : null;
}

/**
 * The roles of descriptions that stand one below the other: by their text, then by what stands above each. Of two that say
 * nothing the second answers the first.
 */
export function rolesIn(texts: readonly string[], headings: readonly string[]): (Role | null)[] {
	const said = texts.map((text, index) => roleIn(text) ?? roleNamed(headings[index] ?? ''));
	if (said.length !== 2) return said;
	const [first, second] = said as [Role | null, Role | null];
	return [first ?? (second === 'offer' ? null : 'offer'), second ?? (first === 'answer' ? null : 'answer')];
}

function roleNamed(heading: string): Role | null {
	const [offer, answer] = [/\boffer\b/i.test(heading), /\banswer\b/i.test(heading)];
	return offer === answer ? null : offer ? 'offer' : 'answer';
}
