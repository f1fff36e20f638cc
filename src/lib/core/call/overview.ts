/** A connection of a recording in a few numbers: for lists, for the command line, for telling two files apart. */
import type { ConnectionOverview, EndOverview } from './call-figure-shapes';
import { lastOf, number, pairsOf, selectedPairs, tracksOf, type CandidateView } from '../recording/connection';
import type { RecordedConnection } from '../recording/recording';

/** How it went, as far as the recording shows. */
export type Outcome = 'connected' | 'lost' | 'failed' | 'never-connected' | 'closed' | 'unknown';

export function overviewOf(connection: RecordedConnection): ConnectionOverview {
	const pairs = pairsOf(connection);
	const pairStates: Record<string, number> = {};
	for (const { state } of pairs) pairStates[state ?? 'unknown'] = (pairStates[state ?? 'unknown'] ?? 0) + 1;
	const last = selectedPairs(connection).at(-1);
	const selected = pairs.find(({ id }) => id === last?.value);
	const { id, label, url, startMs, endMs, events, tracks } = connection;
	return {
		id,
		label,
		url,
		outcome: outcomeOf(connection, selected !== undefined),
		candidatePairs: pairs.length,
		pairStates,
		selectedPair: selected ? { id: selected.id, local: endOf(selected.local), remote: endOf(selected.remote) } : null,
		bytesSent: bytes(connection, 'bytesSent'),
		bytesReceived: bytes(connection, 'bytesReceived'),
		events: events.length,
		series: tracks.reduce((sum, { columns }) => sum + columns.length, 0),
		startMs,
		endMs
	};
}

function endOf(candidate: CandidateView | null): EndOverview | null {
	if (!candidate) return null;
	const { id, type, protocol, address, port, relayProtocol } = candidate;
	return { id, type, protocol, address, port, relayProtocol: type === 'relay' ? relayProtocol : null };
}

function bytes(connection: RecordedConnection, field: 'bytesSent' | 'bytesReceived'): number | null {
	for (const type of ['transport', 'candidate-pair']) {
		const counts = tracksOf(connection, type).flatMap((track) => number(lastOf(track, field)) ?? []);
		if (counts.length > 0) return counts.reduce((a, b) => a + b, 0);
	}
	return null;
}

/** States of the connection as they were announced; ICE's own where the recorder has no others. In time. */
export function statesOf(connection: RecordedConnection): { atMs: number | null; state: string }[] {
	for (const call of ['connection-state', 'ice-state'] as const) {
		const events = connection.events.filter((event) => event.call === call && event.state !== undefined);
		if (events.length > 0) return events.map(({ atMs, state }) => ({ atMs, state: state! }));
	}
	return [];
}

const UP = new Set(['connected', 'completed']);

function outcomeOf(connection: RecordedConnection, selected: boolean): Outcome {
	const states = statesOf(connection).map(({ state }) => state);
	const final = states.filter((state) => state !== 'closed').at(-1);
	const closed = states.at(-1) === 'closed' || connection.events.some(({ call }) => call === 'close');
	const connected = states.some((state) => UP.has(state)) || (states.length === 0 && selected);
	if (final === 'failed') return connected ? 'lost' : 'failed';
	if (connected && final === 'disconnected') return 'lost';
	if (connected) return closed ? 'closed' : 'connected';
	// A log that says what it tried, and never that it worked.
	const tried = connection.events.some(({ call }) => call === 'set-local' || call === 'set-remote');
	if (states.length > 0 || tried) return selected ? 'connected' : 'never-connected';
	return 'unknown';
}
