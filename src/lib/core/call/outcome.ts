/**
 * How a connection went, from whatever a recording has: announced states, the states of transports and pairs, packets. What began
 * before the recording is unknown, whatever state it was found in.
 */
import { column, lastOf, number, selectedPairs, timesOf, tracksOf } from '../recording/connection';
import type { RecordedConnection, StatsTrack } from '../recording/recording';

/** How it went, as far as the recording shows. */
export type Outcome = 'connected' | 'lost' | 'failed' | 'never-connected' | 'closed' | 'unknown';

const UP = new Set(['connected', 'completed']);
const DOWN = new Set(['failed', 'disconnected']);
/** ICE takes longer than this to fail: a log that begins with it began afterwards. */
const BEGINS_WITH_MS = 1000;

/** States of the connection as they were announced; ICE's own where the recorder has no others. In time. */
export function statesOf(connection: RecordedConnection): { atMs: number | null; state: string }[] {
	for (const call of ['connection-state', 'ice-state'] as const) {
		const events = connection.events.filter((event) => event.call === call && event.state !== undefined);
		if (events.length > 0) return events.map(({ atMs, state }) => ({ atMs, state: state! }));
	}
	return [];
}

/** Whether the log begins when the connection was down already: whether it ever worked is then not known. */
export function begunAfterEnd(connection: RecordedConnection): boolean {
	const [first] = statesOf(connection);
	if (!first || !DOWN.has(first.state) || first.atMs === null || connection.startMs === null) return false;
	const before = connection.events.some(
		({ call, state }) => (call === 'ice-state' || call === 'connection-state') && state !== undefined && !DOWN.has(state)
	);
	return !before && first.atMs - connection.startMs < BEGINS_WITH_MS;
}

export function outcomeOf(connection: RecordedConnection): Outcome {
	if (begunAfterEnd(connection)) return 'unknown';
	const states = statesOf(connection).map(({ state }) => state);
	if (states.length === 0) return outcomeOfStats(connection);
	const final = states.filter((state) => state !== 'closed').at(-1);
	const closed = states.at(-1) === 'closed' || connection.events.some(({ call }) => call === 'close');
	const connected = (states.some((state) => UP.has(state)) && !lacksDtls(connection)) || carriedPackets(connection);
	if (connected && closedByOtherEndMs(connection) !== null) return 'closed';
	if (final === 'failed') return connected ? 'lost' : 'failed';
	if (connected && final === 'disconnected') return 'lost';
	if (connected) return closed ? 'closed' : 'connected';
	return outcomeOfStats(connection) === 'connected' ? 'connected' : 'never-connected';
}

/** Without announced states: those of the transports, then of the pairs, and packets of media, which need all of it. */
function outcomeOfStats(connection: RecordedConnection): Outcome {
	const ice = transportStates(connection, 'iceState');
	const dtls = [...transportStates(connection, 'dtlsState'), ...announcedDtls(connection)];
	const pairs = tracksOf(connection, 'candidate-pair').map((track) => lastOf(track, 'state'));
	const closed = connection.events.some(({ call }) => call === 'close') || dtls.at(-1) === 'closed';
	const selected = selectedPairs(connection).length > 0;
	const connected = dtls.includes('connected') || carriedPackets(connection) || (dtls.length === 0 && selected);
	if (connected && closedByOtherEndMs(connection) !== null) return 'closed';
	if (connected) return DOWN.has(ice.at(-1) ?? '') ? 'lost' : closed ? 'closed' : 'connected';
	if (ice.at(-1) === 'failed' || dtls.at(-1) === 'failed') return 'failed';
	// Only DTLS is missing, or ICE was still at it when the recording ended.
	if (dtls.length > 0 && (selected || (pairs.length > 0 && ice.length > 0))) return 'never-connected';
	if (pairs.length > 0 && pairs.every((state) => state === 'failed')) return 'failed';
	if (waitsForIce(connection)) return 'never-connected';
	// A log that says what it tried, and never that it worked.
	const tried = connection.events.some(({ call }) => call === 'set-local' || call === 'set-remote');
	return tried ? 'never-connected' : 'unknown';
}

/** For so long ICE was seen not to have begun before it is said of it. */
const WAITS_MS = 10_000;

