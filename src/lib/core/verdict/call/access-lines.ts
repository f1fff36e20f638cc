/**
 * What measurements say about this device's access line, for planning (capacity.ts). A call of a device with itself over a relay
 * goes up its line and comes down again, so that it shows what the slower direction carries; one that stays on the device shows
 * nothing of the line.
 */
import { isInside } from '../../plan/observers';
import { pingLossRatio } from '../../call/ping-loss';
import type { NoValues, Said, SaidOf } from '../../base/said';
import type { CallPath, LoopbackCall, MeetingPath, PairCall, Throughput } from '../../observations/observation';
import type { ObservationIndex } from '../../observations/observation-index';
import type { CallConclusion } from './call-conclusion';
import type { Line } from './capacity';

export interface LineValues {
	'line-by-load-test': { path: CallPath };
	'line-by-call': { path: CallPath };
	'line-by-two-devices': { path: MeetingPath; other: string };
}

/** What the numbers mean, and what they leave open. */
export interface LineNoteValues {
	'line-carries-at-least': NoValues;
	'line-round-trip-twice': NoValues;
	'line-loss-of-idle-messages': { messages: number };
	'line-call-takes-what-it-needs': NoValues;
	'line-estimate-missing': NoValues;
	'line-estimate-of-whole-path': NoValues;
	'line-loss-of-worse-direction': NoValues;
}

/** By which measurement, over which path. */
export interface LineConclusion extends Line, Said {
	kind: 'load' | 'call' | 'two-devices';
	notes: Said[];
	observations: number[];
}

type LineMade = Line & {
	kind: LineConclusion['kind'];
	notes: SaidOf<LineNoteValues>[];
	observations: number[];
} & SaidOf<LineValues>;

/** Fewer packets than these say nothing about one in a hundred. */
const PACKETS_AT_LEAST = 500;

/**
 * The last of each kind and path, those that say what the line carries first. Calls that never left the device, and those that
 * carried nothing, are not in it.
 */
export function concludeLines(observed: ObservationIndex, calls: readonly CallConclusion[]): LineConclusion[] {
	const callAt = (index: number) => calls.find((call) => call.observations[0] === index);
	const found = [
		...observed.seen('throughput').map(({ index, data }) => fromLoad(index, data)),
		...observed.seen('pair-call').map(({ index, data }) => fromPair(index, data, callAt(index))),
		...observed.seen('loopback-call').map(({ index, data }) => fromCall(index, data, callAt(index)))
	].filter((line) => line !== null);
	const latest = new Map<string, LineMade>();
	for (const line of found) latest.set(JSON.stringify([line.rule, line.values]), line);
	const amount = (line: LineMade) => Number(line.upBps !== null && line.downBps !== null);
	return [...latest.values()]
		.sort((a, b) => amount(b) - amount(a) || b.observations[0]! - a.observations[0]!)
		.map((line) => ({ ...line, values: { ...line.values } }));
}

const known = (line: LineMade) =>
	[line.upBps, line.downBps, line.rttMs, line.lossRatio].some((value) => value !== null) ? line : null;

/** Only over a relay of another network it is certain that what was sent crossed the access line; a name may be of any network. */
const leaves = (path: CallPath) => path.kind === 'relay' && [path.url, path.farUrl].every((url) => url == null || !isInside(url));

function note<Id extends { [K in keyof LineNoteValues]: LineNoteValues[K] extends NoValues ? K : never }[keyof LineNoteValues]>(
	rule: Id
): SaidOf<LineNoteValues> {
	return { rule, values: {} } as SaidOf<LineNoteValues>;
}

function fromLoad(index: number, { path, loads, idle }: Throughput): LineMade | null {
	if (!leaves(path)) return null;
	const rates = loads.flatMap(({ bitrateBps }) => bitrateBps ?? []);
	const best = rates.length === 0 ? null : Math.max(...rates);
	const [forth, back] = [idle.forth.delayMs?.median, idle.back.delayMs?.median];
	const lost = [idle.forth, idle.back].flatMap((run) => pingLossRatio(run) ?? []);
	const messages = Math.min(idle.forth.sent, idle.back.sent);
	return known({
		rule: 'line-by-load-test',
		values: { path },
		kind: 'load',
		upBps: best,
		downBps: best,
		rttMs: forth === undefined || back === undefined ? null : forth + back,
		lossRatio: lost.length === 0 ? null : Math.max(...lost),
		notes: [
			note('line-carries-at-least'),
			note('line-round-trip-twice'),
			...(lost.length === 0 ? [] : [{ rule: 'line-loss-of-idle-messages', values: { messages } } as const])
		],
		observations: [index]
	});
}

function fromCall(index: number, { path }: LoopbackCall, call: CallConclusion | undefined): LineMade | null {
	const summary = leaves(path) ? call?.summary : null;
	if (!call || !summary) return null;
	return known({
		rule: 'line-by-call',
		values: { path },
		kind: 'call',
		upBps: null,
		downBps: null,
		rttMs: summary.rttMs?.median ?? null,
		lossRatio: worstLoss(call),
		notes: [note('line-call-takes-what-it-needs'), note('line-round-trip-twice')],
		observations: [index]
	});
}

/** Of the worse direction; null where too few packets were counted. */
function worstLoss({ ways }: CallConclusion): number | null {
	const lost = ways.flatMap(({ lossRatio, packetsSent }) =>
		lossRatio !== null && (packetsSent ?? 0) >= PACKETS_AT_LEAST ? [lossRatio] : []
	);
	return lost.length === 0 ? null : Math.max(...lost);
}

function fromPair(index: number, { own, names, path }: PairCall, call: CallConclusion | undefined): LineMade | null {
	const summary = call?.summary;
	if (!call || !summary) return null;
	const other = own === 'host' ? 'guest' : 'host';
	const mine = own === 'host' ? 0 : 1;
	const allowed = (direction: number) => summary.directions[direction]?.availableBps?.median ?? null;
	const upBps = allowed(mine);
	const downBps = allowed(1 - mine);
	const lossRatio = worstLoss(call);
	return known({
		rule: 'line-by-two-devices',
		values: { path, other: names[other] },
		kind: 'two-devices',
		upBps,
		downBps,
		rttMs: summary.rttMs?.median ?? null,
		lossRatio,
		notes: [
			note(upBps === null && downBps === null ? 'line-estimate-missing' : 'line-estimate-of-whole-path'),
			...(lossRatio === null ? [] : [note('line-loss-of-worse-direction')])
		],
		observations: [index]
	});
}
