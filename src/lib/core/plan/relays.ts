/** Which relays can be the far end of another one's proof. */
import { formatEndpoint, isOutside, scopeOfText } from '../base/ip';
import { familyOfText, seenByTurn, type Endpoint } from '../observations/candidates';
import type { CandidateRecord, Observation } from '../observations/observation';
import { parseIceUrl } from '../stun/uri';
import { answeredObservers, observersOf, udpServersOutside } from './observers';
import type { PlannedStep, StepOf } from './plan';

/** True when the server gave a relay in its own connection. */
export function hasAllocated(observations: readonly Observation[], gatheringStep: string): boolean {
	return observations.some((observation) => observation.step === gatheringStep && candidatesOf(observation, 'relay').length > 0);
}

export interface FarObservers {
	/** `stun:` URLs, two at most. */
	urls: string[];
	/**
	 * This device as the TURN server saw it, null where it is not known: the relay is to let in what comes from there (RFC 8656 §9:
	 * permissions go by address, so the port is any). The far end may not learn it: no STUN server answers, something on the path
	 * rewrites their answers, or a NAT draws from several addresses. Chromium shows it as the relay candidate's related address,
	 * Firefox does not.
	 */
	ownAddress: Endpoint | null;
}

/**
 * STUN servers for the far end of a relay's direct run. Those that saw this device by an address of the relay's own family
 * come first: a relay that sends from an IPv4 address reaches no IPv6 one. Where none answered, as with a list of nothing
 * but TURN over TCP, the TURN server itself is tried, since most answer STUN over UDP as well, at the same port or at 3478.
 */
export function farObservers(observations: readonly Observation[], relayStep: StepOf<'relay'>): FarObservers {
	const relays = observations
		.filter(({ step }) => relayStep.after.includes(step))
		.flatMap((observation) => candidatesOf(observation, 'relay'));
	const families = relays.map(({ address }) => familyOfText(address));
	const told = (observation: Observation, which: (address: string | null) => boolean) =>
		candidatesOf(observation, 'srflx').some(({ address }) => families.includes(familyOfText(address)) && which(address));
	const isPublic = (address: string | null) => isOutside(scopeOfText(address));
	// A server inside this network does not see the address that a relay outside gets packets from.
	const outside = relays.some(({ address }) => isPublic(address));
	const usable = outside ? observations.filter((each) => !told(each, (address) => !isPublic(address))) : observations;
	const ofFamily = usable.filter((each) => told(each, () => true));
	const answered = [...new Set([...answeredObservers(ofFamily), ...answeredObservers(usable)])];
	const urls = (outside ? udpServersOutside(answered) : answered).slice(0, 2);
	const ownAddress = relays.map(seenByTurn).find((mapped) => mapped !== null) ?? null;
	if (urls.length > 0) return { urls, ownAddress };
	const parsed = parseIceUrl(relayStep.target);
	if (!parsed.ok) return { urls: [], ownAddress };
	const { host, port } = parsed.value;
	const guesses = [port, 3478].map((guess) => `stun:${formatEndpoint(host, guess)}`);
	return { urls: observersOf(guesses), ownAddress };
}

function candidatesOf({ probe, outcome }: Observation, type: CandidateRecord['type']): CandidateRecord[] {
	if (probe !== 'server-gathering' || outcome.state !== 'seen') return [];
	return outcome.data.candidates.filter((candidate) => candidate.type === type);
}

/**
 * The step of another TURN URL that gave a relay by now, for a run from relay to relay: one on another host if there is
 * one, else another transport of the same. Null when no other allocated yet.
 */
export function crossPeer(
	plan: readonly PlannedStep[],
	observations: readonly Observation[],
	relayStep: StepOf<'relay'>
): StepOf<'relay'> | null {
	const others = plan.filter(
		(step): step is StepOf<'relay'> =>
			step.probe === 'relay' &&
			step.id !== relayStep.id &&
			step.target !== relayStep.target &&
			step.after.some((id) => hasAllocated(observations, id))
	);
	const own = hostOf(relayStep);
	return others.find((step) => hostOf(step) !== own) ?? others[0] ?? null;
}

function hostOf(step: StepOf<'relay'>): string | null {
	const parsed = parseIceUrl(step.target);
	return parsed.ok ? parsed.value.host : null;
}
