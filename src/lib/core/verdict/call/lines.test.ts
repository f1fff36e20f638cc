import { describe, expect, it } from 'vitest';
import { recordingOf } from '../../../../../tests/golden/calls-table';
import { PAIR_CASES, pairObservations } from '../../../../../tests/golden/pairs-table';
import type { CallPath, Observation, PingRun, Throughput } from '../../observations/observation';
import { DEFAULT_LIMITS } from '../../plan/config';
import { sentence } from '../../messages/en/sentence';
import { conclude } from '../conclude';

const RELAY: CallPath = { kind: 'relay', url: 'turn:192.0.2.9', transport: 'udp', far: 'direct' };
const HOST: CallPath = { kind: 'host', url: null, transport: null, far: null };
const ping = (sent: number, received: number, median: number | null): PingRun => ({
	sent,
	received,
	delayMs: median === null ? null : { median, p95: median * 2 }
});

const load = (change: Partial<Throughput> = {}): Throughput => ({
	path: RELAY,
	connectMs: 100,
	idle: { forth: ping(80, 80, 20), back: ping(80, 76, 24) },
	loads: [
		{ direction: 'forth', seconds: 4, bytes: 4e6, bitrateBps: 8e6, forth: ping(0, 0, null), back: ping(0, 0, null) },
		{ direction: 'back', seconds: 4, bytes: 5e6, bitrateBps: 9e6, forth: ping(0, 0, null), back: ping(0, 0, null) }
	],
	endedBy: 'done',
	...change
});
const seenAs = (probe: string, data: unknown) =>
	({ probe, step: probe, target: null, startedMs: 0, tookMs: 1, outcome: { state: 'seen', data } }) as Observation;

const linesOf = (observations: Observation[]) => conclude(DEFAULT_LIMITS, observations).lines;

describe('what a load test says of the line', () => {
	it('over a relay: both directions carry at least the better of the two loads', () => {
		expect(linesOf([seenAs('throughput', load())])).toMatchObject([
			{ kind: 'load', upBps: 9e6, downBps: 9e6, rttMs: 44, lossRatio: 0.05, observations: [0] }
		]);
		const [line] = linesOf([seenAs('throughput', load())]);
		expect(sentence(line!)).toBe('Load test, turn:192.0.2.9 at one end');
		expect(line!.notes.map(sentence).at(-1)).toMatch(/^The loss is that of 80 small messages each way/);
	});

	it('concludes nothing over host, srflx and unrestricted paths, or a relay inside this network', () => {
		expect(linesOf([seenAs('throughput', load({ path: HOST }))])).toEqual([]);
		expect(linesOf([seenAs('throughput', load({ path: { ...HOST, kind: 'any' } }))])).toEqual([]);
		expect(linesOf([seenAs('throughput', load({ path: { ...HOST, kind: 'srflx' } }))])).toEqual([]);
		for (const url of ['turn:127.0.0.1', 'turn:192.168.1.2:3478', 'turn:[fe80::1]']) {
			expect(linesOf([seenAs('throughput', load({ path: { ...RELAY, url } }))])).toEqual([]);
			expect(linesOf([seenAs('throughput', load({ path: { ...RELAY, farUrl: url } }))])).toEqual([]);
		}
	});

	it('reports null, not 0, for what was not measured', () => {
		const [line] = linesOf([
			seenAs('throughput', load({ loads: [], idle: { forth: ping(80, 80, 20), back: ping(0, 0, null) } }))
		]);
		expect(line).toMatchObject({ upBps: null, downBps: null, rttMs: null, lossRatio: 0 });
		expect(
			linesOf([seenAs('throughput', load({ loads: [], idle: { forth: ping(0, 0, null), back: ping(0, 0, null) } }))])
		).toEqual([]);
	});

	it('keeps only the last load test over each path', () => {
		const slow = load({ loads: load().loads.map((one) => ({ ...one, bitrateBps: 1e6 })) });
		expect(linesOf([seenAs('throughput', load()), seenAs('throughput', slow)])).toMatchObject([
			{ observations: [1], upBps: 1e6 }
		]);
	});
});

describe('what calls say of the line', () => {
	const call = (path: CallPath) =>
		seenAs('loopback-call', {
			path,
			paths: [],
			media: { bitrateCapBps: null },
			connectMs: 200,
			recording: recordingOf({ seconds: 60, forth: { lossRatio: 0.02 }, selected: { local: 'relay', remote: 'relay' } })
		});

	it('a call over a relay: round trip and the worse loss, never a capacity', () => {
		const [line] = linesOf([call(RELAY)]);
		expect(line).toMatchObject({ kind: 'call', upBps: null, downBps: null });
		expect(line!.rttMs).toBeGreaterThan(0);
		expect(line!.lossRatio).toBeCloseTo(0.02, 2);
		expect(linesOf([call(HOST)])).toEqual([]);
	});

	it('lists load tests before calls', () => {
		expect(linesOf([seenAs('throughput', load()), call(RELAY)]).map(({ kind }) => kind)).toEqual(['load', 'call']);
	});

	it('two devices: the loss of the worse direction, and who the other one was', () => {
		const [line] = linesOf(pairObservations(PAIR_CASES.at(-1)!));
		expect(sentence(line!)).toBe('Two devices, the direct path to Phone');
		expect(line!.lossRatio).toBeCloseTo(0.03, 2);
	});

	it('concludes nothing from two devices that did not connect', () => {
		expect(linesOf(pairObservations(PAIR_CASES[1]!))).toEqual([]);
	});
});
