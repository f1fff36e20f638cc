import { expect, test, vi } from 'vitest';
import { goldenReports } from '../../../../tests/golden/golden-reports';
import { generateReport, seededReport } from '../../../../tests/golden/generate-report';
import { everySentence as sentence } from '../messages/en/every-sentence';
import { compareReports } from './compare-reports';
import { judgeAgain } from './judge-again';
import { redactReport } from './redact';
import type { Recording } from '../recording/recording';
import type { Report } from './report';
import { written } from './with-text';

// Many small cases in one test: patience for a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const golden = new Map(goldenReports().map(({ name, report }) => [name.replace(/\.(recorded|described)$/, ''), report]));
const of = (name: string) => structuredClone(golden.get(name)!);
const sentences = (before: Report, after: Report) => compareReports(before, after).changes.map(sentence);

/** The call of the seeded report, with other values. */
function withCall(change: (columns: { field: string; v: unknown[] }[]) => void): Report {
	const report = structuredClone(seededReport(1));
	const text = JSON.stringify(report);
	const clone = JSON.parse(text) as Report;
	const data = clone.observations.flatMap(({ outcome }) =>
		outcome.state === 'seen' ? [outcome.data as unknown as { recording?: Recording }] : []
	);
	for (const { recording } of data) for (const track of recording?.connections[0]!.tracks ?? []) change(track.columns);
	return judgeAgain(clone);
}

test.each([...golden.keys()])('%s against itself has changed nothing, and every row is alike', (name) => {
	const { changes, rows } = compareReports(of(name), of(name));
	expect(changes).toEqual([]);
	expect(rows.filter(({ differs }) => differs)).toEqual([]);
	expect(rows.length).toBeGreaterThan(10);
});

test('what became worse is said in words, the verdict first', () => {
	const [before, after] = [of('full-cone-chromium'), of('udp-blocked-chromium')];
	const { rows } = compareReports(before, after);
	const changes = sentences(before, after);
	expect(changes[0]).toMatch(/^The verdict changed: was “.*”, is “Nothing over UDP: calls need TURN”\.$/);
	expect(changes).toContainEqual(expect.stringMatching(/^IPv4 mapping is not known this time; it was endpoint-independent\.$/));
	expect(changes).toContainEqual(
		expect.stringMatching(/^STUN over UDP \(stun:[\d.:]+, IPv4\) stopped answering; before: works\.$/)
	);
	expect(changes).toContainEqual('“Can this network use UDP?” was answered “Yes”, now “Apparently not”.');
	expect(rows).toContainEqual({
		group: 'Answers',
		name: 'Can this network use UDP?',
		before: 'Yes',
		after: 'Apparently not',
		differs: true
	});
});

test.each([
	[
		'endpoint-independent',
		'address-and-port-dependent',
		'IPv4 filtering became stricter: address-and-port-dependent, was endpoint-independent.'
	],
	[
		'address-and-port-dependent',
		'address-dependent',
		'IPv4 filtering became more open: address-dependent, was address-and-port-dependent.'
	],
	['unknown', 'address-dependent', 'IPv4 filtering is known now: address-dependent.']
] as const)('filtering from %s to %s', (from, to, said) => {
	const [before, after] = [of('full-cone-chromium'), of('full-cone-chromium')];
	before.conclusions.nat.ipv4!.filtering = from;
	after.conclusions.nat.ipv4!.filtering = to;
	expect(sentences(before, after)).toEqual([said]);
});

test('a round trip is worth a sentence from 5 ms and a fifth', () => {
	const said = (from: number, to: number) => {
		const [before, after] = [of('full-cone-chromium'), of('full-cone-chromium')];
		const url = before.conclusions.servers[0]!.url;
		before.conclusions.servers[0]!.rttMs = from;
		after.conclusions.servers[0]!.rttMs = to;
		return sentences(before, after).map((text) => text.replace(url, 'X'));
	};
	expect(said(20, 58)).toEqual(['The round trip to X, IPv4 is +38 ms: 58 ms, was 20 ms.']);
	expect(said(58, 20)).toEqual(['The round trip to X, IPv4 is −38 ms: 20 ms, was 58 ms.']);
	expect(said(20, 24)).toEqual([]);
	expect(said(200, 215)).toEqual([]);
});

