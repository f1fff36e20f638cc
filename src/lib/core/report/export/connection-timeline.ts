/** The states of a recorded connection over time, and what happened in it, for the time axis of charts. */
import { column, selectedPairs, spansOf, timesOf } from '../../recording/connection';
import { statesOf } from '../../call/outcome';
import { CHART_WORDS } from '../../messages/en/chart-words';
import type { ChartWords } from '../../messages/language';
import type { RecordedConnection, Recording } from '../../recording/recording';
import type { Band, ChartEvent } from './chart-data';

/** One row of states. */
export interface StateLane {
	id: string;
	label: string;
	bands: Band[];
}

const MARKS_AT_MOST = 300;

const TIMELINES = ['connection-state', 'ice-state', 'gathering-state', 'dtls-state', 'signaling-state'] as const;

export function stateLanes(connection: RecordedConnection, { lanes: words }: ChartWords = CHART_WORDS): StateLane[] {
	const endMs = connection.endMs ?? 0;
	return TIMELINES.flatMap((call) => {
		const events = connection.events.filter((event) => event.call === call && event.state !== undefined && event.atMs !== null);
		const bands: Band[] = events.map((event, index) => ({
			fromMs: event.atMs!,
			toMs: events[index + 1]?.atMs ?? endMs,
			state: event.state!
		}));
		if (bands.length === 0 && call === 'dtls-state') {
			const transport = connection.tracks.find(({ type }) => type === 'transport');
			const found = transport ? spansOf(column(transport, 'dtlsState'), timesOf(transport).lastMs) : [];
			bands.push(...found.map(({ fromMs, toMs, value }) => ({ fromMs, toMs, state: value })));
		}
		return bands.length === 0 ? [] : [{ id: call, label: words[call], bands }];
	});
}

export function connectionMarks(
	{ notes }: Recording,
	connection: RecordedConnection,
	{ marks: words }: ChartWords = CHART_WORDS
): ChartEvent[] {
	const marks: ChartEvent[] = [];
	// The recorder notes a jump of its clock for every statistics object; it is one event all the same.
	const jumped = notes.find(({ rule, atMs }) => rule === 'clock-jumped' && atMs !== undefined);
	if (jumped) marks.push({ atMs: jumped.atMs!, label: words.clockJumped, kind: 'problem' });
	for (const { atMs, state } of statesOf(connection)) {
		if (atMs === null) continue;
		const bad = state === 'failed' || state === 'disconnected';
		marks.push({ atMs, label: words.state(state), kind: bad ? 'problem' : 'state' });
	}
	for (const event of connection.events) {
		if (event.atMs === null || event.phase !== 'called' || !event.description) continue;
		const side = event.call === 'set-local' ? 'local' : event.call === 'set-remote' ? 'remote' : null;
		if (side) marks.push({ atMs: event.atMs, label: words.descriptionSet(side, event.description.type), kind: 'action' });
	}
	const spans = selectedPairs(connection);
	spans.slice(1).forEach(({ fromMs, value }, index) => {
		if (value !== spans[index]!.value) marks.push({ atMs: fromMs, label: words.anotherPair, kind: 'state' });
	});
	return marks.sort((a, b) => a.atMs - b.atMs).slice(0, MARKS_AT_MOST);
}
