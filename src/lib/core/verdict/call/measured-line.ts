/**
 * What past measurements say about this device's line, for planning (verdict/call/capacity). A call of a device with itself over a
 * relay goes up its line and comes down again, so that it shows what the slower direction carries; one that stays on the
 * device shows nothing of the line.
 */
import {
	seen,
	type CallPath,
	type LoopbackCall,
	type Observation,
	type PairCall,
	type PingRun,
	type Throughput
} from '../../observations/observation';
import { pathName } from '../../plan/call-steps';
import type { CallConclusion } from './call-conclusion';
import type { Line } from './capacity';
import { meetingPathName } from '../pair/meeting-path';

export interface MeasuredLine extends Line {
	/** Index of the observation it comes from. */
	observation: number;
	kind: 'load' | 'call' | 'two-devices';
	/** Over which path, in words. */
	path: string;
	/** What the numbers mean and what they leave open, one sentence each. */
	notes: string[];
}

/** Fewer packets than these say nothing about one in a hundred. */
const PACKETS_AT_LEAST = 500;

/** The last of each kind and path first. Calls that never left the device, and those that carried nothing, are not in it. */
export function measuredLines(observations: readonly Observation[], calls: readonly CallConclusion[]): MeasuredLine[] {
	const callAt = (index: number) => calls.find((call) => call.observations[0] === index);
	const found = [
		...seen(observations, 'throughput').map(({ index, data }) => fromLoad(index, data)),
		...seen(observations, 'pair-call').map(({ index, data }) => fromPair(index, data, callAt(index))),
		...seen(observations, 'loopback-call').map(({ index, data }) => fromCall(index, data, callAt(index)))
	].filter((line) => line !== null);
	const latest = new Map<string, MeasuredLine>();
	for (const line of found) latest.set(`${line.kind} ${line.path}`, line);
	const amount = (line: MeasuredLine) => Number(line.upBps !== null && line.downBps !== null);
	return [...latest.values()].sort((a, b) => amount(b) - amount(a) || b.observation - a.observation);
}

const known = (line: MeasuredLine) =>
	[line.upBps, line.downBps, line.rttMs, line.lossRatio].some((value) => value !== null) ? line : null;

/** Only over a relay it is certain that what was sent left the device. */
const leaves = ({ kind }: CallPath) => kind === 'relay';

const ROUND =
	'This device called itself over the relay, so all of it went up the line and came down again: each direction carries at least this, and one of them may carry more.';
const TWICE = 'The round trip goes up and down the line twice, as one between two people with lines like this one would.';

function fromLoad(observation: number, { path, loads, idle }: Throughput): MeasuredLine | null {
	if (!leaves(path)) return null;
	const rates = loads.flatMap(({ bitrateBps }) => bitrateBps ?? []);
	const best = rates.length === 0 ? null : Math.max(...rates);
	const [there, back] = [idle.forth.delayMs?.median, idle.back.delayMs?.median];
	const lost = [idle.forth, idle.back].flatMap(lossOf);
	const messages = Math.min(idle.forth.sent, idle.back.sent);
	return known({
		observation,
		kind: 'load',
		path: pathName(path),
		upBps: best,
		downBps: best,
		rttMs: there === undefined || back === undefined ? null : there + back,
		lossRatio: lost.length === 0 ? null : Math.max(...lost),
		notes: [
			ROUND,
			TWICE,
			...(lost.length === 0
				? []
				: [`The loss is that of ${messages} small messages each way on the idle line, the worse of the two.`])
		]
	});
}

const lossOf = ({ sent, received }: PingRun) => (sent === 0 ? [] : [Math.max(0, sent - received) / sent]);

function fromCall(observation: number, { path }: LoopbackCall, call: CallConclusion | undefined): MeasuredLine | null {
	const summary = leaves(path) ? call?.summary : null;
	if (!call || !summary) return null;
	const lost = call.ways.flatMap(({ lossRatio, packetsSent }) =>
		lossRatio !== null && (packetsSent ?? 0) >= PACKETS_AT_LEAST ? [lossRatio] : []
	);
	return known({
		observation,
		kind: 'call',
		path: pathName(path),
		upBps: null,
		downBps: null,
		rttMs: summary.rttMs?.median ?? null,
		lossRatio: lost.length === 0 ? null : Math.max(...lost),
		notes: ['A call asks for no more than it needs, so it says nothing about what the line could carry.', TWICE]
	});
}

function fromPair(observation: number, { own, names, path }: PairCall, call: CallConclusion | undefined): MeasuredLine | null {
	const summary = call?.summary;
	if (!call || !summary) return null;
	const other = own === 'host' ? 'guest' : 'host';
	const mine = own === 'host' ? 0 : 1;
	const allowed = (index: number) => summary.directions[index]?.availableBps?.median ?? null;
	const lost = call.ways.flatMap(({ lossRatio, packetsSent }) =>
		lossRatio !== null && (packetsSent ?? 0) >= PACKETS_AT_LEAST ? [lossRatio] : []
	);
	const upBps = allowed(mine);
	const downBps = allowed(1 - mine);
	return known({
		observation,
		kind: 'two-devices',
		path: `${meetingPathName(path)} to ${names[other]}`,
		upBps,
		downBps,
		rttMs: summary.rttMs?.median ?? null,
		lossRatio: lost.length === 0 ? null : Math.max(...lost),
		notes: [
			...(upBps === null && downBps === null
				? ['This browser reports no estimate of what the path would carry.']
				: [
						'Up is what this end’s congestion control allowed itself, down what the other end’s did: an estimate for the whole path between the two. A call with one video asks for no more, so the line may carry more.'
					]),
			...(lost.length === 0 ? [] : ['The loss is that of the worse direction.'])
		]
	});
}