test('a server that is in one report only has a row, and no sentence that calls it broken', () => {
	const [before, after] = [of('full-cone-chromium'), of('full-cone-chromium')];
	const gone = after.conclusions.servers.shift()!;
	const { rows } = compareReports(before, after);
	expect(sentences(before, after).filter((text) => text.includes(`${gone.url},`))).toEqual([]);
	expect(rows).toContainEqual(
		expect.objectContaining({ name: `${gone.url}, IPv4`, before: 'Works', after: null, differs: true })
	);
});

test('calls are compared by their figures', () => {
	const slow = withCall((columns) => {
		for (const column of columns) if (column.field === 'currentRoundTripTime') column.v = [0.12, 0.13, 0.125];
	});
	const { changes, rows } = compareReports(seededReport(1), slow);
	expect(changes.map(sentence)).toContain('Call: round trip +100 ms (125 ms, was 25 ms).');
	expect(changes).toContainEqual({
		rule: 'compared-call-rtt',
		values: { call: null, direction: null, beforeMs: 25, afterMs: 125 }
	});
	expect(rows).toContainEqual({ group: 'Call', name: 'round trip', before: '25 ms', after: '125 ms', differs: true });
	expect(compareReports(seededReport(1), seededReport(1)).changes).toEqual([]);
});

test.each([
	['lossRatio', 0.01, 0.03, 'loss, caller to other side +2.0 % (3.0 %, was 1.0 %)', { beforeRatio: 0.01, afterRatio: 0.03 }],
	['jitterMs', 20, 8, 'jitter, caller to other side −12 ms (8.0 ms, was 20 ms)', { beforeMs: 20, afterMs: 8 }],
	['oneWayDelayMs', 20, 60, 'one-way delay, caller to other side +40 ms (60 ms, was 20 ms)', { beforeMs: 20, afterMs: 60 }],
	[
		'audioBps',
		64e3,
		32e3,
		'audio bitrate, caller to other side −32 kbit/s (32 kbit/s, was 64 kbit/s)',
		{ beforeBps: 64e3, afterBps: 32e3 }
	],
	[
		'videoBps',
		1e6,
		2e6,
		'video bitrate, caller to other side +1 Mbit/s (2 Mbit/s, was 1 Mbit/s)',
		{ beforeBps: 1e6, afterBps: 2e6 }
	],
	[
		'framesPerSecond',
		30,
		15,
		'frame rate, caller to other side −15 /s (15 /s, was 30 /s)',
		{ beforePerSecond: 30, afterPerSecond: 15 }
	],
	['freezes', 0, 2, 'freezes, caller to other side +2 (2, was 0)', { beforeCount: 0, afterCount: 2 }]
] as const)('%s of a call from %d to %d', (field, from, to, said, values) => {
	const [before, after] = [from, to].map((value) => {
		const report = structuredClone(seededReport(1));
		const direction = report.conclusions.calls[0]!.summary!.directions[0]!;
		const spread = { count: 9, least: value, median: value, p95: value, most: value };
		Object.assign(direction, { [field]: field === 'lossRatio' || field === 'freezes' ? value : spread });
		return report;
	}) as [Report, Report];
	const { changes } = compareReports(before, after);
	expect(changes.map(sentence)).toEqual([`Call: ${said}.`]);
	expect(changes[0]!.values).toEqual({ call: null, direction: { from: 'caller', to: 'other-side' }, ...values });
});

test('is written with its sentences', () => {
	const { changes } = written(compareReports(of('full-cone-chromium'), of('udp-blocked-chromium')), sentence);
	expect(changes.length).toBeGreaterThan(3);
	expect(changes.map(({ text }) => text)).toEqual(changes.map(sentence));
});

test('a redacted report against one as measured says that they cannot be held together', () => {
	const report = generateReport(3);
	expect(sentences(report, redactReport(report).report).at(-1)).toMatch(/placeholders/);
});

test('any two generated reports can be compared', () => {
	for (let seed = 1; seed <= 60; seed++) {
		const { changes, rows } = compareReports(generateReport(seed), generateReport(seed + 1));
		for (const text of [
			...changes.map(sentence),
			...rows.flatMap(({ name, before, after }) => [name, before ?? '', after ?? ''])
		])
			expect(text).not.toMatch(/undefined|NaN|\[object|null/);
	}
});
