/**
 * Finds session descriptions in whatever was pasted or dropped, and says what it was. Each description comes with the
 * place of its lines in the input, so that a finding can name the line of the file a person has open.
 */
import { count, duration } from '../base/format';
import { readCandidate } from '../sdp/text/candidate-fields';
import type { Role } from '../sdp/text/description';
import { isRecord, parseJson } from '../base/record';
import { descriptionsFromPage, sessionFromFirefoxReport, sessionFromInternals, sessionFromRtcstats } from './dump-sessions';
import type { HandshakeSession } from '../recording/handshake';
import { dissectedDescriptions } from './dissected';
import { decodeBase64, descriptionBlock, stripPrefixes, unescapeText, type Extract } from './unwrap';

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
	/** The connection of a dump it belongs to, and whether it was set as local there. */
	peer: string | null;
	local: boolean | null;
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
}

const SIP_START = /^(SIP\/2\.0 \d{3}|(INVITE|UPDATE|ACK|PRACK|INFO|MESSAGE|OPTIONS) \S+ SIP\/2\.0)/;

export function recognise(input: string): Recognised {
	const text = input.replace(/^\ufeff/, '');
	const trimmed = text.trim();
	if (trimmed === '') return nothing('empty', 'There is no text yet.');
	return (
		candidatesOnly(trimmed) ??
		(/^v=0(?:\r?\n|\r)/.test(trimmed) ? raw(input) : null) ??
		fromJson(text, trimmed) ??
		fromRtcstats(trimmed) ??
		fromPage(text) ??
		fromSip(text) ??
		fromDissection(text) ??
		fromEscaped(text) ??
		fromPrefixed(text) ??
		fromBase64(trimmed) ??
		fallback(input)
	);
}

function nothing(format: InputFormat, words: string): Recognised {
	return { format, words, descriptions: [], candidates: [], session: null };
}

function given(text: string, role: Role | null, places: Extract['places'] | null, label?: string): GivenDescription {
	return { label: label ?? role ?? 'description', role, text, places, peer: null, local: null };
}

function found(format: InputFormat, words: string, descriptions: GivenDescription[]): Recognised {
	return { format, words, descriptions, candidates: [], session: null };
}

function candidatesOnly(trimmed: string): Recognised | null {
	if (trimmed.length > 100_000) return null;
	const json = trimmed.startsWith('{') ? parseJson(trimmed) : undefined;
	const one = isRecord(json) && typeof json.candidate === 'string' && json.sdp === undefined ? json.candidate : null;
	const lines = one !== null ? [one] : trimmed.split(/\r?\n/).map((line) => line.trim());
	if (!lines.every((line) => /^(a=)?candidate:/.test(line))) return null;
	const candidates = lines.map((line) => line.replace(/^a=/, ''));
	const readable = candidates.filter((line) => readCandidate(line.slice('candidate:'.length)).value !== null).length;
	const words = `${candidates.length === 1 ? 'One ICE candidate' : `${candidates.length} ICE candidates`}${readable < candidates.length ? `, ${candidates.length - readable} of which cannot be read` : ''}, without a description.`;
	return { format: 'candidate', words, descriptions: [], candidates, session: null };
}

/** A description as it is, or an offer and an answer one below the other. */
function raw(input: string): Recognised {
	const starts = [...input.matchAll(/^v=0\r?$/gm)].map((match) => match.index);
	if (starts.length > 1) {
		const parts = starts.map((start, index) => input.slice(index === 0 ? 0 : start, starts[index + 1]));
		const roles = parts.map(roleIn);
		if (roles.length <= 40 && roles.every((role, index) => role === (index % 2 === 0 ? 'offer' : 'answer'))) {
			let line = 1;
			const descriptions = parts.map((part, index) => {
				const count = part.split(/\r\n|\n|\r/).length - (/[\r\n]$/.test(part) ? 1 : 0);
				const places = Array.from({ length: count }, (_, offset) => ({ line: line + offset, column: 1 }));
				line += count;
				return given(part, roles[index]!, places);
			});
			return found('several-descriptions', `${parts.length} session descriptions, offers and answers in turn.`, descriptions);
		}
	}
	return found('sdp', 'A session description.', [given(input, null, null)]);
}

function roleIn(text: string): Role | null {
	if (/^a=setup:actpass/m.test(text)) return 'offer';
	return /^a=setup:(active|passive)/m.test(text) ? 'answer' : null;
}

