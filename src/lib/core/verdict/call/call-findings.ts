/** What stands out in calls and load tests. */
import type { LoadRun, PingRun, Throughput } from '../../observations/observation';
import { leavesDevice } from '../../plan/call-steps';
import type { DirectionDifference, MachineLoad } from '../../call/call-figure-shapes';
import { lossPlaceOf } from '../../call/legs';
import { pingLossRatio } from '../../call/ping-loss';
import { isBusy, wasHidden } from '../../call/machine';
import { isMachines } from '../../call/quality';
import type { QualityId } from '../../call/quality-limits';
import type { CallFindingValues, Difference, MachineValues } from './call-finding-values';
import { findingRule, type FindingRule } from '../finding-rule';
import type { JudgedCall } from './judged-calls';
import { quantitySaid } from './quality-said';
import { onPath, OWN_PAGE } from '../subject';
import type { Reads } from '../reading';

/** What a load may add to the delay of small messages before a call notices: a third of the 150 ms of ITU-T G.114. */
const LOAD_ADDS_MS = 50;

const about = ({ data, index }: Pick<JudgedCall, 'index'> & { data: { path: { url: string | null } } }) => ({
	subject: onPath(data.path.url),
	observations: [index]
});

/** Items of one kind that are not good, together for each call. */
function judgedBad(view: Reads<'calls'>, id: QualityId) {
	return view.calls.flatMap((call) => {
		const bad = call.quality?.items.filter(
			({ limit, judgement }) => limit.id === id && (judgement === 'fair' || judgement === 'poor')
		);
		if (!bad || bad.length === 0) return [];
		return [{ values: { path: call.data.path, quantities: bad.map(quantitySaid) }, ...about(call) }];
	});
}

export const CALL_FINDING_RULES: readonly FindingRule[] = [
	findingRule({
		id: 'call-not-connected',
		severity: 'problem',
		reads: ['calls'],
		find: (v) =>
			v.calls
				.filter(({ data }) => data.endedBy === 'not-connected' || (data.endedBy === 'failed' && data.connectMs === null))
				.map((call) => {
					const browserSaid = (call.data.error ?? call.data.errors[0]?.errorText) || null;
					return { values: { path: call.data.path, browserSaid }, ...about(call) };
				})
	}),
	findingRule({
		id: 'call-path-lost',
		severity: 'problem',
		reads: ['calls'],
		find: (v) =>
			v.calls
				.filter(({ data }) => data.endedBy === 'path-lost')
				.map((call) => ({
					values: { path: call.data.path, afterMs: call.data.marks.at(-1)?.atMs ?? 0 },
					...about(call)
				}))
	}),
	findingRule({
		id: 'call-astray',
		severity: 'problem',
		reads: ['calls'],
		find: (v) =>
			v.calls
				.filter(({ astray }) => astray.length > 0)
				.map((call) => ({ values: { path: call.data.path, pairs: call.astray }, ...about(call) }))
	}),
	findingRule({
		id: 'call-loss',
		severity: 'warning',
		reads: ['calls'],
		find: (v) =>
			judgedBad(v, 'loss').map((found) => ({
				...found,
				values: { ...found.values, lossPlace: lossPlaceOf(found.values.path) }
			}))
	}),
	findingRule({
		id: 'call-delay',
		severity: 'warning',
		reads: ['calls'],
		find: (v) => judgedBad(v, 'round-trip-time')
	}),
	findingRule({
		id: 'call-jitter',
		severity: 'warning',
		reads: ['calls'],
		find: (v) => judgedBad(v, 'jitter')
	}),
	findingRule({
		id: 'call-freezes',
		severity: 'warning',
		reads: ['calls'],
		find: (v) => judgedBad(v, 'freezes')
	}),
	findingRule({
		id: 'call-bandwidth',
		severity: 'warning',
		reads: ['calls'],
		find: (v) => judgedBad(v, 'available-bitrate')
	}),
	findingRule({
		id: 'call-directions-differ',
		severity: 'warning',
		reads: ['calls'],
		find: (v) =>
			v.calls.flatMap((call) => {
				const named = call.directions.filter(
					({ quantity, worse }) => quantity !== 'bitrate' && (worse === 'forth' || worse === 'back')
				);
				if (named.length === 0) return [];
				return [{ values: { path: call.data.path, differences: named.map(differenceValues) }, ...about(call) }];
			})
	}),
	findingRule({
		id: 'call-machine-busy',
		severity: 'info',
		about: 'machine',
		reads: ['calls'],
		find: (v) =>
			v.calls.flatMap((call) => {
				const values = machineValues(call);
				return values ? [{ values, subject: OWN_PAGE, observations: [call.index] }] : [];
			})
	}),
	findingRule({
		id: 'latency-under-load',
		severity: 'warning',
		reads: ['throughput'],
		find: (v) =>
			loadsOutside(v).flatMap(({ data, index }) => {
				const loads = data.loads.flatMap((load) => {
					const addedMs = addedBy(load, data.idle);
					const { direction, bitrateBps } = load;
					return addedMs !== null && addedMs > LOAD_ADDS_MS ? [{ direction, bitrateBps, addedMs }] : [];
				});
				return loads.length === 0 ? [] : [{ values: { path: data.path, loads }, ...about({ data, index }) }];
			})
	}),
	findingRule({
		id: 'loss-under-load',
		severity: 'warning',
		reads: ['throughput'],
		find: (v) =>
			loadsOutside(v).flatMap(({ data, index }) => {
				const loads = data.loads
					.map(({ direction, forth, back }) => ({ direction, forthLossRatio: lost(forth), backLossRatio: lost(back) }))
					.filter(({ forthLossRatio, backLossRatio }) => Math.max(forthLossRatio, backLossRatio) > 0.05);
				return loads.length === 0 ? [] : [{ values: { path: data.path, loads }, ...about({ data, index }) }];
			})
	})
];

