/**
 * The offer/answer part of the dumps people have: webrtc-internals, rtcstats (all line formats), Firefox's report and its
 * saved about:webrtc page. Only what concerns descriptions is read here; statistics are the stats folder's.
 */
import type { Role } from '../sdp/text/description';
import { isRecord, type JsonObject } from '../base/record';
import { eventOf } from './dump-events';
import { unescapeHtml } from './html-tokens';
import type { HandshakeEvent, HandshakeSession } from '../recording/handshake';
import { isStatsMethod, RTCSTATS_MARK, RtcstatsLineReader } from './rtcstats-lines';

/** The JSON object that chrome://webrtc-internals saves. */
export function sessionFromInternals(dump: JsonObject): HandshakeSession {
	const session: HandshakeSession = { peers: [], events: [] };
	for (const [id, connection] of Object.entries(isRecord(dump.PeerConnections) ? dump.PeerConnections : {})) {
		if (!isRecord(connection) || !Array.isArray(connection.updateLog)) continue;
		const events: HandshakeEvent[] = [];
		for (const entry of connection.updateLog) {
			if (!isRecord(entry) || typeof entry.type !== 'string') continue;
			// The older `time` is local time in the recorder's own notation: order is all it tells.
			const atMs = typeof entry.timestamp === 'number' ? entry.timestamp : null;
			const event = eventOf(id, entry.type, entry.value, atMs);
			if (event.call !== 'other') events.push(event);
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
	const reader = new RtcstatsLineReader(text.startsWith(RTCSTATS_MARK));
	const seen = new Set<string>();
	for (const each of text.split('\n')) {
		// Statistics are most of a dump and say nothing about descriptions; they still move the clock.
		const line = each.startsWith('[') ? reader.read(each) : null;
		if (!line || line.connection === null || isStatsMethod(line.method)) continue;
		const event = eventOf(line.connection, line.method, line.value, line.atMs);
		if (event.call === 'other') continue;
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
		if (!isRecord(each) || !Array.isArray(each.sdpHistory)) continue;
		const id = String(each.pcid ?? session.peers.length + 1);
		session.peers.push({ id, label: `connection ${session.peers.length + 1}` });
		for (const entry of each.sdpHistory) {
			if (!isRecord(entry) || typeof entry.sdp !== 'string') continue;
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
	// By its end tags: a page of a thousand that begin and do not end is looked through once.
	for (const part of html.split(/<\/pre>/i).slice(0, -1)) {
		const start = part.search(/<pre(?![a-z])/i);
		if (start < 0) continue;
		const text = unescapeHtml(part.slice(start).replace(/<[^<>]+>/g, ''));
		if (/^\s*v=0/.test(text) && !texts.includes(text)) texts.push(text);
	}
	return texts;
}

function localType(local: boolean, offerer: boolean, count: number): Role {
	const first = count % 2 === 0;
	return first === (local === offerer) ? 'offer' : 'answer';
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