function fromJson(text: string, trimmed: string): Recognised | null {
	if (!/^[[{"]/.test(trimmed)) return null;
	const value = parseJson(trimmed);
	if (value === undefined) return null;
	if (typeof value === 'string') {
		const inner = recognise(value);
		if (inner.descriptions.length === 0) return null;
		const [extract] = unescapeText(text);
		const [only] = inner.descriptions;
		const placed =
			inner.descriptions.length === 1 && extract && extract.text === only!.text
				? [{ ...only!, places: extract.places }]
				: inner.descriptions;
		return { ...inner, format: 'escaped-text', words: `A JSON string. Inside: ${inner.words}`, descriptions: placed };
	}
	if (isRecord(value)) {
		// The oldest rtcstats files have an empty PeerConnections beside their own peerConnections.
		if (isRecord(value.PeerConnections) && value.peerConnections === undefined) {
			return fromSession('webrtc-internals', 'A webrtc-internals dump', sessionFromInternals(value));
		}
		if (Array.isArray(value.sdpHistory) || Array.isArray(value.reports)) {
			const session = sessionFromFirefoxReport(value);
			if (session.events.length > 0) return fromSession('firefox-report', 'A Firefox about:webrtc report', session);
		}
	}
	const all = descriptionsIn(value, null);
	if (all.length === 0) return null;
	const places = new Map(unescapeText(text).map((extract) => [extract.text, extract.places]));
	const descriptions = all.slice(0, 100).map(({ sdp, role }) => given(sdp, role, places.get(sdp) ?? null));
	if (descriptions.length === 1 && isRecord(value) && typeof value.sdp === 'string') {
		const role = descriptions[0]!.role;
		return found(
			'description-json',
			`${role === 'answer' ? 'An answer' : role === 'offer' ? 'An offer' : 'A description'} as JSON, type and sdp.`,
			descriptions
		);
	}
	return found(
		'json',
		`JSON with ${descriptions.length === 1 ? 'one description' : `${descriptions.length} descriptions`} in it.`,
		descriptions
	);
}

/** Every text in a JSON value that is a description, with the `type` beside it. */
function descriptionsIn(value: unknown, role: Role | null, depth = 0): { sdp: string; role: Role | null }[] {
	if (depth > 12) return [];
	if (typeof value === 'string') return /^v=0\r?\n/.test(value) ? [{ sdp: value, role: role ?? roleIn(value) }] : [];
	if (Array.isArray(value)) return value.flatMap((each) => descriptionsIn(each, null, depth + 1));
	if (!isRecord(value)) return [];
	const type = value.type === 'answer' || value.type === 'pranswer' ? 'answer' : value.type === 'offer' ? 'offer' : null;
	return Object.entries(value).flatMap(([key, each]) =>
		descriptionsIn(each, type ?? (key === 'offer' || key === 'answer' ? key : null), depth + 1)
	);
}

function fromRtcstats(trimmed: string): Recognised | null {
	if (!trimmed.startsWith('RTCStatsDump') && !/^\[("|\d)[^\n]*\]\r?\n\[/.test(trimmed)) return null;
	const session = sessionFromRtcstats(trimmed);
	return session.events.length > 0 ? fromSession('rtcstats', 'An rtcstats dump', session) : null;
}

function fromPage(text: string): Recognised | null {
	if (!/<pre|<html|<div/i.test(text)) return null;
	const texts = descriptionsFromPage(text);
	if (texts.length === 0) return null;
	const descriptions = texts.map((each) => given(each, roleIn(each), null));
	return found(
		'about-webrtc',
		`A web page with ${texts.length === 1 ? 'one description' : `${texts.length} descriptions`} in it, such as about:webrtc saves.`,
		descriptions
	);
}

function fromSession(format: InputFormat, name: string, session: HandshakeSession): Recognised {
	const descriptions: GivenDescription[] = [];
	for (const event of session.events) {
		if ((event.call !== 'set-local' && event.call !== 'set-remote') || event.phase !== 'called' || !event.description) continue;
		const { type, sdp } = event.description;
		if (type === 'rollback' || sdp === '') continue;
		const local = event.call === 'set-local';
		const label = session.peers.find((peer) => peer.id === event.peer)?.label ?? event.peer;
		const when = event.atMs === null ? '' : ` at ${duration(event.atMs)}`;
		descriptions.push({
			label: `${label}: ${local ? 'local' : 'remote'} ${type}${when}`,
			role: type === 'offer' ? 'offer' : 'answer',
			text: sdp,
			places: null,
			peer: event.peer,
			local
		});
	}
	const peers = session.peers.length;
	const words = `${name} with ${peers === 1 ? 'one connection' : `${peers} connections`} and ${descriptions.length === 1 ? 'one description' : `${descriptions.length} descriptions`}.`;
	return { format, words, descriptions, candidates: [], session: session.events.length > 0 ? session : null };
}

function fromSip(text: string): Recognised | null {
	const start = text.search(/\S/);
	if (!SIP_START.test(text.slice(start, start + 200))) return null;
	const several = sipExchange(text);
	if (several.length > 1)
		return found('sip', `${several.length} descriptions in messages of SIP, told apart by Call-ID and CSeq.`, several);
	const block = descriptionBlock(text);
	if (!block) return nothing('sip', 'A SIP message without a session description in it.');
	const answer = /^SIP\/2\.0 /.test(text.slice(start)) || /^ACK /.test(text.slice(start));
	const role = roleIn(block.text) ?? (answer ? 'answer' : 'offer');
	const first = text.slice(start).split(/\r?\n/, 1)[0]!.slice(0, 60);
	return found('sip', `A SIP message (${first}); its body is a session description.`, [given(block.text, role, block.places)]);
}

/** Each body is the offer, or the answer to the one before it, of its call and number (RFC 3261 §13.2.1): an ACK may answer a 200. */
function sipExchange(text: string): GivenDescription[] {
	const starts = [...text.matchAll(new RegExp(SIP_START.source, 'gm'))].map(({ index }) => index);
	const open = new Set<string>();
	return starts.flatMap((start, index) => {
		const message = text.slice(start, starts[index + 1]);
		const block = descriptionBlock(message);
		if (!block) return [];
		const header = (name: string) => new RegExp(`^${name}\\s*:\\s*(\\S+)`, 'im').exec(message)?.[1] ?? '';
		const call = `${header('(?:Call-ID|i)')} ${header('CSeq')}`;
		const role = open.delete(call) ? ('answer' as const) : ('offer' as const);
		if (role === 'offer') open.add(call);
		const before = text.slice(0, start).split(/\r\n|\n|\r/).length - 1;
		const places = block.places.map(({ line, column }) => ({ line: line + before, column }));
		return [given(block.text, role, places, `${role} (${message.split(/\r?\n/, 1)[0]!.slice(0, 40)})`)];
	});
}

function fromDissection(text: string): Recognised | null {
	const extracts = dissectedDescriptions(text);
	if (extracts.length === 0) return null;
	const descriptions = extracts.slice(0, 100).map((extract) => given(extract.text, roleIn(extract.text), extract.places));
	const words = `${count(descriptions.length, 'session description')} as Wireshark shows ${descriptions.length === 1 ? 'it' : 'them'}; the lines were restored.`;
	return found('prefixed-text', words, descriptions);
}

function fromEscaped(text: string): Recognised | null {
	const extracts = unescapeText(text).filter((extract) => extract.places.length > 1);
	if (extracts.length === 0) return null;
	const descriptions = extracts.slice(0, 100).map((extract) => given(extract.text, roleIn(extract.text), extract.places));
	return found(
		'escaped-text',
		`Text with written-out line ends (\\r\\n); ${descriptions.length === 1 ? 'one description' : `${descriptions.length} descriptions`} taken out of it.`,
		descriptions
	);
}

function fromPrefixed(text: string): Recognised | null {
	const extracts = stripPrefixes(text);
	if (extracts.length === 0) return null;
	const descriptions = extracts.slice(0, 100).map((extract) => given(extract.text, roleIn(extract.text), extract.places));
	return found(
		'prefixed-text',
		`Text around ${descriptions.length === 1 ? 'one description' : `${descriptions.length} descriptions`}, such as a log; what stands before each line was left out.`,
		descriptions
	);
}

function fromBase64(trimmed: string): Recognised | null {
	const decoded = decodeBase64(trimmed);
	if (decoded === null) return null;
	const inner = recognise(decoded);
	if (inner.descriptions.length === 0 || inner.format === 'unknown') return null;
	return {
		...inner,
		format: 'base64',
		words: `Base64. Inside: ${inner.words}`,
		descriptions: inner.descriptions.map((each) => ({ ...each, places: null }))
	};
}

/** Not recognised: shown and linted as it is, because a broken description is what people come with. */
function fallback(input: string): Recognised {
	const looks = /^[a-z]=\S/m.test(input);
	const words = looks
		? 'Lines of a session description, without its beginning.'
		: 'This does not look like a session description.';
	return found(looks ? 'sdp' : 'unknown', words, [given(input, null, null)]);
}

/** The descriptions as exchanges: each answer with the offer before it on the same connection. */
export function exchangesOf(
	descriptions: readonly GivenDescription[]
): { offer: GivenDescription; answer: GivenDescription | null; from: 'a' | 'b' | null }[] {
	const exchanges: { offer: GivenDescription; answer: GivenDescription | null; from: 'a' | 'b' | null }[] = [];
	for (const each of descriptions) {
		const last = exchanges[exchanges.length - 1];
		if (each.role === 'answer' && last && last.offer.peer === each.peer && last.offer.role !== 'answer') {
			// A provisional answer is replaced by the one that follows it.
			last.answer = each;
		} else {
			const from = each.local === null ? null : each.local ? 'a' : 'b';
			exchanges.push({ offer: each, answer: null, from });
		}
	}
	return exchanges;
}
