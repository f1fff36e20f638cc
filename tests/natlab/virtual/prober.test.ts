import { describe, expect, it } from 'vitest';
import { filteringEvidence, judgeFiltering } from '../../../src/lib/core/nat/filtering-rules';
import type { OpenedSession } from '../../../src/lib/core/nat/prober-messages';
import { indexObservations } from '../../../src/lib/core/observations/observation-index';
import type { Observation, ProberFiltering, ProberMapping } from '../../../src/lib/core/observations/observation';
import { sealMessage, shortTermKey } from '../../../src/lib/core/stun/integrity';
import { METHODS } from '../../../src/lib/core/stun/methods-table';
import { nodeCrypto } from '../../../src/lib/server/node-crypto';
import { startProber, type Prober } from '../../../src/lib/server/nat-prober/prober';
import type { Endpoint } from '../../../src/lib/server/udp';
import { router, type FilteringKind, type MappingKind, type RouterProfile } from '../profiles';
import { makeNetwork, type Packet, type VirtualLink, type VirtualNetwork } from './network';
import { check, openPage, PAGE } from './page';

const ADDRESSES = ['203.0.113.10', '203.0.113.11'];
const CLIENT = '192.168.1.2';
const OUTSIDE = '198.51.100.1';

async function probing({ addresses = ADDRESSES, link, seed }: { addresses?: string[]; link?: VirtualLink; seed?: number } = {}) {
	const network = makeNetwork({ link, seed });
	const { clock, random } = network;
	const started = await clock.run(
		startProber({ addresses, ports: [3488, 3489], net: network.host(...addresses), clock, random })
	);
	if (!started.ok) throw new Error(started.error.message);
	return { network, prober: started.value };
}

function opened(prober: Prober, kind: 'filtering' | 'mapping' = 'filtering', client = OUTSIDE): OpenedSession {
	const session = prober.open(kind, 'ipv4', PAGE, client);
	if (!session.ok) throw new Error(session.error);
	return session.value;
}

async function measure(profile: RouterProfile, kind: 'filtering' | 'mapping', setting: Parameters<typeof probing>[0] = {}) {
	const { network, prober } = await probing(setting);
	const session = opened(prober, kind);
	const open = profile.mapping === 'none';
	const net = network.client(open ? '198.51.100.18' : CLIENT, [{ profile, outside: [OUTSIDE] }]);
	await network.clock.run(openPage(network, net, open ? '198.51.100.18' : CLIENT, session.own, session.candidates));
	return { network, prober, result: await network.clock.run(prober.result(session.id)) };
}

function judged(data: ProberFiltering) {
	const observation = { probe: 'nat-filtering', outcome: { state: 'seen', data } } as unknown as Observation;
	return judgeFiltering(filteringEvidence(indexObservations([observation]), 'ipv4', 'unknown')).filtering;
}

const MAPPINGS: MappingKind[] = ['endpoint-independent', 'address-dependent', 'address-and-port-dependent'];
const FILTERINGS: FilteringKind[] = ['endpoint-independent', 'address-dependent', 'address-and-port-dependent'];
const NINE = MAPPINGS.flatMap((mapping) => FILTERINGS.map((filtering) => ({ mapping, filtering })));