type MachineBusy = CallFindingValues['call-machine-busy'];

/** Null where nothing was kept from being said of the network, and the machine does not stand out by itself. */
function machineValues({ data, summary, quality, directions }: JudgedCall): MachineBusy | null {
	const machine = summary?.machine ?? null;
	const quantities = (quality?.items ?? []).filter(isMachines).map(quantitySaid);
	const differences = directions
		.filter(({ worse, forth, back }) => worse === 'unknown' && forth !== null && back !== null)
		.map(differenceValues);
	const standsOut = machine !== null && (isBusy(machine) || wasHidden(machine));
	if (quantities.length + differences.length === 0 && !standsOut) return null;
	const { path } = data;
	return { path, machine: machine && pageValues(machine), quantities, differences, leavesDevice: leavesDevice(path) };
}

function pageValues(machine: MachineLoad): MachineValues {
	const { page, encodeMs, decodeMs, limitedByCpu } = machine;
	return {
		busy: isBusy(machine),
		overMs: page.overMs,
		stalledMs: page.pausedMs.stalled,
		longestStallMs: page.longestStallMs,
		hiddenMs: page.pausedMs.hidden,
		timersLateMs: page.lateMs?.mean ?? null,
		encodeMsPerFrame: encodeMs,
		decodeMsPerFrame: decodeMs,
		limitedByCpuRatio: limitedByCpu
	};
}

function differenceValues({ quantity, from, to, forth, back }: DirectionDifference): Difference {
	switch (quantity) {
		case 'loss':
			return { from, to, quantity, forthRatio: forth, backRatio: back };
		case 'bitrate':
			return { from, to, quantity, forthBps: forth, backBps: back };
		default:
			return { from, to, quantity, forthMs: forth, backMs: back };
	}
}

/** Where a load stays on this device, it is the device that everything else waits for. */
function loadsOutside({ throughput }: Reads<'throughput'>): { index: number; data: Throughput }[] {
	return throughput.seen.filter(({ data }) => leavesDevice(data.path));
}

function lost(run: PingRun): number {
	return pingLossRatio(run) ?? 0;
}

/** Both ways together: a queue on the way back makes an answer late as well. Null where pings did not come through. */
export function addedBy(load: LoadRun, idle: { forth: PingRun; back: PingRun }): number | null {
	const parts = [load.forth.delayMs, load.back.delayMs, idle.forth.delayMs, idle.back.delayMs].map(
		(delay) => delay?.median ?? null
	);
	const [a, b, c, d] = parts;
	if (a == null || b == null || c == null || d == null) return null;
	return a + b - c - d;
}