/** Whether the transports were watched for long and ICE was never seen to begin on them, or to find anything to check. */
export function waitsForIce(connection: RecordedConnection): boolean {
	const transports = tracksOf(connection, 'transport');
	return (
		transports.length > 0 &&
		transports.every((track) => {
			const states = column(track, 'iceState');
			const waited = states ? timesOf(track).lastMs - timesOf(track).firstMs : 0;
			return waited >= WAITS_MS && states!.v.every((state) => state === 'new' || state === 'checking');
		})
	);
}

/** Every state that a transport was seen in, in time; those of several transports one after another. */
export function transportStates(connection: RecordedConnection, field: 'iceState' | 'dtlsState'): string[] {
	return tracksOf(connection, 'transport').flatMap((track) =>
		(column(track, field)?.v ?? []).filter((value): value is string => typeof value === 'string' && value !== '')
	);
}

/** States of DTLS as logs and captures tell them. */
function announcedDtls({ events }: RecordedConnection): string[] {
	return events.flatMap(({ call, state }) => (call === 'dtls-state' && state ? [state] : []));
}

/** ICE alone was announced, and the statistics show DTLS at work to the end. */
function lacksDtls(connection: RecordedConnection): boolean {
	if (connection.events.some(({ call, state }) => call === 'connection-state' && state === 'connected')) return false;
	const told = transportStates(connection, 'dtlsState');
	const all = [...told, ...announcedDtls(connection)];
	return all.length > 0 && !all.includes('connected') && !all.includes('closed');
}

/** Media that arrived had been decrypted. */
function carriedPackets(connection: RecordedConnection): boolean {
	return tracksOf(connection, 'inbound-rtp').some((track) => (number(lastOf(track, 'packetsReceived')) ?? 0) > 0);
}

/** When the statistics first show DTLS connected after they had shown it was not; null where they show no such moment. */
export function dtlsConnectedMs(connection: RecordedConnection): number | null {
	const times = tracksOf(connection, 'transport').flatMap((track) => firstConnected(track) ?? []);
	return times.length === 0 ? null : Math.min(...times);
}

function firstConnected(track: StatsTrack): number | null {
	const states = column(track, 'dtlsState');
	const at = states?.v.indexOf('connected') ?? -1;
	return states && at > 0 ? states.tMs[at]! : null;
}

/** When the transport was closed by the other end, whose DTLS said so (close_notify, RFC 5246 §7.2.1); null where it was not seen to. */
export function closedByOtherEndMs(connection: RecordedConnection): number | null {
	const { events } = connection;
	if (events.some(({ call, state }) => call === 'close' || state === 'closed')) return null;
	const ends = tracksOf(connection, 'transport').map((track) => {
		const states = column(track, 'dtlsState');
		const at = states?.v.indexOf('closed') ?? -1;
		return states && at > 0 && states.v.at(-1) === 'closed' ? states.tMs[at]! : null;
	});
	if (ends.length === 0 || !ends.every((at) => at !== null)) return null;
	const closedMs = Math.max(...(ends as number[]));
	// This end's own closing looks the same, and a recording without a log does not tell it; but then its checks end as well.
	return events.length > 0 || asksAfter(connection, closedMs) ? closedMs : null;
}

/** Whether this end went on sending checks after a time. */
function asksAfter(connection: RecordedConnection, tMs: number): boolean {
	return tracksOf(connection, 'candidate-pair').some((track) => {
		const { tMs: times, v } = column(track, 'requestsSent') ?? { tMs: [], v: [] };
		const at = times.findIndex((time) => time >= tMs);
		return at >= 0 && (number(v.at(-1)) ?? 0) > (number(v[at]) ?? 0);
	});
}

/** How long DTLS was seen at work without an end; null where no statistics show it. */
export function dtlsWaitedMs(connection: RecordedConnection): number | null {
	const spans = tracksOf(connection, 'transport').flatMap((track) => {
		const states = column(track, 'dtlsState');
		const from = states?.v.indexOf('connecting') ?? -1;
		return states && from >= 0 ? [timesOf(track).lastMs - states.tMs[from]!] : [];
	});
	const longest = Math.max(0, ...spans);
	return longest > 0 ? longest : null;
}