describe.each([
	{ name: 'a clean link', link: {}, seeds: [1] },
	{ name: '5 % loss', link: { lossRatio: 0.05 }, seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
	{ name: '150 ms each way', link: { delayMs: 150 }, seeds: [1, 2] },
	{ name: 'jitter that reorders', link: { delayMs: 40, jitterMs: 40 }, seeds: [1, 2, 3] }
])('the prober determines the filtering over $name', ({ link, seeds }) => {
	it.each(NINE)('$mapping mapping, $filtering filtering', async ({ mapping, filtering }) => {
		for (const seed of seeds) {
			const { result } = await measure(router({ mapping, filtering, ports: 'random' }), 'filtering', { link, seed });
			expect(judged(result as ProberFiltering)).toBe(filtering);
		}
	});

	it.each(FILTERINGS)('no NAT, %s filtering', async (filtering) => {
		const { result } = await measure(router({ mapping: 'none', filtering }), 'filtering', { link });
		expect(judged(result as ProberFiltering)).toBe(filtering);
	});
});

it('never reports a wrong class at 20 % loss each way, and rarely none', async () => {
	let unknown = 0;
	for (const filtering of FILTERINGS) {
		for (let seed = 1; seed <= 20; seed++) {
			const { result } = await measure(router({ filtering }), 'filtering', { link: { lossRatio: 0.2 }, seed });
			const said = judged(result as ProberFiltering);
			if (said === 'unknown') unknown++;
			else expect([seed, said]).toEqual([seed, filtering]);
		}
	}
	expect(unknown).toBeLessThan(4);
});

describe('the prober determines the mapping', () => {
	it.each(MAPPINGS)('%s', async (mapping) => {
		const { result } = await measure(router({ mapping, ports: 'random' }), 'mapping');
		const from = (result as ProberMapping).seen.map(({ from }) => from!.port);
		const [same, otherPort, otherAddress, otherBoth] = from;
		expect(new Set(from).size).toBe(
			{ 'endpoint-independent': 1, 'address-dependent': 2, 'address-and-port-dependent': 4, none: 1 }[mapping]
		);
		if (mapping === 'address-dependent') expect([same, otherAddress]).toEqual([otherPort, otherBoth]);
	});

	it('determines the mapping without sending a byte', async () => {
		const { prober } = await measure(router(), 'mapping');
		expect(prober.stats()).toMatchObject({ bytesOut: 0, packetsOut: 0 });
	});
});

describe('with one address the prober', () => {
	it.each([
		['endpoint-independent', 'unknown'],
		['address-dependent', 'unknown'],
		['address-and-port-dependent', 'address-and-port-dependent']
	] as const)('takes %s for %s', async (filtering, says) => {
		const { result } = await measure(router({ filtering }), 'filtering', { addresses: [ADDRESSES[0]!] });
		expect(judged(result as ProberFiltering)).toBe(says);
	});
});

it('ends a session whose page’s packets do not arrive, without a class', async () => {
	const { result, network } = await measure(router({ egress: 'no-udp' }), 'filtering');
	expect(result).toMatchObject({ mapped: null, proven: false });
	expect(network.clock.nowMs()).toBeLessThanOrEqual(3100);
});

/** What the prober sent to an address, and what came from there. */
function traffic(network: VirtualNetwork, address: string) {
	const size = (packets: Packet[]) => packets.reduce((all, { data }) => all + data.length, 0);
	const mine = (from: Endpoint) => ADDRESSES.includes(from.address);
	const out = network.crossed.filter(({ source, target }) => mine(source) && target.address === address);
	const into = network.crossed.filter(({ source, target }) => mine(target) && source.address === address);
	return { out: size(out), in: size(into), packetsOut: out.length, packetsIn: into.length };
}

describe('attacks on the prober', () => {
	const VICTIM = '198.51.100.77';
	const TO = { address: ADDRESSES[0]!, port: 3488 };

	/** The attacker can write any source address; the victim's answers do not come back to it. */
	async function attack(
		send: (context: {
			network: VirtualNetwork;
			prober: Prober;
			forge: (data: Uint8Array, to?: Endpoint) => void;
		}) => Promise<void> | void
	) {
		const { network, prober } = await probing();
		const victim = await network.clock.run(network.host(VICTIM).bind(VICTIM, 5000));
		if (!victim.ok) throw new Error(victim.error.message);
		const forge = (data: Uint8Array, to = TO) => victim.value.send(data, to);
		await send({ network, prober, forge });
		await network.clock.run(new Promise<void>((resolve) => void network.clock.setTimer(20_000, resolve)));
		return { network, prober, ...traffic(network, VICTIM) };
	}

	it('does not answer garbage, plain STUN, unknown user names or TURN requests', async () => {
		const { packetsOut, prober } = await attack(({ network, forge }) => {
			const id = () => network.random.bytes(12);
			for (let i = 0; i < 200; i++) {
				forge(network.random.bytes(1 + (i % 120)));
				forge(
					sealMessage({ method: METHODS.Binding, class: 'request', transactionId: id(), attributes: [] }, { fingerprint: true })
				);
				forge(sealMessage({ method: METHODS.Allocate, class: 'request', transactionId: id(), attributes: [] }, {}));
				forge(check({ ufrag: 'nobody', pwd: 'x'.repeat(24) }, id()));
			}
		});
		expect(packetsOut).toBe(0);
		expect(prober.stats()).toMatchObject({ sessions: 0, pending: 0, bytesOut: 0 });
	});

	it('does not answer a session’s user name with a wrong password, another page’s name or without a valid fingerprint', async () => {
		const { packetsOut } = await attack(({ network, prober, forge }) => {
			const { own } = opened(prober);
			const id = () => network.random.bytes(12);
			const right = { kind: 'sha1', key: shortTermKey(own.pwd), crypto: nodeCrypto } as const;
			const request = {
				method: METHODS.Binding,
				class: 'request',
				transactionId: id(),
				attributes: [['USERNAME', `${own.ufrag}:${PAGE.ufrag}`]]
			} as const;
			for (let i = 0; i < 50; i++) {
				forge(check({ ...own, pwd: own.pwd.slice(1) + 'A' }, id()));
				forge(check(own, id(), { ...PAGE, ufrag: 'else' }));
				forge(sealMessage(request, { integrity: right }));
				const broken = check(own, id());
				broken[broken.length - 1]! ^= 1;
				forge(broken);
			}
		});
		expect(packetsOut).toBe(0);
	});

	it('sends a forged source few packets and never more bytes than came from it', async () => {
		const {
			out,
			in: into,
			packetsOut,
			packetsIn
		} = await attack(({ network, prober, forge }) => {
			const { own } = opened(prober);
			for (let i = 0; i < 500; i++) forge(check(own, network.random.bytes(12)));
		});
		expect(packetsOut).toBeGreaterThan(0);
		expect(packetsOut).toBeLessThanOrEqual(12);
		expect(packetsOut).toBeLessThanOrEqual(packetsIn);
		expect(out).toBeLessThanOrEqual(into);
	});

	it('does not answer a check that is shorter than its own request', async () => {
		const { packetsOut } = await attack(({ network, prober, forge }) => {
			const long = { ufrag: 'p'.repeat(32), pwd: PAGE.pwd };
			const session = prober.open('filtering', 'ipv4', long, OUTSIDE);
			if (!session.ok) throw new Error(session.error);
			const { own } = session.value;
			const short = {
				method: METHODS.Binding,
				class: 'request',
				transactionId: network.random.bytes(12),
				attributes: [['USERNAME', `${own.ufrag}:${long.ufrag}`]]
			} as const;
			// Without PRIORITY and role it is shorter than anything we would send.
			forge(
				sealMessage(short, { integrity: { kind: 'sha1', key: shortTermKey(own.pwd), crypto: nodeCrypto }, fingerprint: true })
			);
		});
		expect(packetsOut).toBe(0);
	});

	it('ignores a replayed check from another address: one source for a session', async () => {
		const { network, prober } = await probing();
		const session = opened(prober);
		const net = network.client(CLIENT, [{ profile: router(), outside: [OUTSIDE] }]);
		await network.clock.run(openPage(network, net, CLIENT, session.own, session.candidates));
		const replayer = await network.clock.run(network.host(VICTIM).bind(VICTIM, 5000));
		if (!replayer.ok) throw new Error(replayer.error.message);
		network.clock.setTimer(30, () => {
			const first = network.crossed.find(({ target }) => target.address === ADDRESSES[0])!;
			for (let i = 0; i < 100; i++) replayer.value.send(first.data, TO);
		});
		const result = (await network.clock.run(prober.result(session.id))) as ProberFiltering;
		expect(result.mapped?.address).toBe(OUTSIDE);
		expect(traffic(network, VICTIM).packetsOut).toBe(0);
	});

	it('does not take forged answers for proof of an address', async () => {
		const {
			packetsOut,
			out,
			in: into
		} = await attack(({ network, prober, forge }) => {
			const { own } = opened(prober);
			forge(check(own, network.random.bytes(12)));
			for (let i = 0; i < 300; i++) {
				forge(
					sealMessage({ method: METHODS.Binding, class: 'success', transactionId: network.random.bytes(12), attributes: [] }, {})
				);
			}
		});
		expect(packetsOut).toBe(1);
		expect(out).toBeLessThanOrEqual(into);
	});

	it.each(FILTERINGS)('sends a proven source fewer than twice its bytes with %s filtering', async (filtering) => {
		const { network } = await measure(router({ filtering }), 'filtering');
		const { out, in: into, packetsOut } = traffic(network, OUTSIDE);
		expect(out).toBeGreaterThan(0);
		expect(out).toBeLessThan(2 * into);
		expect(packetsOut).toBeLessThanOrEqual(60);
	});

	it('sends a proven source that falls silent at most twice its bytes', async () => {
		const { network, prober } = await probing();
		const session = opened(prober);
		const net = network.client(CLIENT, [{ profile: router(), outside: [OUTSIDE] }]);
		const page = await network.clock.run(openPage(network, net, CLIENT, session.own, session.candidates));
		network.clock.setTimer(20, () => {
			page.stop();
			page.socket.close();
		});
		await network.clock.run(prober.result(session.id));
		const { out, in: into } = traffic(network, OUTSIDE);
		expect(out).toBeLessThan(2 * into);
	});

	it('limits the sessions of one client and of all, and ends each', async () => {
		const { network, prober } = await probing();
		const open = (client: string) => prober.open('filtering', 'ipv4', PAGE, client);
		const one = Array.from({ length: 30 }, () => open('198.51.100.1'));
		expect(one.filter(({ ok }) => ok).length).toBeLessThanOrEqual(12);
		expect(one.at(-1)).toEqual({ ok: false, error: 'busy' });
		const many = Array.from({ length: 400 }, (_, i) => open(`198.51.${100 + (i % 100)}.${i % 250}`));
		expect(many.filter(({ ok }) => ok).length).toBeLessThanOrEqual(200);
		expect(prober.stats().sessions).toBeLessThanOrEqual(200);
		await network.clock.run(new Promise<void>((resolve) => void network.clock.setTimer(16_000, resolve)));
		expect(prober.stats()).toMatchObject({ sessions: 0, pending: 0 });
		expect(open('198.51.100.1').ok).toBe(true);
	});

	it.each([
		['too short a ufrag', { ufrag: 'abc', pwd: PAGE.pwd }],
		['too long a ufrag', { ufrag: 'a'.repeat(33), pwd: PAGE.pwd }],
		['a colon', { ufrag: 'ab:cd', pwd: PAGE.pwd }],
		['too short a password', { ufrag: PAGE.ufrag, pwd: 'short' }],
		['a password with a line break', { ufrag: PAGE.ufrag, pwd: `${PAGE.pwd}\r\n` }],
		['no text', { ufrag: 4711, pwd: null }]
	])('refuses credentials with %s', async (_name, page) => {
		const { prober } = await probing();
		expect(prober.open('filtering', 'ipv4', page, OUTSIDE)).toEqual({ ok: false, error: 'bad-credentials' });
	});

	it('limits what it sends in all sessions together', async () => {
		const { network, prober } = await probing();
		const before = network.clock.nowMs();
		const victim = await network.clock.run(network.host(VICTIM).bind(VICTIM, 5000));
		if (!victim.ok) throw new Error(victim.error.message);
		for (let i = 0; i < 190; i++) {
			const session = prober.open('filtering', 'ipv4', PAGE, `198.51.${100 + (i % 100)}.${i % 250}`);
			if (!session.ok) throw new Error(session.error);
			for (let j = 0; j < 20; j++) victim.value.send(check(session.value.own, network.random.bytes(12)), TO);
		}
		await network.clock.run(new Promise<void>((resolve) => void network.clock.setTimer(1000, resolve)));
		const seconds = 1 + (network.clock.nowMs() - before) / 1000;
		expect(prober.stats().bytesOut).toBeLessThanOrEqual(250_000 * seconds);
		const { out, in: into } = traffic(network, VICTIM);
		expect(out).toBeLessThanOrEqual(into);
	});

	it('does not grow in memory under a flood of forged sources', async () => {
		const { network, prober } = await probing();
		const { own } = opened(prober);
		const socket = await network.clock.run(network.host(VICTIM).bind(VICTIM, 5000));
		if (!socket.ok) throw new Error(socket.error.message);
		for (let round = 0; round < 20; round++) {
			for (let i = 0; i < 250; i++) {
				socket.value.send(check({ ufrag: `u${i}${round}`, pwd: own.pwd }, network.random.bytes(12)), TO);
				socket.value.send(check(own, network.random.bytes(12)), TO);
			}
			await network.clock.run(new Promise<void>((resolve) => void network.clock.setTimer(50, resolve)));
			expect(prober.stats().pending).toBeLessThanOrEqual(60);
			expect(prober.stats().sessions).toBe(1);
		}
	});

	it('counts an IPv6 client by its /64, not by its address', async () => {
		const { prober } = await probing();
		const all = Array.from({ length: 30 }, (_, i) =>
			prober.open('filtering', 'ipv4', PAGE, `2001:db8:5::${(i + 1).toString(16)}`)
		);
		expect(all.filter(({ ok }) => ok).length).toBeLessThanOrEqual(12);
	});

	it('ends a session in which nothing is proven after three seconds, and ignores its keys from then on', async () => {
		const { network, prober } = await probing();
		const { own, id } = opened(prober);
		await network.clock.run(prober.result(id));
		expect(network.clock.nowMs()).toBeLessThanOrEqual(3100);
		const late = await network.clock.run(network.host(VICTIM).bind(VICTIM, 5000));
		if (!late.ok) throw new Error(late.error.message);
		for (let i = 0; i < 50; i++) late.value.send(check(own, network.random.bytes(12)), TO);
		await network.clock.run(new Promise<void>((resolve) => void network.clock.setTimer(500, resolve)));
		expect(traffic(network, VICTIM).packetsOut).toBe(0);
	});

	it('gives out a result once', async () => {
		const { network, prober } = await probing();
		const { id } = opened(prober);
		expect(await network.clock.run(prober.result(id))).not.toBeNull();
		expect(await network.clock.run(prober.result(id))).toBeNull();
		expect(await network.clock.run(prober.result('guessed'))).toBeNull();
	});

	it('sends nothing in a session for the mapping, whoever writes with its keys', async () => {
		const { packetsOut, prober } = await attack(({ network, prober, forge }) => {
			const { own, candidates } = opened(prober, 'mapping');
			for (let i = 0; i < 200; i++) for (const to of candidates) forge(check(own, network.random.bytes(12)), to);
		});
		expect(packetsOut).toBe(0);
		expect(prober.stats()).toMatchObject({ bytesOut: 0, packetsOut: 0 });
	});
});
