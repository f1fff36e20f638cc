/** Judging calls: which call answers the question, and what stands out in the others. */
import { duration } from '../base/words';
import type { Because } from '../nat/conclusion';
import type { CallPath, LoopbackCall, Observation } from '../observations/observation';
import { seen } from '../observations/observation';
import { leavesDevice, pathName } from '../plan/call-steps';
import { summariseCall, type CallSummary } from '../stats/call-summary';
import { pairsOf, selectedPairs } from '../stats/connection';
import { compareDirections, type DirectionDifference } from '../stats/directions';
import { percent } from '../stats/figures';
import { oneWays } from '../stats/one-way';
import { judgeQuality, type Quality } from '../stats/quality';
import type { VerdictRule } from './verdict-rule';
import type { View } from './view';

export interface JudgedCall {
	/** Index of its observation. */
	index: number;
	data: LoopbackCall;
	summary: CallSummary | null;
	quality: Quality | null;
	directions: DirectionDifference[];
	/** Selected pairs that were not on the path it was confined to, as `host to host`; empty for a call that could go anywhere. */
	astray: string[];
}

/** A call's numbers are made once: conclusions are made anew with every observation. */
const judged = new WeakMap<LoopbackCall, Omit<JudgedCall, 'index'>>();

export function judgeCall(data: LoopbackCall): Omit<JudgedCall, 'index'> {
	const known = judged.get(data);
	// A call that still runs grows.
	if (known && data.endedBy !== 'running') return known;
	const summary = data.connectMs === null ? null : summariseCall(data.recording);
	const staysOnDevice = !leavesDevice(data.path);
	const fresh = {
		data,
		summary,
		quality: summary ? judgeQuality(summary, { bitrateCapped: data.media.bitrateCapBps !== null, staysOnDevice }) : null,
		directions: summary ? compareDirections(summary, oneWays(data.recording), staysOnDevice) : [],
		astray: strayPairs(data)
	};
	judged.set(data, fresh);
	return fresh;
}

export function judgedCalls(observations: readonly Observation[]): JudgedCall[] {
	return seen(observations, 'loopback-call').map(({ index, data }) => ({ index, ...judgeCall(data) }));
}

/** Whether a pair lies on a path, by the types that the statistics give; null where they do not say. */
export function pairOnPath(
	path: CallPath,
	end: 'caller' | 'callee',
	local: string,
	relayProtocol: string | null,
	remote: string
): boolean {
	if (path.kind === 'any') return true;
	// A peer-reflexive candidate is one of the other kinds, seen by a check before it was told.
	if (path.kind === 'host') return local !== 'relay' && remote !== 'relay' && local !== 'srflx' && remote !== 'srflx';
	if (path.kind === 'srflx') return local !== 'relay' && remote !== 'relay';
	const here = end === 'caller' || path.far === 'relay';
	const there = end === 'callee' || path.far === 'relay';
	if (
		here &&
		(local !== 'relay' || (relayProtocol !== null && relayProtocol !== path.transport && !(end === 'callee' && path.farUrl)))
	)
		return false;
	if (!here && local === 'relay') return false;
	return there ? remote === 'relay' || remote === 'prflx' : remote !== 'relay';
}

function strayPairs({ paths, recording }: LoopbackCall): string[] {
	const stray = new Set<string>();
	// After a switch the old pair carries until the new one is chosen, so only calls that kept to one path can be held to it.
	if (paths.length !== 1) return [];
	for (const connection of recording.connections) {
		const end = connection.id === 'callee' ? 'callee' : 'caller';
		const pairs = pairsOf(connection);
		for (const { value } of selectedPairs(connection)) {
			const { local, remote } = pairs.find(({ id }) => id === value) ?? {};
			if (local && remote && !pairOnPath(paths[0]!.path, end, local.type, local.relayProtocol, remote.type)) {
				stray.add(`${local.type} to ${remote.type}`);
			}
		}
	}
	return [...stray];
}

const PATH_ORDER = ['any', 'host', 'srflx', 'udp', 'tcp', 'tls'];

