/**
 * The offer/answer part of the dumps people have: webrtc-internals, rtcstats (all line formats), Firefox's report and its
 * saved about:webrtc page. Only what concerns descriptions is read here; statistics are the stats folder's.
 */
import type { Role } from './description';
import type { HandshakeCall, HandshakeEvent, HandshakeSession } from './handshake';

/** Method and event names of all recorders, without a leading `on`, in lower case. */
const CALLS: Record<string, HandshakeCall> = {
	createoffer: 'create-offer',
	createanswer: 'create-answer',
	setlocaldescription: 'set-local',
	setremotedescription: 'set-remote',
	addicecandidate: 'add-candidate',
	icecandidate: 'candidate',
	icecandidateerror: 'candidate-error',
	track: 'track',
	datachannel: 'data-channel',
	createdatachannel: 'data-channel',
	negotiationneeded: 'negotiation-needed',
	renegotiationneeded: 'negotiation-needed',
	signalingstatechange: 'signaling-state',
	icegatheringstatechange: 'gathering-state',
	iceconnectionstatechange: 'ice-state',
	connectionstatechange: 'connection-state',
	close: 'close'
};

const METHODS = new Set<HandshakeCall>(['create-offer', 'create-answer', 'set-local', 'set-remote', 'add-candidate']);

/** rtcstats may write methods as numbers; these are the ones that matter here. */
const NUMBERED = [
	'',
	'',
	'createOffer',
	'createOfferOnSuccess',
	'createAnswer',
	'createAnswerOnSuccess',
	'setLocalDescription',
	'setLocalDescriptionOnSuccess',
	'setRemoteDescription',
	'setRemoteDescriptionOnSuccess',
	'addIceCandidate',
	'addIceCandidateOnSuccess'
];

type Json = unknown;
type JsonObject = Record<string, Json>;

export function isObject(value: Json): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON object that chrome://webrtc-internals saves. */
export function sessionFromInternals(dump: JsonObject): HandshakeSession {
	const session: HandshakeSession = { peers: [], events: [] };
	for (const [id, connection] of Object.entries(isObject(dump.PeerConnections) ? dump.PeerConnections : {})) {
		if (!isObject(connection) || !Array.isArray(connection.updateLog)) continue;
		const events: HandshakeEvent[] = [];
		for (const entry of connection.updateLog) {
			if (!isObject(entry) || typeof entry.type !== 'string') continue;
			// The older `time` is local time in the recorder's own notation: order is all it tells.
			const atMs = typeof entry.timestamp === 'number' ? entry.timestamp : null;
			const event = eventOf(id, entry.type, entry.value, atMs);
			if (event) events.push(event);
		}
		if (events.length === 0) continue;
		session.peers.push({ id, label: `connection ${id}` });
		session.events.push(...events);
	}
	return inTime(session);
}

/** Lines of rtcstats: absolute times, or differences after the `RTCStatsDump` mark. */
export function sessionFromRtcstats(text: string): HandshakeSession {
	const session: HandshakeSession = { peers: [], events: [] };
	const relative = text.startsWith('RTCStatsDump');
	const seen = new Set<string>();
	let clock = 0;
	for (const line of text.split('\n')) {
		if (!line.startsWith('[')) continue;
		const entry = parseJson(line);
		if (!Array.isArray(entry) || entry.length < 3) continue;
		const last = entry[entry.length - 1];
		const stamp = typeof last === 'number' ? last : typeof last === 'string' ? Date.parse(last) : NaN;
		if (relative && Number.isFinite(stamp)) clock += stamp;
		const method = typeof entry[0] === 'number' ? NUMBERED[entry[0]] : entry[0];
		if (typeof method !== 'string' || typeof entry[1] !== 'string') continue;
		const event = eventOf(entry[1], method, entry[2], relative ? clock : Number.isFinite(stamp) ? stamp : null);
		if (!event) continue;
		if (!seen.has(event.peer)) session.peers.push({ id: event.peer, label: `connection ${event.peer}` });
		seen.add(event.peer);
		session.events.push(event);
	}
	return inTime(session);
}

/** Firefox: the object that "Copy report" gives, with its `sdpHistory`. */
export function sessionFromFirefoxReport(report: JsonObject): HandshakeSession {
	const session: HandshakeSession = { peers: [], events: [] };
	const reports = Array.isArray(report.reports) ? report.reports : [report];
	for (const each of reports) {
		if (!isObject(each) || !Array.isArray(each.sdpHistory)) continue;
		const id = String(each.pcid ?? session.peers.length + 1);
		session.peers.push({ id, label: `connection ${session.peers.length + 1}` });
		for (const entry of each.sdpHistory) {
			if (!isObject(entry) || typeof entry.sdp !== 'string') continue;
			const local = entry.isLocal === true;
			const type = localType(local, each.offerer === true, session.events.length);
			const atMs = typeof entry.timestamp === 'number' ? entry.timestamp : null;
			session.events.push({
				atMs,
				peer: id,
				call: local ? 'set-local' : 'set-remote',
				phase: 'called',
				description: { type, sdp: entry.sdp }
			});
		}
	}
	return inTime(session);
}

