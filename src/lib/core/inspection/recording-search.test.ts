import { expect, test } from 'vitest';
import { lossyDumpText } from '../../../../tests/support/stats-dumps';
import { importDump } from '../dump/import';
import { rawFields, trackEntries } from './raw-values';
import { SEARCH_HITS_AT_MOST, searchRecording } from './recording-search';

const read = importDump(lossyDumpText().text);
if (!read.ok) throw new Error(read.error.message);
const recording = read.value;
const [connection] = recording.connections;
const hits = (wanted: string) => searchRecording(recording, wanted).map(({ what, track }) => [what, track]);

test('a text is found in descriptions, states and names of fields, whatever its case', () => {
	expect(hits('203.0.113.77')).toEqual([['set-local', null]]);
	expect(hits('CHECKING')).toEqual([['ice-state', null]]);
	expect(hits('packetsLost')).toEqual([['inbound-rtp', 'I']]);
	expect(hits('nowhere to be found')).toEqual([]);
});

test('a number is matched as a whole, at the time of its first sample', () => {
	expect(searchRecording(recording, '2950')).toMatchObject([
		{ what: 'inbound-rtp packetsReceived', track: 'I', text: '2950', atMs: connection!.startMs! + 59_000 }
	]);
	expect(hits('295')).toEqual([]);
});

test('a single letter finds nothing, and the number of hits is bounded', () => {
	expect(hits('a')).toEqual([]);
	const checking = connection!.events.find(({ state }) => state === 'checking')!;
	const events = Array.from({ length: 2 * SEARCH_HITS_AT_MOST }, () => checking);
	const long = { ...recording, connections: [{ ...connection!, events }] };
	expect(searchRecording(long, 'checking')).toHaveLength(SEARCH_HITS_AT_MOST);
});

test('raw values are those at or before the time asked for; without a time the last ones', () => {
	expect(trackEntries(connection!)).toEqual([
		{ id: 'I', type: 'inbound-rtp', label: 'inbound-rtp · audio · SSRC 5 · I', fields: 6 }
	]);
	const at = (atMs: number | null) =>
		rawFields(recording, connection!.id, 'I', atMs).find(({ field }) => field === 'packetsReceived');
	expect(at(connection!.startMs! + 10_500)).toMatchObject({ value: 500, samples: 60, approximate: false });
	expect(at(null)).toMatchObject({ value: 2950 });
	expect(rawFields(recording, connection!.id, 'another', null)).toEqual([]);
});
