/**
 * What is true of a generated network, read from the log of its packets and from the plan of the network itself. Nothing of what
 * judges (verdict, nat, ice, messages) is imported here: this is what judging is measured by.
 */
import type { Family } from '../../src/lib/core/base/ip';
import type { Logged, Lookup, Probe, Wire } from './wire';
import type { Machine, Transport, World } from './world';

export type Heard = Extract<Logged, { what: 'heard' }>;
type Relayed = Extract<Logged, { what: 'relayed' }>;

export interface Place {
	transport: Transport;
	host: string;
	port: number;
}

export class Truth {
	readonly world: World;
	#log: readonly Logged[];
	#lookups: readonly Lookup[];
	/** Packets that a relay sent unasked. */
	readonly probes: readonly Probe[];

	/** Of everything that those steps of the plan did until they ended, ms: what came later, or came to another one, nobody was told. */
	constructor(world: World, wire: Wire, steps: ReadonlyMap<string, number>) {
		this.world = world;
		this.#log = wire.log.filter(({ step, atMs }) => atMs <= (steps.get(step) ?? -1));
		this.probes = wire.probes.filter(({ step }) => steps.has(step));
		this.#lookups = wire.lookups.filter(({ step }) => steps.has(step));
	}

	/** `stun:host:port` of a TURN server over UDP is the same server. */
	at(url: string): readonly Logged[] {
		const place = placeOf(url);
		return this.#log.filter((each) => each.url === url || (place.transport === 'udp' && samePlace(placeOf(each.url), place)));
	}

	atPlace(place: Place): readonly Logged[] {
		return this.#log.filter((each) => samePlace(placeOf(each.url), place));
	}

	/** As which it is asked, by the list. */
	usersAt(place: Place): string[] {
		return this.world.list.flatMap(({ url, username }) => (samePlace(placeOf(url), place) && username ? [username] : []));
	}

	/** STUN messages of that server that reached the device. A challenge for credentials is one. */
	heard(url: string, family?: Family | 'unknown', user?: string | null): Heard[] {
		return this.at(url).filter(
			(each): each is Heard =>
				each.what === 'heard' &&
				(family === undefined || family === 'unknown' || each.family === family) &&
				(user === undefined || each.user === user)
		);
	}

	familiesAsked(url: string, transport: Transport): Family[] {
		const sent = this.at(url).filter((each) => (each.what === 'sent' || each.what === 'blocked') && each.transport === transport);
		return sent.map(({ family }) => family);
	}

	familiesHeard(url: string): Family[] {
		return this.heard(url).map(({ family }) => family);
	}

	heardCode(place: Place, code: number): boolean {
		return this.atPlace(place).some((each) => each.what === 'heard' && each.code === code && !each.challenge);
	}

