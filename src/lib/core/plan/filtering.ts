/** Which servers can ask who may send to this device: a relay that knocks, and STUN servers that tell where to knock. */
import { parseIp, sameIp, scopeOfText, isOutside } from '../base/ip';
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
	/** A STUN URL at another address than the relay: what was written to there opens no filter for the relay. Null: none known. */
	far: string | null;
	/** A STUN URL, best one at the relay's address: what was written to there opens a filter that goes by address alone. */
	near: string;
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
export function filteringTask(plan: readonly Step[], observations: readonly Observation[]): FilteringTask | string {
	const relays = allocatedRelays(plan, observations);
	if (relays.length === 0)
		return 'No TURN server gave a relay, and it takes one to send to this device from an address it has not written to.';
	const observers = answeredObservers(observations);
	if (observers.length === 0) return 'No server answered over UDP, so there is no public address to send to.';
	const tasks = relays.map((relay) => ({
		relay,
		far: observers.find((observer) => standsElsewhere(observer, relay)) ?? null,
		near: observers.find((observer) => standsAt(observer, relay)) ?? observers[0]!
	}));
	const best = tasks.find(({ far }) => far !== null) ?? tasks[0]!;
	return { url: best.relay.url, server: best.relay.server, far: best.far, near: best.near };
}

/** Whether a task of before left open what a new one could tell. */
export function filteringLeftOpen(observations: readonly Observation[], next: FilteringTask): boolean {
	const before = seen(observations, 'nat-filtering').filter(({ data }) => data.method === 'turn');
	const decided = (opened: 'other-address' | 'relay-address') =>
		before.some(({ data }) => data.knocks.some((knock) => knock.opened === opened && knock.state !== 'inconclusive'));
	return !decided('relay-address') || (next.far !== null && !decided('other-address'));
}

function allocatedRelays(plan: readonly Step[], observations: readonly Observation[]): Relay[] {
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
function standsElsewhere(observer: string, relay: Relay): boolean {
	const place = parseIceUrl(observer);
	const turn = parseIceUrl(relay.url);
	if (!place.ok || !turn.ok) return false;
	if (place.value.hostKind !== 'name') {
		const [own, others] = [parseIp(place.value.host), parseIp(relay.address)];
		return own !== null && others !== null && own.family === others.family && !sameIp(own, others);
	}
	return turn.value.hostKind !== 'name' ? false : ownerOf(place.value.host) !== ownerOf(turn.value.host);
}

function standsAt(observer: string, relay: Relay): boolean {
	const place = parseIceUrl(observer);
	const turn = parseIceUrl(relay.url);
	return place.ok && turn.ok && (place.value.host === relay.address || place.value.host === turn.value.host);
}

/** The last two labels: right for most names, and too cautious for the rest (`example.co.uk`). */
function ownerOf(host: string): string {
	return host.toLowerCase().replace(/\.$/, '').split('.').slice(-2).join('.');
}
