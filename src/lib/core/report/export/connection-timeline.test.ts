import { expect, test } from 'vitest';
import { lossyDumpText } from '../../../../../tests/support/stats-dumps';
import { importDump } from '../../dump/import';
import { connectionMarks, stateLanes } from './connection-timeline';

const read = importDump(lossyDumpText().text);
if (!read.ok) throw new Error(read.error.message);
const recording = read.value;
const connection = recording.connections[0]!;
const sinceStart = (atMs: number) => atMs - connection.startMs!;

test('states last until the next one, the last until the end', () => {
	const [ice] = stateLanes(connection);
	expect(ice).toMatchObject({ id: 'ice-state', label: 'ICE' });
	expect(ice!.bands.map(({ state, fromMs, toMs }) => [state, sinceStart(fromMs), sinceStart(toMs)])).toEqual([
		['checking', 200, 900],
		['connected', 900, connection.endMs! - connection.startMs!]
	]);
});

test('descriptions and states are marked in time, failures as problems', () => {
	expect(connectionMarks(recording, connection).map(({ label, kind, atMs }) => [sinceStart(atMs), label, kind])).toEqual([
		[0, 'local offer set', 'action'],
		[200, 'state: checking', 'state'],
		[900, 'state: connected', 'state']
	]);
	const failed = { ...connection, events: [{ ...connection.events.at(-1)!, call: 'ice-state' as const, state: 'failed' }] };
	expect(connectionMarks(recording, failed)).toMatchObject([{ label: 'state: failed', kind: 'problem' }]);
	const notes = [1, 2].map(() => ({ rule: 'clock-jumped', text: 'It was set.', where: '', atMs: connection.startMs! + 5 }));
	expect(connectionMarks({ ...recording, notes }, failed).filter(({ label }) => label === 'clock jumped')).toHaveLength(1);
});
