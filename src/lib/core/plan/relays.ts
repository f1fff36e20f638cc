/** Which relays can be the far end of another one's proof. */
import { familyOfText } from '../observations/candidates';
import type { CandidateRecord, Observation } from '../observations/observation';
import { parseIceUrl } from '../stun/uri';
import { answeredObservers } from './observers';
import type { Step } from './plan';

/** True when the server gave a relay in its own connection. */
export function hasAllocated(observations: readonly Observation[], gatheringStep: string): boolean {
	return observations.some((observation) => observation.step === gatheringStep && candidatesOf(observation, 'relay').length > 0);
}

/**
 * Two STUN servers for the far end of a relay's direct run. Those that saw this device by an address of the relay's own
 * family come first: a relay that sends from an IPv4 address reaches no IPv6 one.
 */
export function farObservers(observations: readonly Observation[], relayStep: Step): string[] {
	const relays = observations
		.filter(({ step }) => relayStep.after.includes(step))
		.flatMap((observation) => candidatesOf(observation, 'relay'));
	const families = relays.map(({ address }) => familyOfText(address));
	const ofFamily = observations.filter((observation) =>
		candidatesOf(observation, 'srflx').some(({ address }) => families.includes(familyOfText(address)))
	);
	return [...new Set([...answeredObservers(ofFamily), ...answeredObservers(observations)])].slice(0, 2);
}

function candidatesOf({ probe, outcome }: Observation, type: CandidateRecord['type']): CandidateRecord[] {
	if (probe !== 'server-gathering' || outcome.state !== 'seen') return [];
	return outcome.data.candidates.filter((candidate) => candidate.type === type);
}

/**
 * The step of another TURN URL that gave a relay by now, for a run from relay to relay: one on another host if there is
 * one, else another transport of the same. Null when no other allocated yet.
 */
export function crossPeer(plan: readonly Step[], observations: readonly Observation[], relayStep: Step): Step | null {
	const others = plan.filter(
		(step) =>
			step.probe === 'relay' &&
			step.id !== relayStep.id &&
			step.target !== relayStep.target &&
			step.after.some((id) => hasAllocated(observations, id))
	);
	const own = hostOf(relayStep);
	return others.find((step) => hostOf(step) !== own) ?? others[0] ?? null;
}

function hostOf(step: Step): string | null {
	const parsed = parseIceUrl(step.target ?? '');
	return parsed.ok ? parsed.value.host : null;
}
