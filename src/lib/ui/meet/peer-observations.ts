/** What this device keeps of the other one's check. */
import type { Observation } from '../../core/observations/observation';

/** Without what the other one knows of a third, which is not about it, and without who signs in at its servers. */
export function peerObservations(observations: readonly Observation[]): Observation[] {
	return observations.filter(({ probe }) => probe !== 'peer-check' && probe !== 'pair-call').map(withoutUserNames);
}

function withoutUserNames(observation: Observation): Observation {
	if (observation.probe !== 'server-list' || observation.outcome.state !== 'seen') return observation;
	const { data } = observation.outcome;
	const servers = data.servers.map(({ username: _, ...entry }) => entry);
	return { ...observation, outcome: { state: 'seen', data: { ...data, servers } } };
}