/** Firefox: the texts inside `<pre>` of a saved about:webrtc page. */
export function descriptionsFromPage(html: string): string[] {
	const texts: string[] = [];
	for (const match of html.matchAll(/<pre[^>]*>([\s\S]*?)<\/pre>/gi)) {
		const text = unescapeHtml(match[1]!.replace(/<[^>]+>/g, ''));
		if (/^\s*v=0/.test(text) && !texts.includes(text)) texts.push(text);
	}
	return texts;
}

function localType(local: boolean, offerer: boolean, count: number): Role {
	const first = count % 2 === 0;
	return first === (local === offerer) ? 'offer' : 'answer';
}

function unescapeHtml(text: string): string {
	const named: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&', nbsp: ' ' };
	return text.replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, name: string) => {
		if (name[0] !== '#') return named[name.toLowerCase()] ?? whole;
		const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
		return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : whole;
	});
}

function eventOf(peer: string, method: string, raw: Json, atMs: number | null): HandshakeEvent | null {
	const match = /^(?:on)?([A-Za-z]+?)(OnSuccess|OnFailure)?$/.exec(method);
	const call = match ? CALLS[match[1]!.toLowerCase()] : undefined;
	if (!match || !call) return null;
	const phase = match[2] === 'OnSuccess' ? 'done' : match[2] === 'OnFailure' ? 'failed' : METHODS.has(call) ? 'called' : 'event';
	const event: HandshakeEvent = { atMs, peer, call, phase };
	const value = typeof raw === 'string' ? (parseJson(raw) ?? raw) : raw;
	if (phase === 'failed') event.error = typeof value === 'string' ? value : JSON.stringify(value ?? '');
	else if (call.endsWith('-state'))
		event.state = String(value ?? '').replace(/^SignalingState|^IceConnectionState|^IceGatheringState/, '');
	else if (call === 'candidate' || call === 'add-candidate') event.candidate = candidateOf(value);
	else if (call === 'candidate-error') event.error = typeof value === 'string' ? value : JSON.stringify(value ?? '');
	else if (call === 'track' || call === 'data-channel') {
		const name = isObject(value) ? (value.label ?? value.kind) : value;
		if (typeof name === 'string') event.name = name;
	} else {
		const description = descriptionOf(value);
		if (description) event.description = description;
	}
	return event;
}

/** `{type, sdp}`, the same in an array, or the text `type: offer, sdp: v=0…` of older recorders. */
function descriptionOf(value: Json): HandshakeEvent['description'] | null {
	if (Array.isArray(value)) return value.length > 0 ? descriptionOf(value[0]) : null;
	if (isObject(value) && typeof value.sdp === 'string' && value.sdp !== '') return { type: typeOf(value.type), sdp: value.sdp };
	if (typeof value === 'string') {
		const match = /^type: (\w+), sdp: ([\s\S]+)$/.exec(value);
		if (match) return { type: typeOf(match[1]), sdp: match[2]! };
	}
	return null;
}

function typeOf(value: Json): 'offer' | 'answer' | 'pranswer' | 'rollback' {
	return value === 'answer' || value === 'pranswer' || value === 'rollback' ? value : 'offer';
}

function candidateOf(value: Json): string {
	if (Array.isArray(value)) return value.length > 0 ? candidateOf(value[0]) : '';
	if (isObject(value)) return typeof value.candidate === 'string' ? value.candidate : '';
	if (typeof value !== 'string') return '';
	return /candidate: (candidate:[^,]*)/.exec(value)?.[1] ?? (value.startsWith('candidate:') ? value : '');
}

/** Sorts by time where every event has one, and counts from the first. */
function inTime(session: HandshakeSession): HandshakeSession {
	const { events } = session;
	if (events.some((event) => event.atMs === null))
		return { ...session, events: events.map((event) => ({ ...event, atMs: null })) };
	const first = events.reduce((least, event) => Math.min(least, event.atMs!), Infinity);
	const moved = events.map((event) => ({ ...event, atMs: Math.round((event.atMs! - first) * 1000) / 1000 }));
	return { ...session, events: moved.sort((a, b) => a.atMs - b.atMs) };
}

export function parseJson(text: string): Json {
	try {
		return JSON.parse(text) as Json;
	} catch {
		return undefined;
	}
}
