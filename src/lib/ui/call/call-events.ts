/** What happened in a call, as marks for the time axis. */
import { connectionName } from '../../core/messages/en/recording-names';
import { markText } from '../../core/messages/en/call-marks';
import type { CallMark } from '../../core/observations/observation';
import type { HandshakeEvent } from '../../core/recording/handshake';
import { pairsOf, selectedPairs } from '../../core/recording/connection';
import { endLabel } from '../../core/messages/en/subject-names';
import type { Recording } from '../../core/recording/recording';
import type { ChartEvent } from '../../core/report/export/chart-data';

const MARK_KINDS: Record<CallMark['kind'], ChartEvent['kind']> = {
	connected: 'state',
	'ice-restart': 'action',
	'path-switch': 'action',
	'device-lost': 'problem',
	refused: 'problem',
	interrupted: 'problem',
	resumed: 'state',
	pause: 'problem',
	ended: 'state'
};

/** Marks, states that went wrong, and changes of the selected pair, in time. */
export function eventsOf(recording: Recording, marks: readonly CallMark[]): ChartEvent[] {
	const events: ChartEvent[] = marks.map((mark) => ({
		atMs: mark.atMs,
		label: markText(mark),
		kind: MARK_KINDS[mark.kind] ?? 'state'
	}));
	for (const connection of recording.connections) {
		for (const event of connection.events) {
			if (event.atMs !== null && isTrouble(event))
				events.push({ atMs: event.atMs, label: `${connectionName(connection)}: ${event.state}`, kind: 'problem' });
		}
		const pairs = new Map(pairsOf(connection).map((pair) => [pair.id, pair]));
		const changes = selectedPairs(connection).filter(({ value }, i, all) => i > 0 && value !== all[i - 1]!.value);
		for (const { fromMs, value } of changes) {
			const pair = pairs.get(value);
			const to = pair ? `${endLabel(pair.local)} to ${endLabel(pair.remote)}` : 'another pair';
			events.push({ atMs: fromMs, label: `${connectionName(connection)}: media path is now ${to}`, kind: 'state' });
		}
	}
	return events.sort((a, b) => a.atMs - b.atMs);
}

function isTrouble({ call, state }: HandshakeEvent): boolean {
	return (call === 'ice-state' || call === 'connection-state') && (state === 'disconnected' || state === 'failed');
}

/** The candidate pair that is selected at the end of the recording, in words; null while there is none. */
export function pathNow(recording: Recording): string | null {
	const caller = recording.connections.find(({ id }) => id === 'caller');
	const last = caller ? selectedPairs(caller).at(-1) : undefined;
	const pair = last && caller ? pairsOf(caller).find(({ id }) => id === last.value) : undefined;
	return pair ? `${endLabel(pair.local)} to ${endLabel(pair.remote)}` : null;
}
