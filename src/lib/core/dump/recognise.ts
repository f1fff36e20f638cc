/**
 * Finds session descriptions in whatever was pasted or dropped, and says what it was. Each description comes with the
 * place of its lines in the input, so that a finding can name the line of the file a person has open.
 */
import { count, duration } from '../base/format';
import { isRecord, parseJson } from '../base/record';
import { createdTexts } from '../recording/created-texts';
import type { HandshakeSession } from '../recording/handshake';
import { isMessage, takeMessages, type BrowserMessage } from '../sdp/errors/messages-in';
import { readCandidate } from '../sdp/text/candidate-fields';
import type { Role } from '../sdp/text/description';
import { dissectedDescriptions } from './dissected';
import { descriptionsFromPage, sessionFromFirefoxReport, sessionFromInternals, sessionFromRtcstats } from './dump-sessions';
import { plainDescriptions } from './plain-descriptions';
import { found, given, nothing, roleIn, rolesIn, type GivenDescription, type InputFormat, type Recognised } from './recognised';
import { fromSip } from './sip-trace';
import { decodeBase64, stripPrefixes, unescapeText } from './unwrap';

/** What is longer is a recording, whose messages stand in its events. */
const MOST_CHARACTERS = 1_000_000;

export function recognise(input: string): Recognised {
	const whole = recogniseText(input);
	if (input.length > MOST_CHARACTERS || whole.session !== null || whole.format === 'empty') return whole;
	const value = /^\s*[[{"]/.test(input) ? parseJson(input.trim()) : undefined;
	if (value !== undefined) {
		const messages = messagesInJson(value, input);
		if (messages.length === 0) return whole;
		return whole.descriptions.length === 0 || whole.format === 'unknown'
			? { ...nothing('browser-error', messageWords(messages)), messages }
			: { ...whole, messages };
	}
	const { messages, rest, lineNumbers } = takeMessages(input);
	if (messages.length === 0) return whole;
	const inner = recogniseText(rest);
	if (inner.format === 'empty' || inner.format === 'unknown')
		return { ...nothing('browser-error', messageWords(messages)), messages };
	return {
		...inner,
		words: `${messageWords(messages)} Beside ${messages.length === 1 ? 'it' : 'them'}: ${inner.words}`,
		descriptions: inner.descriptions.map((each) => ({
			...each,
			places:
				(each.places ?? (inner.format === 'sdp' ? lineNumbers.map((_, index) => ({ line: index + 1, column: 1 })) : null))?.map(
					({ line, column }) => ({ line: lineNumbers[line - 1]!, column })
				) ?? null
		})),
		messages
	};
}

function messageWords(messages: readonly BrowserMessage[]): string {
	return messages.length === 1 ? 'An error message of a browser.' : `${messages.length} error messages of browsers.`;
}

/** Every text of a JSON value that is a message, with the line on which it begins. */
function messagesInJson(value: unknown, input: string, depth = 0): BrowserMessage[] {
	if (depth > 12) return [];
	if (typeof value === 'string') {
		if (/^v=0/.test(value) || !isMessage(value)) return [];
		const at = input.indexOf(JSON.stringify(value).slice(1, -1));
		return [{ text: value.trim(), line: at < 0 ? 1 : input.slice(0, at).split('\n').length }];
	}
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap((each) => messagesInJson(each, input, depth + 1));
}

function recogniseText(input: string): Recognised {
	const text = input.replace(/^\ufeff/, '');
	const trimmed = text.trim();
	if (trimmed === '') return nothing('empty', 'There is no text yet.');
	return (
		candidatesOnly(trimmed) ??
		(/^v=0(?:\r?\n|\r)/.test(trimmed) ? plainDescriptions(input) : null) ??
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

function candidatesOnly(trimmed: string): Recognised | null {
	if (trimmed.length > 100_000) return null;
	const json = trimmed.startsWith('{') ? parseJson(trimmed) : undefined;
	const one = isRecord(json) && typeof json.candidate === 'string' && json.sdp === undefined ? json.candidate : null;
	const lines = one !== null ? [one] : trimmed.split(/\r?\n/).map((line) => line.trim());
	if (!lines.every((line) => /^(a=)?candidate:/.test(line))) return null;
	const candidates = lines.map((line) => line.replace(/^a=/, ''));
	const readable = candidates.filter((line) => readCandidate(line.slice('candidate:'.length)).value !== null).length;
	const words = `${candidates.length === 1 ? 'One ICE candidate' : `${candidates.length} ICE candidates`}${readable < candidates.length ? `, ${candidates.length - readable} of which cannot be read` : ''}, without a description.`;
	return { ...nothing('candidate', words), candidates };
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
	const created = createdTexts(session.events);
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
			local,
			...(created.has(event) && { created: created.get(event)! })
		});
	}
	const peers = session.peers.length;
	const words = `${name} with ${peers === 1 ? 'one connection' : `${peers} connections`} and ${descriptions.length === 1 ? 'one description' : `${descriptions.length} descriptions`}.`;
	return { ...found(format, words, descriptions), session: session.events.length > 0 ? session : null };
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
	const extracts = stripPrefixes(text).slice(0, 100);
	if (extracts.length === 0) return null;
	const lines = text.split(/\r\n|\n|\r/);
	let from = 0;
	const headings = extracts.map(({ places }) => {
		const { line, column } = places[0]!;
		const heading = `${lines.slice(from, line - 1).join('\n')}\n${lines[line - 1]!.slice(0, column - 1)}`;
		from = places.at(-1)!.line;
		return heading;
	});
	const texts = extracts.map((extract) => extract.text);
	const roles = rolesIn(texts, headings);
	return found(
		'prefixed-text',
		`Text around ${extracts.length === 1 ? 'one description' : `${extracts.length} descriptions`}, such as a log; what stands before each line was left out.`,
		extracts.map((extract, index) => given(extract.text, roles[index]!, extract.places))
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
	if (!/^[a-z]=\S/m.test(input))
		return found('unknown', 'This does not look like a session description.', [given(input, null, null)]);
	// Who leaves out all of the session part has copied a piece; who has lost its first line has not.
	if (/^[ \t]*[vost][ \t]*=/m.test(input))
		return found('sdp', 'Lines of a session description, without its beginning.', [given(input, null, null)]);
	const words = 'A piece of a session description: what it lacks is not judged.';
	return found('sdp', words, [{ ...given(input, null, null), isFragment: true }]);
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
