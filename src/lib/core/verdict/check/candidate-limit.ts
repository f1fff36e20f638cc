/**
 * Whether this browser leaves kinds of candidates out for every page: by a policy, a setting or an extension. What it does not gather from
 * it does not send from either, so that silence then shows nothing of a network (measured in Chromium 156 and Firefox 153).
 */
import { familyOf, udpHosts } from '../../observations/candidates';
import { listenedMs, type BrowserEngine, type Gathered } from '../../observations/observation';
import type { ObservationIndex } from '../../observations/observation-index';
import type { AskedServer } from './server-witness';

/** What is gathered all the same: nothing, relays alone, or all but host candidates. */
export type CandidateLimitKind = 'nothing' | 'only-relays' | 'no-host';

export interface CandidateLimit {
	kind: CandidateLimitKind;
	engine: BrowserEngine;
	/** It may as well be that nothing is left out. */
	ipv6Alone: boolean;
	/** How long gathering took or was waited for, where that was longest, ms. */
	waitedMs: number;
	observations: number[];
}

/** A host candidate that hides its address comes late where a name has to be made up for it. */
const HOST_WITHIN_MS = 1000;

export function candidateLimit(observed: ObservationIndex): CandidateLimit | null {
	const all = [
		...observed.of('ice-gathering'),
		...observed.of('server-gathering'),
		...observed.of('udp-first-answer'),
		...observed.of('nat-mapping')
	].flatMap(({ observation, index }) => {
		if (observation.outcome.state !== 'seen') return [];
		const data: Gathered & { policy?: string } = observation.outcome.data;
		return data.policy === 'relay' ? [] : [{ data, index, waitedMs: data.completeMs ?? listenedMs(observation) }];
	});
	const has = (...types: string[]) => all.some(({ data }) => data.candidates.some((one) => types.includes(one.type)));
	const whole = all.filter(({ data, waitedMs }) => data.endedBy === 'complete' || waitedMs >= HOST_WITHIN_MS);
	if (all.some(({ data }) => udpHosts(data).length > 0) || whole.length === 0) return null;
	const { engine } = whole[0]!.data;
	// On a device with IPv6 alone Chromium makes up no name for its address, and so no host candidate (measured in 156).
	const mapped = all.flatMap(({ data }) => data.candidates.filter(({ type }) => type === 'srflx'));
	const ipv6Alone = engine === 'chromium' && mapped.length > 0 && mapped.every((one) => familyOf(one) === 'ipv6');
	const kind = has('srflx', 'prflx') ? 'no-host' : has('relay') ? 'only-relays' : 'nothing';
	return {
		kind,
		engine,
		ipv6Alone,
		waitedMs: Math.max(...whole.map(({ waitedMs }) => waitedMs)),
		observations: whole.map(({ index }) => index)
	};
}

/** Whether nothing may have been sent to a server of this kind; without host candidates a family is known by what servers saw. */
export function mayBeUnsent(
	limit: CandidateLimit | null,
	{ kind, transport, familyHere }: Pick<AskedServer, 'transport' | 'familyHere'> & { kind: 'stun' | 'turn' },
	relaysOver: readonly string[]
): boolean {
	if (limit === null) return false;
	if (limit.kind === 'no-host') return familyHere !== 'yes';
	if (limit.kind === 'nothing' || kind === 'stun') return true;
	return transport === 'udp' && !relaysOver.includes('udp');
}
