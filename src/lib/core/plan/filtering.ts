/** Which servers can test the filtering: a relay that sends unsolicited probes, and STUN servers that tell the mapped address. */
import { formatEndpoint, isOutside, parseIp, sameIp, scopeOfText } from '../base/ip';
import { iceUrl, relayed } from '../observations/candidates';
import { seen, type Observation } from '../observations/observation';
import { parseIceUrl } from '../stun/uri';
import { answeredObservers } from './observers';
import type { Step } from './plan';
import { skipped, type Skipped } from './skip-values';

export interface FilteringTask {
	/** The TURN URL whose relay sends the probes. */
	url: string;
	/** Index in `iceServers` of the entry with its credentials. */
	server: number;
	/** STUN URLs that answered. Which are at another address than the relay is known once it is allocated. */
	observers: string[];
	/** True when one of them is at another address than the relay that the server allocated before. */
	farKnown: boolean;
}

interface Relay {
	url: string;
	server: number;
	address: string;
	/** When the relay candidate came, ms: the first one is taken. */
	atMs: number;
	overUdp: boolean;
}

/**
 * The best task with what has answered so far, or why there is none. A task with an observer at another address
 * tells all three classes of filtering apart; one without tells only address and port dependent from the other two.
 */
export function filteringTask(
	plan: readonly Pick<Step, 'id' | 'server'>[],
	observations: readonly Observation[]
): FilteringTask | Skipped {
	const relays = allocatedRelays(plan, observations);
	if (relays.length === 0) return skipped('skip-filtering-without-relay', {});
	const observers = answeredObservers(observations);
	if (observers.length === 0) return skipped('skip-filtering-without-observer', {});
	const withFar = relays.find((relay) => observers.some((observer) => isAtAnotherAddress(observer, relay.url, relay.address)));
	const { url, server } = withFar ?? relays[0]!;
	return { url, server, observers, farKnown: withFar !== undefined };
}

/** Whether an earlier test left open what a new one could tell. */
export function filteringLeftOpen(observations: readonly Observation[], next: FilteringTask): boolean {
	const before = seen(observations, 'nat-filtering').flatMap(({ data }) => (data.method === 'turn' ? data.probes : []));
	const decided = (opened: 'other-address' | 'relay-address') =>
		before.some((probe) => probe.opened === opened && probe.state !== 'inconclusive');
	return !decided('relay-address') || (next.farKnown && !decided('other-address'));
}

function allocatedRelays(plan: readonly Pick<Step, 'id' | 'server'>[], observations: readonly Observation[]): Relay[] {
	const found: Relay[] = [];
	for (const { probe, step, outcome } of observations) {
		if (probe !== 'server-gathering' || outcome.state !== 'seen') continue;
		const server = plan.find(({ id }) => id === step)?.server ?? null;
		// Only a publicly routable relay can send from outside the NAT.
		const relay = relayed(outcome.data).find(({ address }) => isOutside(scopeOfText(address)));
		if (!relay?.address || server === null) continue;
		const { url } = outcome.data;
		found.push({ url, server, address: relay.address, atMs: relay.atMs, overUdp: iceUrl(url)?.transport === 'udp' });
	}
	return found.sort((a, b) => Number(b.overUdp) - Number(a.overUdp) || a.atMs - b.atMs);
}

/**
 * Certainly another address than the relay's. Two names may resolve to one address, and a page cannot resolve them; names of
 * different domains are taken for different addresses.
 */
export function isAtAnotherAddress(observer: string, turnUrl: string, relayAddress: string): boolean {
	const place = parseIceUrl(observer);
	const turn = parseIceUrl(turnUrl);
	if (!place.ok || !turn.ok) return false;
	if (place.value.hostKind !== 'name') {
		const [own, others] = [parseIp(place.value.host), parseIp(relayAddress)];
		return own !== null && others !== null && own.family === others.family && !sameIp(own, others);
	}
	return turn.value.hostKind !== 'name' ? false : domainOf(place.value.host) !== domainOf(turn.value.host);
}

/**
 * The STUN URL that is most likely served at the relay's own address: one that answered, else the TURN server's port there.
 * A name may resolve to any of a server's addresses, so it does not count.
 */
export function observerAt(observers: readonly string[], turnUrl: string, relayAddress: string): string {
	const relay = parseIp(relayAddress)!;
	const there = observers.find((observer) => {
		const place = parseIceUrl(observer);
		const host = place.ok ? parseIp(place.value.host) : null;
		return host !== null && sameIp(host, relay);
	});
	if (there !== undefined) return there;
	const turn = parseIceUrl(turnUrl);
	const port = turn.ok && turn.value.transport === 'udp' ? turn.value.port : 3478;
	return `stun:${formatEndpoint(relayAddress, port)}`;
}

/** The last two labels: right for most names, and on the safe side for the rest (`example.co.uk`). */
function domainOf(host: string): string {
	return host.toLowerCase().replace(/\.$/, '').split('.').slice(-2).join('.');
}
