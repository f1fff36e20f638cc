/** Which servers can ask who may send to this device: a relay that knocks, and STUN servers that tell where to knock. */
import { formatEndpoint, isOutside, parseIp, sameIp, scopeOfText } from '../base/ip';
import { iceUrl, relayed } from '../observations/candidates';
import { seen, type Observation } from '../observations/observation';
import { parseIceUrl } from '../stun/uri';
import { answeredObservers } from './observers';
import type { Step } from './plan';

export interface FilteringTask {
	/** The TURN URL whose relay knocks. */
	url: string;
	/** Index in `iceServers` of the entry with its credentials. */
	server: number;
	/** STUN URLs that answered. Which of them stand elsewhere is known once the relay is: a server may have several addresses. */
	observers: string[];
	/** True when one of them stood at another address than the relay that the server gave before. */
	farKnown: boolean;
}

interface Relay {
	url: string;
	server: number;
	address: string;
	/** When the relay was there, ms: the quickest is asked. */
	atMs: number;
	overUdp: boolean;
}

/**
 * The best task with what has answered so far, or a sentence that says what is missing. A task with a `far` observer tells
 * all three classes apart, one without tells only the strictest from the other two.
 */
export function filteringTask(
	plan: readonly Pick<Step, 'id' | 'server'>[],
	observations: readonly Observation[]
): FilteringTask | string {
	const relays = allocatedRelays(plan, observations);
	if (relays.length === 0)
		return 'No TURN server gave a relay, and it takes one to send to this device from an address it has not written to.';
	const observers = answeredObservers(observations);
	if (observers.length === 0) return 'No server answered over UDP, so there is no public address to send to.';
	const withFar = relays.find((relay) => observers.some((observer) => standsElsewhere(observer, relay.url, relay.address)));
	const { url, server } = withFar ?? relays[0]!;
	return { url, server, observers, farKnown: withFar !== undefined };
}

/** Whether a task of before left open what a new one could tell. */
export function filteringLeftOpen(observations: readonly Observation[], next: FilteringTask): boolean {
	const before = seen(observations, 'nat-filtering').flatMap(({ data }) => (data.method === 'turn' ? data.knocks : []));
	const decided = (opened: 'other-address' | 'relay-address') =>
		before.some((knock) => knock.opened === opened && knock.state !== 'inconclusive');
	return !decided('relay-address') || (next.farKnown && !decided('other-address'));
}

function allocatedRelays(plan: readonly Pick<Step, 'id' | 'server'>[], observations: readonly Observation[]): Relay[] {
	const found: Relay[] = [];
	for (const { probe, step, outcome } of observations) {
		if (probe !== 'server-gathering' || outcome.state !== 'seen') continue;
		const server = plan.find(({ id }) => id === step)?.server ?? null;
		// Only a relay that others could reach can knock from outside.
		const relay = relayed(outcome.data).find(({ address }) => isOutside(scopeOfText(address)));
		if (!relay?.address || server === null) continue;
		const { url } = outcome.data;
		found.push({ url, server, address: relay.address, atMs: relay.atMs, overUdp: iceUrl(url)?.transport === 'udp' });
	}
	return found.sort((a, b) => Number(b.overUdp) - Number(a.overUdp) || a.atMs - b.atMs);
}

/**
 * Certainly another machine than the relay's. Two names may lead to one address, and a page cannot look them up; names of
 * different owners are taken for different machines.
 */
export function standsElsewhere(observer: string, turnUrl: string, relayAddress: string): boolean {
	const place = parseIceUrl(observer);
	const turn = parseIceUrl(turnUrl);
	if (!place.ok || !turn.ok) return false;
	if (place.value.hostKind !== 'name') {
		const [own, others] = [parseIp(place.value.host), parseIp(relayAddress)];
		return own !== null && others !== null && own.family === others.family && !sameIp(own, others);
	}
	return turn.value.hostKind !== 'name' ? false : ownerOf(place.value.host) !== ownerOf(turn.value.host);
}

/**
 * The STUN URL that is most likely answered at the relay's own address: one that answered, else the TURN server's port there.
 * A name may lead to any of a server's addresses, so it does not count.
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

/** The last two labels: right for most names, and too cautious for the rest (`example.co.uk`). */
function ownerOf(host: string): string {
	return host.toLowerCase().replace(/\.$/, '').split('.').slice(-2).join('.');
}
