/** Calls of this page with itself, each with its numbers and how good they are. */
import type { CallPath, LoopbackCall } from '../../observations/observation';
import type { ObservationIndex } from '../../observations/observation-index';
import { leavesDevice } from '../../plan/call-steps';
import { summariseCall } from '../../call/call-summary';
import type { CallSummary, DirectionDifference } from '../../call/call-figure-shapes';
import { pairsOf, selectedPairs } from '../../recording/connection';
import { compareDirections } from '../../call/directions';
import { oneWays, type OneWay } from '../../call/one-way';
import { judgeQuality, type Quality } from '../../call/quality';

export interface JudgedCall {
	/** Index of its observation. */
	index: number;
	data: LoopbackCall;
	summary: CallSummary | null;
	quality: Quality | null;
	ways: OneWay[];
	directions: DirectionDifference[];
	/** Types of selected pairs that were not on the path it was confined to; empty for a call that could go anywhere. */
	astray: { local: string; remote: string }[];
}

/** A call's numbers are made once: conclusions are made anew with every observation. */
const judged = new WeakMap<LoopbackCall, Omit<JudgedCall, 'index'>>();

function judgeCall(data: LoopbackCall): Omit<JudgedCall, 'index'> {
	const known = judged.get(data);
	// A call that still runs grows.
	if (known && data.endedBy !== 'running') return known;
	const summary = data.connectMs === null ? null : summariseCall(data.recording);
	const staysOnDevice = !leavesDevice(data.path);
	const ways = summary ? oneWays(data.recording) : [];
	const fresh = {
		data,
		summary,
		quality: summary ? judgeQuality(summary, { bitrateCapped: data.media.bitrateCapBps !== null, staysOnDevice }) : null,
		ways,
		directions: summary ? compareDirections(summary, ways, staysOnDevice) : [],
		astray: strayPairs(data)
	};
	judged.set(data, fresh);
	return fresh;
}

export function judgedCalls(observed: ObservationIndex): JudgedCall[] {
	return observed.seen('loopback-call').map(({ index, data }) => ({ index, ...judgeCall(data) }));
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

function strayPairs({ paths, recording }: LoopbackCall): JudgedCall['astray'] {
	const stray = new Map<string, JudgedCall['astray'][number]>();
	// After a switch the old pair carries until the new one is chosen, so only calls that kept to one path can be held to it.
	if (paths.length !== 1) return [];
	for (const connection of recording.connections) {
		const end = connection.id === 'callee' ? 'callee' : 'caller';
		const pairs = pairsOf(connection);
		for (const { value } of selectedPairs(connection)) {
			const { local, remote } = pairs.find(({ id }) => id === value) ?? {};
			if (local && remote && !pairOnPath(paths[0]!.path, end, local.type, local.relayProtocol, remote.type)) {
				stray.set(`${local.type} ${remote.type}`, { local: local.type, remote: remote.type });
			}
		}
	}
	return [...stray.values()];
}
