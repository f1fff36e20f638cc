import { sentence } from '../../messages/en/sentence';
import { describe, expect, test } from 'vitest';
import { callObservation, CALL_CASES } from '../../../../../tests/golden/calls-table';
import type { CallPath } from '../../observations/observation';
import { DEFAULT_LIMITS } from '../../plan/config';
import { toJson } from '../../report/export/json';
import { makeReport } from '../../report/make';
import { parseReport } from '../../report/parse';
import { conclude } from '../conclude';
import { pairOnPath } from './judged-calls';

const answer = (observations: Parameters<typeof conclude>[1]) =>
	conclude(DEFAULT_LIMITS, observations).answers.find(({ question }) => question === 'call-quality')!;

describe.each(CALL_CASES)('$name', ({ observations, says, findings }) => {
	test(`is ${says}, with ${findings.join(' and ') || 'nothing that stands out'}`, () => {
		const conclusions = conclude(DEFAULT_LIMITS, observations);
		expect(answer(observations).says).toBe(says);
		expect(
			conclusions.findings
				.map(({ rule }) => rule)
				.filter((id) => /^call-|load$/.test(id))
				.toSorted()
		).toEqual(findings.toSorted());
	});
});

test('an answer holds the measured values and points to the call', () => {
	const said = answer([callObservation({ rttMs: 85, forth: { lossRatio: 0.02 } })]);
	const { because } = said;
	expect(said.values).toMatchObject({
		figures: { rttMs: 85, lossRatio: { forth: 0.02, back: 0 }, jitterMs: { forth: 2, back: 2 } }
	});
	expect(sentence(said)).toContain('85 ms round trip, 2.0 % lost outbound and 0 % inbound');
	expect(because.map(({ rule }) => rule)).toContain('quality-loss');
	expect(because.every(({ observations }) => observations[0] === 0)).toBe(true);
});

test('what is bad stays bad when something else was not measured, what is good does not stay good', () => {
	const without = (described: Parameters<typeof callObservation>[0]) => {
		const observation = callObservation({ rttMs: null, ...described });
		const { recording } = (observation.outcome as { data: { recording: { connections: { tracks: { type: string }[] }[] } } })
			.data;
		for (const connection of recording.connections)
			connection.tracks = connection.tracks.filter(({ type }) => type !== 'one-way');
		return answer([observation]);
	};
	expect(without({})).toMatchObject({ says: 'unknown', missing: [{ probe: 'loopback-call' }] });
	expect(sentence(without({}))).toContain('Missing: the round-trip time.');
	expect(without({ forth: { lossRatio: 0.2 } }).says).toBe('poor');
});

test.each([
	[{ path: { url: 'turn:127.0.0.1:3478' }, forth: { jitterMs: 60 } }, 60, ', which this machine may have caused itself.'],
	[
		{ forth: { jitterMs: 30 }, page: { lateMs: { mean: 6, p95: 9 } } },
		20,
		', of which this machine may have caused 20 ms itself.'
	]
])('how much of a value the machine may have caused itself is at most all of it', (described, byMachineMs, text) => {
	const { calls } = conclude(DEFAULT_LIMITS, [callObservation(described)]);
	const jitter = calls[0]!.quality!.items.find(({ rule }) => rule === 'quality-jitter')!;
	expect(jitter.values).toMatchObject({ direction: { from: 'caller', to: 'callee' }, judgement: 'unknown', byMachineMs });
	expect(sentence(jitter).endsWith(text)).toBe(true);
});

test('what is lost by two relays is placed on one of the two parts of the way', () => {
	const path = { url: 'turn:192.0.2.1', farUrl: 'turn:192.0.2.2' };
	const { findings } = conclude(DEFAULT_LIMITS, [callObservation({ path, forth: { lossRatio: 0.05 } })]);
	const loss = findings.find(({ rule }) => rule === 'call-loss')!;
	expect(loss.values).toMatchObject({
		path,
		lossPlace: 'up-or-down-by-two-relays',
		quantities: [{ values: { lossRatio: 0.05 } }]
	});
	expect(sentence(loss)).toContain("downlink from the callee's (turn:192.0.2.2)");
});

test.each(CALL_CASES)('what is concluded of $name is the same after it was written and read', ({ observations }) => {
	const conclusions = conclude(DEFAULT_LIMITS, observations);
	expect(JSON.parse(JSON.stringify(conclusions))).toEqual(conclusions);
});

const relay = (transport: 'udp' | 'tcp', far: 'relay' | 'direct'): CallPath => ({ kind: 'relay', url: 'turn:x', transport, far });
const plain = (kind: 'any' | 'host' | 'srflx'): CallPath => ({ kind, url: null, transport: null, far: null });
test.each<[CallPath, 'caller' | 'callee', string, string | null, string, boolean]>([
	[relay('udp', 'relay'), 'caller', 'relay', 'udp', 'relay', true],
	[relay('udp', 'relay'), 'caller', 'relay', 'tcp', 'relay', false],
	[relay('tcp', 'relay'), 'callee', 'relay', 'tcp', 'host', false],
	[relay('tcp', 'relay'), 'callee', 'host', null, 'relay', false],
	[relay('tcp', 'direct'), 'callee', 'host', null, 'relay', true],
	[relay('tcp', 'direct'), 'caller', 'relay', 'tcp', 'prflx', true],
	[relay('tcp', 'direct'), 'caller', 'relay', 'tcp', 'relay', false],
	[plain('host'), 'caller', 'host', null, 'prflx', true],
	[plain('host'), 'caller', 'srflx', null, 'host', false],
	[plain('srflx'), 'caller', 'relay', 'udp', 'srflx', false],
	[plain('any'), 'caller', 'relay', 'udp', 'host', true]
])('whether %o at the %s has %s (%s) to %s: %s', (path, end, local, protocol, remote, fits) => {
	expect(pairOnPath(path, end, local, protocol, remote)).toBe(fits);
});

describe('a report with a call', () => {
	const report = makeReport(
		{
			version: '0.1.0',
			id: 'x',
			createdAt: '2026-11-20T12:00:00.000Z',
			environment: { browser: 'Chromium 156', userAgent: 'x', platform: 'Linux', engine: 'browser' },
			config: { iceServers: [], profile: 'full', limits: DEFAULT_LIMITS, mediaPermission: false },
			plan: [],
			observations: CALL_CASES.flatMap(({ observations }) => observations)
		},
		conclude
	);

	test('is read back and judged the same', () => {
		const parsed = parseReport(toJson(report));
		expect(parsed.ok && parsed.value.observations).toEqual(JSON.parse(JSON.stringify(report.observations)));
	});

	test('is refused when times and values of a column differ in number', () => {
		const broken = structuredClone(report);
		const { data } = broken.observations[0]!.outcome as {
			data: { recording: { connections: { tracks: { columns: { tMs: number[] }[] }[] }[] } };
		};
		data.recording.connections[0]!.tracks[0]!.columns[0]!.tMs.pop();
		const parsed = parseReport(toJson(broken));
		expect(!parsed.ok && parsed.error.message).toMatch(
			/columns\[0\]\.v is a list of (\d+); it must be a list of (?!\1)\d+, one value for each time in tMs\.$/
		);
	});
});