/** The last real call; of a comparison the call over the path that ICE would have chosen first. */
function answering(view: View): JudgedCall | null {
	const calls = judgedCalls(view.observations).filter(({ quality }) => quality !== null);
	const real = calls.filter(({ data }) => data.purpose === 'call').at(-1);
	if (real) return real;
	const rank = ({ data }: JudgedCall) => PATH_ORDER.indexOf(data.path.transport ?? data.path.kind);
	// A device's call with itself over its own sockets says nothing about a network.
	const outside = calls.filter(({ data }) => data.path.kind !== 'host');
	return (outside.length > 0 ? outside : calls).toSorted((a, b) => rank(a) - rank(b))[0] ?? null;
}

const says = (view: View) => answering(view)?.quality?.overall ?? null;

function text(view: View): string {
	const { data, summary, quality } = answering(view)!;
	const word = { good: 'good', fair: 'fair', poor: 'poor', unknown: 'not known' }[quality!.overall];
	return `A call over ${pathName(data.path)} was ${word}: ${figures(summary!)}.`;
}

/** `12 ms round trip, 0 % lost there and 2.1 % back, jitter 5.0 ms and 4.1 ms`. */
export function figures({ rttMs, directions }: CallSummary): string {
	const [forth, back] = directions;
	const lost = [forth?.lossRatio, back?.lossRatio].map((ratio) =>
		ratio === null || ratio === undefined ? 'an unknown share' : percent(ratio)
	);
	const jitter = [forth?.jitterMs, back?.jitterMs].map((spread) => (spread ? duration(spread.median) : 'not measured'));
	return `${rttMs ? `${duration(rttMs.median)} round trip` : 'round trip not measured'}, ${lost[0]} lost there and ${lost[1]} back, jitter ${jitter[0]} and ${jitter[1]}`;
}

function reasons(view: View): Because[] {
	const { quality, index } = answering(view)!;
	const order = ['poor', 'fair', 'unknown', 'good'];
	return quality!.items
		.toSorted((a, b) => order.indexOf(a.judgement) - order.indexOf(b.judgement))
		.map(({ limit, text: said }) => ({ rule: `quality-${limit.id}`, text: said, observations: [index] }));
}

const AGAIN = 'Make a call of half a minute over the path in question.';

function rule(word: 'good' | 'fair' | 'poor', title: string): VerdictRule {
	return {
		id: `quality-call-${word}`,
		question: 'call-quality',
		needs: ['loopback-call'],
		says: word,
		cite: 'ITU-T G.114, ITU-T G.1010',
		title,
		when: (v) => says(v) === word,
		text,
		observations: (v) => [answering(v)!.index],
		also: reasons
	};
}

/** Before the rule that speaks when nothing was measured. */
export const CALL_RULES: readonly VerdictRule[] = [
	rule('poor', 'A call was made, and something about it was poor.'),
	rule('fair', 'A call was made, and nothing about it was worse than fair.'),
	rule('good', 'A call was made, and delay, loss and jitter were good in both directions.'),
	{
		id: 'quality-call-not-decided',
		question: 'call-quality',
		needs: ['loopback-call'],
		says: 'unknown',
		cite: 'ITU-T G.1010',
		title: 'A call was made, but too little of it was measured.',
		when: (v) => says(v) === 'unknown',
		text: (v) => `A call was made, but its quality is not decided: ${answering(v)!.quality!.missing.join(', ')} is missing.`,
		observations: (v) => [answering(v)!.index],
		missing: () => [{ probe: 'loopback-call', text: AGAIN }]
	},
	{
		id: 'quality-call-not-connected',
		question: 'call-quality',
		needs: ['loopback-call'],
		says: 'unknown',
		cite: 'RFC 8445 §2',
		title: 'A call was tried and did not connect, so there was no quality to measure.',
		when: (v) => judgedCalls(v.observations).length > 0 && says(v) === null,
		text: (v) =>
			`No call connected (${judgedCalls(v.observations)
				.map(({ data }) => pathName(data.path))
				.join(', ')}), so there was no quality to measure.`,
		observations: (v) => judgedCalls(v.observations).map(({ index }) => index),
		missing: () => [{ probe: 'loopback-call', text: 'Make a call over a path that connects.' }]
	}
];
