import { describe, expect, it } from 'vitest';
import { everySentence as sentence } from '../../../src/lib/core/messages/en/every-sentence';
import { judgeDiscovery, type DiscoveryConclusion } from '../../../src/lib/core/nat/discovery';
import { decodeMessage } from '../../../src/lib/core/stun/message';
import { discover, type DiscoverOptions } from '../../../src/lib/server/nat-client/discover';
import { respond } from '../../../src/lib/server/stun-server';
import { startTurnServer } from '../../../src/lib/server/turn/turn-server';
import type { Endpoint, UdpNet } from '../../../src/lib/server/udp';
import {
	PROFILES,
	profile,
	router,
	type FilteringKind,
	type MappingKind,
	type ProfileName,
	type RouterProfile
} from '../profiles';
import { makeNetwork, type VirtualLink, type VirtualNetwork } from './network';

const SERVER: Endpoint = { address: '203.0.113.10', port: 3478 };
const SERVER_ADDRESSES = ['203.0.113.10', '203.0.113.11'];
const POOL = ['198.51.100.196', '198.51.100.197', '198.51.100.198', '198.51.100.199'];

function clientBehind(network: VirtualNetwork, routers: readonly RouterProfile[]): { net: UdpNet; address: string } {
	const address = routers[0]!.mapping === 'none' ? '198.51.100.18' : '192.168.1.2';
	const places = routers.map((one, i) => ({
		profile: one,
		outside: i < routers.length - 1 ? ['100.64.1.2'] : one.pool ? POOL : ['198.51.100.1']
	}));
	return { net: network.client(address, places), address };
}

async function ourServer(network: VirtualNetwork): Promise<void> {
	const { clock, random } = network;
	const server = await network.clock.run(
		startTurnServer({
			net: network.host(...SERVER_ADDRESSES),
			clock,
			random,
			addresses: SERVER_ADDRESSES,
			alternatePort: 3479,
			tcp: false
		})
	);
	if (!server.ok) throw new Error(server.error.message);
}

interface Setting {
	link?: VirtualLink;
	seed?: number;
	server?: (network: VirtualNetwork) => Promise<void>;
	options?: Partial<DiscoverOptions>;
}

async function measure(
	routers: readonly RouterProfile[],
	{ link, seed, server = ourServer, options }: Setting = {}
): Promise<DiscoveryConclusion> {
	const network = makeNetwork({ link, seed });
	await server(network);
	const { net, address } = clientBehind(network, routers);
	const task = {
		net,
		clock: network.clock,
		random: network.random,
		server: SERVER,
		localAddress: address,
		hairpin: true,
		silencesS: []
	};
	const found = await network.clock.run(discover({ ...task, ...options }));
	if (!found.ok) throw new Error(found.error.message);
	return judgeDiscovery(found.value);
}

const MAPPINGS: MappingKind[] = ['endpoint-independent', 'address-dependent', 'address-and-port-dependent'];
const FILTERINGS: FilteringKind[] = ['endpoint-independent', 'address-dependent', 'address-and-port-dependent'];
const NINE = MAPPINGS.flatMap((mapping) => FILTERINGS.map((filtering) => ({ mapping, filtering })));