	heardOutside(transport: 'udp' | 'stream', family?: Family): Heard[] {
		return this.#log.filter(
			(each): each is Heard =>
				each.what === 'heard' &&
				(each.transport === 'udp') === (transport === 'udp') &&
				(family === undefined || each.family === family) &&
				this.machineOf(each.url)?.stands === 'outside' &&
				!each.aside
		);
	}

	/**
	 * Answers over UDP from outside that a browser tells: one that names the device's own address it does not, and Firefox, or a browser
	 * without candidate.url, does not say whose answer it was where another server stands inside. Nor does Firefox tell what a TURN server saw: of a name the family stays open, and
	 * where it leaves candidates out, whether the server stands outside.
	 */
	toldOutside(family?: Family): Heard[] {
		const { device, microphone, engine, machines, limit, lacks } = this.world;
		const nameless = engine === 'firefox' || lacks.includes('candidate.url');
		if (nameless && machines.some(({ stands }) => stands === 'inside')) return [];
		const untold = (user: string | null, url: string) =>
			engine === 'firefox' && user !== null && (limit !== null || (family !== undefined && !isLiteral(url)));
		return this.heardOutside('udp', family).filter(
			({ mapped, code, challenge, family: over, user, url }) =>
				!challenge &&
				!untold(user, url) &&
				code === null &&
				mapped !== null &&
				isPublic(mapped.address) &&
				!(microphone && mapped.address === device[over])
		);
	}

	/** Of a literal address. */
	lacksFamilyOf(url: string): boolean {
		const { host } = placeOf(url);
		return /^[\d.]+$/.test(host) ? this.world.device.ipv4 === null : host.includes(':') && this.world.device.ipv6 === null;
	}

	/** By one user, or by all of them. */
	relayed(url: string, user: string | null = null): Relayed[] {
		return this.#log.filter(
			(each): each is Relayed => each.what === 'relayed' && each.url === url && (user === null || each.user === user)
		);
	}

	anyRelayed(): Relayed[] {
		return this.#log.filter((each): each is Relayed => each.what === 'relayed');
	}

	/** Hosts outside that the device asked over UDP, alone and to the end. */
	askedOutsideOverUdp(): Set<string> {
		const asked = this.#log.filter(
			({ what, transport, step, url }) =>
				(what === 'sent' || what === 'blocked') &&
				transport === 'udp' &&
				step.startsWith('server-gathering') &&
				this.machineOf(url)?.stands === 'outside'
		);
		return new Set(asked.map(({ url }) => placeOf(url).host));
	}

	/** Whether the device's packets to the outside leave its network over UDP; null where none was sent. */
	udpLeaves(): boolean | null {
		const outside = this.#log.filter(
			(each) =>
				each.transport === 'udp' &&
				(each.what === 'sent' || each.what === 'blocked') &&
				this.world.device[each.family] !== null &&
				this.world.broken !== each.family &&
				this.machineAt(each.to.address)?.stands !== 'inside'
		);
		if (outside.length === 0) return null;
		return outside.some(({ what }) => what === 'sent');
	}

	/** Whether anything was sent to that server. */
	sent(url: string, transport?: Transport): boolean {
		return this.at(url).some(
			(each) => (each.what === 'sent' || each.what === 'blocked') && (transport === undefined || each.transport === transport)
		);
	}

	resolved(host: string, family?: Family): boolean {
		return this.#lookups.some(
			(each) => each.name === host && each.found !== null && (family === undefined || each.family === family)
		);
	}

	saw(url: string, what: Logged['what'], family?: Family | 'unknown'): boolean {
		return this.at(url).some(
			(each) => each.what === what && (family === undefined || family === 'unknown' || each.family === family)
		);
	}

	/** Every address and port that servers said they saw this device at. */
	mappedAddresses(family: Family): string[] {
		const found = this.#log.flatMap((each) =>
			each.what === 'heard' && each.mapped !== null && each.family === family ? [each.mapped.address] : []
		);
		return [...new Set(found)];
	}

	machineAt(address: string): Machine | undefined {
		return this.world.machines.find(({ addresses }) => addresses.includes(address));
	}

	machineOf(url: string): Machine | undefined {
		const { host } = placeOf(url);
		return this.world.machines.find(({ name, addresses }) => name === host || addresses.includes(host));
	}
}

export function placeOf(url: string): Place {
	const found = /^(stun|turns?):(\[[^\]]+\]|[^:?]+)(?::(\d+))?(?:\?transport=(\w+))?$/.exec(url);
	if (!found) throw new Error(`${url} is no address of a server.`);
	const [, scheme, host, port, transport] = found;
	return {
		transport: scheme === 'turns' ? 'tls' : transport === 'tcp' ? 'tcp' : 'udp',
		host: host!.replace(/^\[|\]$/g, ''),
		port: Number(port ?? (scheme === 'turns' ? 5349 : 3478))
	};
}

function samePlace(a: Place, b: Place): boolean {
	return a.transport === b.transport && a.host === b.host && a.port === b.port;
}

/** Where a name leads is not known to a page. */
export function isLiteral(url: string): boolean {
	return /^[\d.]+$|:/.test(placeOf(url).host);
}

/** Of the addresses that the worlds use. */
function isPublic(address: string): boolean {
	return !/^(10|172|192\.168|100\.64|fd00)[.:]/.test(address);
}
