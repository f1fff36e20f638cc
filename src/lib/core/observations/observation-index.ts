/** The observations of one run, sorted by probe. Made once by whoever judges them, so that the list is walked once. */
import type { Observation, ObservationOf, ProbeData, ProbeId } from './observation';

export interface ObservationIndex {
	list: readonly Observation[];
	/** The probes that wrote something down: also those of later versions. */
	probes: readonly string[];
	/** Everything that a probe wrote down, with its place in the list: also what failed or was skipped. */
	of<P extends ProbeId>(probe: P): readonly { index: number; observation: ObservationOf<P> }[];
	/** The data of every observation of a probe that was seen. */
	seen<P extends ProbeId>(probe: P): readonly { index: number; data: ProbeData[P] }[];
}

export function indexObservations(list: readonly Observation[]): ObservationIndex {
	const all = new Map<string, { index: number; observation: Observation }[]>();
	const seen = new Map<string, { index: number; data: unknown }[]>();
	list.forEach((observation, index) => {
		put(all, observation.probe, { index, observation });
		if (observation.outcome.state === 'seen') put(seen, observation.probe, { index, data: observation.outcome.data });
	});
	// The probe's name decides the shape of what is filed under it.
	return {
		list,
		probes: [...all.keys()],
		of: <P extends ProbeId>(probe: P) => (all.get(probe) ?? []) as { index: number; observation: ObservationOf<P> }[],
		seen: <P extends ProbeId>(probe: P) => (seen.get(probe) ?? []) as { index: number; data: ProbeData[P] }[]
	};
}

function put<T>(groups: Map<string, T[]>, key: string, item: T): void {
	const group = groups.get(key);
	if (group) group.push(item);
	else groups.set(key, [item]);
}