const LINKS: { name: string; link: VirtualLink; seeds: number[] }[] = [
	{ name: 'a clean link', link: {}, seeds: [1] },
	{ name: '5 % loss', link: { lossRatio: 0.05 }, seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
	{ name: '150 ms each way', link: { delayMs: 150 }, seeds: [1] },
	{ name: 'jitter that reorders', link: { delayMs: 40, jitterMs: 40 }, seeds: [1, 2, 3] }
];

describe.each(LINKS)('the Node probe names the NAT that was built, over $name', ({ link, seeds }) => {
	it.each(NINE)('$mapping mapping, $filtering filtering', async ({ mapping, filtering }) => {
		for (const seed of seeds) {
			const found = await measure([router({ mapping, filtering, ports: 'random' })], { link, seed });
			expect(found).toMatchObject({ mapping, filtering, hairpin: 'no', findings: [] });
		}
	});
});

/** What the virtual form can build: IPv4 and UDP. */
const VIRTUAL = (Object.keys(PROFILES) as ProfileName[]).filter(
	(name) =>
		profile(name).ipv4 !== null && !['linux-plain', 'stun-rewritten', 'stun-half-rewritten', 'udp-3478-blocked'].includes(name)
);

describe('the profiles of the table', () => {
	it.each(VIRTUAL)('%s', async (name) => {
		const { routers, ipv4 } = profile(name);
		const found = await measure(routers);
		if (ipv4!.mapping === 'blocked') {
			expect(found).toMatchObject({ mapping: 'unknown', filtering: 'unknown' });
			expect(found.findings.map(({ rule }) => rule)).toEqual(['discovery-no-answer']);
			return;
		}
		const hairpin = { yes: 'yes', 'when-opened': 'yes', no: 'no', 'not-applicable': 'not-tested' }[ipv4!.hairpin];
		expect(found).toMatchObject({ mapping: ipv4!.mapping, filtering: ipv4!.filtering, hairpin, findings: [] });
		const patterns = { preserved: 'preserved', remapped: 'random', random: 'random', sequential: 'sequential' } as const;
		expect(found.portPattern).toBe(patterns[ipv4!.ports]);
	});
});

describe('the mapping lifetime', () => {
	it.each([20, 40, 300])('of %i s is met between the silences that surround it', async (lifetimeS) => {
		const silencesS = [10, 19, 21, 39, 41, 120, 299, 301];
		const found = await measure([router({ lifetimeS })], { options: { silencesS } });
		expect(found.lifetime).toEqual({ aliveS: lifetimeS - 1, deadS: lifetimeS + 1 });
	});

	it('is unknown where a server does not lead answers elsewhere', async () => {
		const found = await measure([router({ lifetimeS: 20 })], { server: plainServer, options: { silencesS: [10, 30] } });
		expect(found.lifetime).toEqual({ aliveS: null, deadS: null });
	});
});

/** A server of a single socket, answering with what `attributes` gives. */
function serverThatSays(other: (network: VirtualNetwork) => Endpoint | null, answersAt: Endpoint[] = [SERVER]) {
	return async (network: VirtualNetwork) => {
		const net = network.host(...new Set(answersAt.map(({ address }) => address)));
		for (const at of answersAt) {
			const bound = await net.bind(at.address, at.port);
			if (!bound.ok) throw new Error(bound.error.message);
			bound.value.onMessage((data, from) => {
				const request = decodeMessage(data);
				if (!request.ok) return;
				const announced = other(network);
				const answer = respond(request.value, 'success', [
					['XOR-MAPPED-ADDRESS', from],
					...(announced ? ([['OTHER-ADDRESS', announced]] as const) : [])
				]);
				bound.value.send(answer, from);
			});
		}
	};
}
const plainServer = serverThatSays(() => null);

describe('a server that does not do what it announces', () => {
	const cases: {
		name: string;
		other: Endpoint | null;
		answersAt?: Endpoint[];
		rules: string[];
		filtering: string;
		mapping: string;
	}[] = [
		{ name: 'no other address', other: null, rules: ['discovery-no-other-address'], mapping: 'unknown', filtering: 'unknown' },
		{
			name: 'its own address',
			other: SERVER,
			rules: ['discovery-other-address-is-not-another'],
			mapping: 'unknown',
			filtering: 'unknown'
		},
		{
			name: 'its own address with another port',
			other: { ...SERVER, port: 3479 },
			rules: ['discovery-other-address-is-not-another'],
			mapping: 'unknown',
			filtering: 'unknown'
		},
		{
			name: 'another address with the same port',
			other: { address: '203.0.113.11', port: 3478 },
			rules: ['discovery-other-address-is-not-another'],
			mapping: 'unknown',
			filtering: 'unknown'
		},
		{
			name: 'a private address',
			other: { address: '10.0.0.5', port: 3479 },
			rules: [
				'discovery-other-address-is-private',
				'discovery-other-address-is-silent',
				'discovery-change-not-done',
				'discovery-change-not-done'
			],
			mapping: 'unknown',
			filtering: 'unknown'
		},
		{
			name: 'an address where nobody answers',
			other: { address: '203.0.113.99', port: 3479 },
			rules: ['discovery-other-address-is-silent', 'discovery-change-not-done', 'discovery-change-not-done'],
			mapping: 'unknown',
			filtering: 'unknown'
		},
		{
			name: 'a living address from which it does not answer',
			other: { address: '203.0.113.11', port: 3479 },
			answersAt: [
				SERVER,
				{ ...SERVER, port: 3479 },
				{ address: '203.0.113.11', port: 3478 },
				{ address: '203.0.113.11', port: 3479 }
			],
			rules: ['discovery-change-not-done', 'discovery-change-not-done'],
			mapping: 'endpoint-independent',
			filtering: 'unknown'
		}
	];
	it.each(cases)('$name', async ({ other, answersAt, rules, mapping, filtering }) => {
		const found = await measure([router({ filtering: 'endpoint-independent' })], {
			server: serverThatSays(() => other, answersAt)
		});
		expect(found.findings.map(({ rule }) => rule)).toEqual(rules);
		expect(found).toMatchObject({ mapping, filtering });
		for (const finding of found.findings) expect(sentence(finding)).toContain('203.0.113.10:3478');
	});
});

describe('a virtual network', () => {
	it('passes hours without waiting for them and says when nothing is left to happen', async () => {
		const { clock } = makeNetwork();
		await clock.run(new Promise<void>((resolve) => void clock.setTimer(3_600_000, resolve)));
		expect(clock.nowMs()).toBe(3_600_000);
		await expect(clock.run(new Promise(() => {}))).rejects.toThrow('Nothing left to happen');
	});
});
