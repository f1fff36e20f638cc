/** A connection of a recording in a few numbers: for lists, for the command line, for telling two files apart. */
import type { ConnectionOverview, EndOverview } from './call-figure-shapes';
import { lastOf, number, pairsOf, selectedPairs, tracksOf, type CandidateView } from '../recording/connection';
import type { RecordedConnection } from '../recording/recording';
import { outcomeOf } from './outcome';

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
		outcome: outcomeOf(connection),
		candidatePairs: pairs.length,
		pairStates,
		selectedPair: selected
			? { id: selected.id, local: endOverviewOf(selected.local), remote: endOverviewOf(selected.remote) }
			: null,
		bytesSent: bytes(connection, 'bytesSent'),
		bytesReceived: bytes(connection, 'bytesReceived'),
		events: events.length,
		series: tracks.reduce((sum, { columns }) => sum + columns.length, 0),
		startMs,
		endMs
	};
}

export function endOverviewOf(candidate: CandidateView | null): EndOverview | null {
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
