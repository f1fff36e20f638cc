/** Which relays can be the far end of another one's proof. */
import type { Observation } from '../observations/observation';
import { parseIceUrl } from '../stun/uri';
import type { Step } from './plan';

/** True when the server gave a relay in its own connection. */
export function hasAllocated(observations: readonly Observation[], gatheringStep: string): boolean {
	return observations.some(
		({ probe, step, outcome }) =>
			probe === 'server-gathering' &&
			step === gatheringStep &&
			outcome.state === 'seen' &&
			outcome.data.candidates.some(({ type }) => type === 'relay')
	);
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
