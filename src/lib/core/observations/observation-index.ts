/** The observations of one run, sorted by probe. Made once by whoever judges them, so that the list is walked once. */
import type { Observation, ObservationOf, ProbeData, ProbeId } from './observation';

/** All that one probe wrote down, each with its place in the list. */
export interface Observed<P extends ProbeId> {
	/** Also what failed or was skipped. */
	all: readonly { index: number; observation: ObservationOf<P> }[];
	seen: readonly { index: number; startedMs: number; data: ProbeData[P] }[];
}
export type ObservedByProbe = { [P in ProbeId]: Observed<P> };

export interface ObservationIndex {
	list: readonly Observation[];
	/** The probes that wrote something down: also those of later versions. */
	probes: readonly string[];
	of<P extends ProbeId>(probe: P): Observed<P>['all'];
	seen<P extends ProbeId>(probe: P): Observed<P>['seen'];
}

export function indexObservations(list: readonly Observation[]): ObservationIndex {
	const all = new Map<string, { index: number; observation: Observation }[]>();
	const seen = new Map<string, { index: number; startedMs: number; data: unknown }[]>();
	list.forEach((observation, index) => {
		put(all, observation.probe, { index, observation });
		const { probe, startedMs, outcome } = observation;
		if (outcome.state === 'seen') put(seen, probe, { index, startedMs, data: outcome.data });
	});
	// The probe's name decides the shape of what is filed under it.
	return {
		list,
		probes: [...all.keys()],
		of: <P extends ProbeId>(probe: P) => (all.get(probe) ?? []) as { index: number; observation: ObservationOf<P> }[],
		seen: <P extends ProbeId>(probe: P) => (seen.get(probe) ?? []) as { index: number; startedMs: number; data: ProbeData[P] }[]
	};
}

function put<T>(groups: Map<string, T[]>, key: string, item: T): void {
	const group = groups.get(key);
	if (group) group.push(item);
	else groups.set(key, [item]);
}
