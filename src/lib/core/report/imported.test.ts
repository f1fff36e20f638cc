import { expect, test } from 'vitest';
import { sentence } from '../messages/en/sentence';
import type { Column, Recording, StatsTrack } from '../recording/recording';
import { documentOf } from './export/document';
import { boundedImport, importedReport, type BoundedImport } from './imported';
import { parseReport } from './parse';
import { toJson } from './export/json';
import { redactReport } from './redact';
import { withText } from './with-text';

const SECONDS = 100;
const tMs = Array.from({ length: SECONDS }, (_, i) => 1_700_000_000_000 + 1000 * i);
const column = (field: string, value: (second: number) => Column['v'][number]): Column => ({
	field,
	tMs,
	v: tMs.map((_, i) => value(i)),
	alignment: 'exact'
});

/** Sound that loses a tenth of its packets from second 20 to 30, with a gap at 50, and one field that nobody reads. */
function dump(more: Partial<Recording> = {}): Recording {
	const sound: StatsTrack = {
		id: 'I',
		type: 'inbound-rtp',
		columns: [
			column('kind', () => 'audio'),
			column('packetsReceived', (s) => (s === 50 ? null : 50 * s)),
			column('packetsLost', (s) => (s === 50 ? null : 5 * Math.min(10, Math.max(0, s - 20)))),
			column('fieldThatNobodyReads', (s) => s)
		]
	};
	const sdp = `v=0\r\no=- 1 1 IN IP4 93.184.77.201\r\n${'a=x\r\n'.repeat(100)}`;
	return {
		format: 'webrtc-internals',
		formatName: 'webrtc-internals dump',
		clock: 'epoch',
		userAgent: 'Mozilla/5.0 Chrome/156.0.0.0',
		connections: [
			{
				id: '8-1',
				label: 'Connection 8-1',
				url: null,
				configuration: null,
				startMs: tMs[0]!,
				endMs: tMs.at(-1)!,
				events: [{ atMs: tMs[0]!, peer: '8-1', call: 'set-local', phase: 'called', description: { type: 'offer', sdp } }],
				tracks: [sound]
			}
		],
		media: [],
		notes: [],
		...more
	};
}

const PARTS = {
	version: '0.1.0',
	id: 'abc',
	createdAt: '2026-11-21T09:00:00.000Z',
	fileName: 'Ann Ladovska, ticket 4711.json'
};

function bounded(recording: Recording, samplesAtMost: number, charactersAtMost = 1_000_000): BoundedImport {
	const result = boundedImport(recording, { samplesAtMost, charactersAtMost });
	if (!result.ok) throw new Error(result.error.message);
	return result.value;
}

test('a small dump is kept as it is', () => {
	const recording = dump();
	expect(bounded(recording, 1000)).toEqual({ recording, keptEvery: 1, leftOut: [] });
});

test('fields that nobody reads go first, and it is said', () => {
	const recording = dump();
	const before = JSON.stringify(recording);
	const { recording: copy, keptEvery, leftOut } = bounded(recording, 350);
	expect(keptEvery).toBe(1);
	expect(copy.connections[0]!.tracks[0]!.columns.map(({ field }) => field)).toEqual(['kind', 'packetsReceived', 'packetsLost']);
	expect(leftOut.map(sentence)).toEqual(['Of 400 samples those 300 were kept that charts and findings read.']);
	expect(JSON.stringify(recording)).toBe(before);
});

test('then samples are thinned evenly; the last one, every gap and where it begins stay', () => {
	const { recording, keptEvery, leftOut } = bounded(dump(), 100);
	expect(keptEvery).toBe(3);
	expect(leftOut[1]).toEqual({ rule: 'left-out-samples', values: { samples: 300, keptEvery: 3 } });
	const lost = recording.connections[0]!.tracks[0]!.columns[2]!;
	expect(lost.tMs).toHaveLength(36);
	expect(lost.tMs.at(-1)).toBe(tMs.at(-1));
	expect(lost.v.filter((value) => value === null)).toHaveLength(1);
});

test('then descriptions go; what would still not fit is not kept, with its size', () => {
	const { recording, leftOut } = bounded(dump(), 1000, 11_800);
	expect(recording.connections[0]!.events).toEqual([{ atMs: tMs[0], peer: '8-1', call: 'set-local', phase: 'called' }]);
	expect(leftOut).toEqual([{ rule: 'left-out-descriptions', values: {} }]);
	expect(boundedImport(dump(), { samplesAtMost: 1000, charactersAtMost: 500 })).toMatchObject({
		ok: false,
		error: { code: 'too-large', message: expect.stringMatching(/500 characters.*would need 1\d,\d{3}\./) }
	});
});

test('the size is reckoned as it becomes', () => {
	const recording = dump();
	const least = (charactersAtMost: number) => boundedImport(recording, { samplesAtMost: 1e9, charactersAtMost });
	const size = JSON.stringify(recording).length;
	expect(least(size * 1.6)).toMatchObject({ ok: true, value: { leftOut: [] } });
	expect(least(size * 0.5).ok).toBe(false);
});

test('a report of it parses, holds its findings, and has a verdict of its own', () => {
	const report = importedReport(bounded(dump(), 1000), PARTS);
	const parsed = parseReport(toJson(report));
	expect(parsed).toEqual({ ok: true, value: withText(report) });
	expect(report.leftOut).toBeUndefined();
	const [burst] = withText(report).conclusions.findings.filter(({ rule }) => rule === 'loss-burst');
	expect(burst).toMatchObject({
		severity: 'warning',
		text: expect.stringMatching(/from 20\.0 s to 30\.0 s/),
		id: 'loss-burst@dump'
	});
	const { kind, verdict, tone, headline, reasons } = documentOf(report);
	expect(kind).toBe('stats');
	expect(verdict).toBe('The call connected, with faults in audio or video');
	expect(tone).toBe('warning');
	expect([headline, ...reasons]).toContain(burst!.text);
	const quiet = dump();
	quiet.connections[0]!.events = [];
	quiet.connections[0]!.tracks = [];
	expect(documentOf(importedReport(bounded(quiet, 1000), PARTS))).toMatchObject({
		verdict: 'Cannot tell',
		tone: 'unknown',
		headline: 'This recording does not show whether the connection was established.'
	});
	expect(importedReport(bounded(dump(), 100), PARTS).leftOut).toHaveLength(2);
});

test('redacted, neither address nor file name stays, and the findings do', () => {
	const { report } = redactReport(importedReport(bounded(dump(), 1000), PARTS));
	expect(toJson(report)).not.toMatch(/Ladovska|93\.184\.77\.201/);
	expect(report.conclusions.findings.map(({ rule }) => rule)).toContain('loss-burst');
});
