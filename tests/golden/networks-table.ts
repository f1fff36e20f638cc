/** Kinds of network and of server lists that people have, described for make-observations; with what must be concluded. */
import type { Question, QuestionAnswers, Verdict } from '../../src/lib/core/verdict/conclusion';
import type { Endpoint, Network, Server } from './network';

const HOME = { address: '192.168.1.2', family: 'ipv4' } as const;
const HOME6 = { address: '2001:db8:1::2', family: 'ipv6' } as const;
const PUBLIC = '198.51.100.1';

type Nat = Network['nat'];
/** What a device has itself is what others see. */
const none: Nat = (family, port) => ({ address: family === 'ipv4' ? PUBLIC : HOME6.address, port });
const endpointIndependent: Nat = (family, port) =>
	family === 'ipv6' ? none(family, port, NOWHERE, 0) : { address: PUBLIC, port };
const remapped: Nat = (_, port) => ({ address: PUBLIC, port: 10_000 + ((port * 7919) % 10_000) });
const perEndpoint: Nat = (_, port, to) => ({ address: PUBLIC, port: 1024 + (hash(`${port} ${to.address} ${to.port}`) % 60_000) });
const perAddress: Nat = (_, port, to) => ({ address: PUBLIC, port: 1024 + (hash(`${port} ${to.address}`) % 60_000) });
const counting: Nat = (_, __, ___, nth) => ({ address: PUBLIC, port: 20_000 + nth });
const moved: Nat = (_, port) => ({ address: PUBLIC, port: port - 1000 });
const pooled: Nat = (_, port, to) => ({
	address: `198.51.100.${11 + (hash(to.address) % 4)}`,
	port: 1024 + (hash(`${port} ${to.address}`) % 60_000)
});
const onLoopback: Nat = (_, port) => ({ address: '127.0.0.1', port });
const homeWithOwnServer: Nat = (...packet) =>
	packet[2].address.startsWith('127.') ? onLan(...packet) : endpointIndependent(...packet);
const onPublicAddress: Nat = (_, port) => ({ address: '203.0.113.77', port });
const onLan: Nat = (_, port) => ({ address: '192.168.1.2', port });
const NOWHERE: Endpoint = { address: '203.0.113.1', port: 1 };

function hash(text: string): number {
	let h = 2_166_136_261;
	for (const c of text) h = Math.imul(h ^ c.charCodeAt(0), 16_777_619) >>> 0;
	return h;
}

const STUN_A: Server = { url: 'stun:203.0.113.10:3478' };
const STUN_A2: Server = { url: 'stun:203.0.113.10:3479' };
const STUN_B: Server = { url: 'stun:203.0.113.20:3478' };
const TURN_UDP: Server = { url: 'turn:203.0.113.10:3478?transport=udp' };
const TURN_TCP: Server = { url: 'turn:203.0.113.10:3478?transport=tcp' };
const TURN_TLS: Server = { url: 'turns:turn.example.org:443?transport=tcp', at: ['203.0.113.10'] };
const NAMED: Server = { url: 'stun:stun.example.org', at: ['203.0.113.10'] };
const NAMED_ELSEWHERE: Server = { url: 'stun:stun.example.net', at: ['203.0.113.20'] };
const LOCAL: Server[] = [
	{ url: 'stun:127.0.0.1:3478' },
	{ url: 'turn:127.0.0.1:3478?transport=udp' },
	{ url: 'turn:127.0.0.1:3478?transport=tcp' }
];

export interface Case {
	name: string;
	network: Network;
	expect: {
		says: Partial<QuestionAnswers>;
		/** The first reason of an answer. */
		rules?: Partial<Record<Question, string>>;
		verdict: Verdict;
		/** The rule of the headline, and its sentence. */
		headline?: string;
		verdictSaid?: string;
		mapping?: string;
		mappingRule?: string;
		mapping6?: string;
		filtering?: string;
		filteringRule?: string;
		/** Classes of peers that a direct call reaches; the others it does not, or that is not known. */
		direct?: string[];
		ports?: string;
		layers?: string;
		/** States of the servers table, in its order. */
		states?: string[];
		/** Findings other than the normal ones, by rule. */
		findings?: string[];
	};
}

const ALL = [STUN_A, STUN_B, TURN_UDP, TURN_TCP, TURN_TLS];
const home = { devices: [HOME] };

const ALL_WITH_UDP = ['open', 'firewall', 'full-cone', 'address-restricted', 'port-restricted', 'address-dependent', 'symmetric'];

export const CASES: readonly Case[] = [
	{
		name: 'home router, all servers work',
		network: { ...home, nat: endpointIndependent, servers: ALL },
		expect: {
			says: { 'udp-usable': 'yes', 'turn-works': 'yes', 'needs-turn': 'unknown', 'calls-will-work': 'with-turn' },
			verdict: 'with-turn',
			mapping: 'endpoint-independent',
			mappingRule: 'mapping-agrees-host-hidden',
			ports: 'preserved',
			layers: 'unknown',
			states: ['works', 'works', 'works', 'works', 'works'],
			findings: []
		}
	},
	{
		name: 'home router, microphone allowed',
		network: { ...home, microphone: true, nat: remapped, servers: ALL },
		expect: {
			says: { 'udp-usable': 'yes', 'ipv6-usable': 'no' },
			verdict: 'with-turn',
			mapping: 'endpoint-independent',
			mappingRule: 'mapping-agrees',
			ports: 'random',
			layers: 'unknown'
		}
	},
	{
		name: 'two interfaces behind one router, microphone allowed',
		network: {
			devices: [
				{ address: '192.168.1.2', family: 'ipv4' },
				{ address: '192.168.7.2', family: 'ipv4' }
			],
			microphone: true,
			nat: remapped,
			servers: ALL
		},
		expect: {
			says: { 'udp-usable': 'yes' },
			verdict: 'with-turn',
			mapping: 'endpoint-independent',
			findings: []
		}
	},
	{
		name: 'public address, microphone allowed',
		network: { devices: [{ address: PUBLIC, family: 'ipv4' }], microphone: true, nat: none, servers: ALL },
		expect: {
			says: { 'udp-usable': 'yes', 'needs-turn': 'unknown' },
			verdict: 'with-turn',
			mapping: 'none',
			layers: 'none',
			states: ['works', 'works', 'works', 'works', 'works']
		}
	},
	{
		name: 'public address, and a server at the one beside it',
		network: {
			devices: [{ address: PUBLIC, family: 'ipv4' }],
			nat: none,
			servers: [{ url: `stun:${PUBLIC.replace(/\d+$/, (last) => String(Number(last) + 2))}:3478` }]
		},
		expect: {
			says: { 'udp-usable': 'unknown', 'needs-turn': 'unknown', 'calls-will-work': 'unknown' },
			rules: { 'udp-usable': 'udp-answered-from-somewhere' },
			verdict: 'unknown'
		}
	},
	{
		name: 'symmetric NAT, two addresses and two ports, Chromium',
		network: { ...home, nat: perEndpoint, servers: [STUN_A, STUN_A2, STUN_B, TURN_TCP] },
		expect: {
			says: { 'needs-turn': 'for-some-peers', 'calls-will-work': 'with-turn' },
			verdict: 'with-turn',
			mapping: 'address-and-port-dependent',
			ports: 'random'
		}
	},
	{
		name: 'symmetric NAT, two addresses and two ports, Firefox',
		network: { ...home, engine: 'firefox', nat: perEndpoint, servers: [STUN_A, STUN_A2, STUN_B] },
		expect: {
			says: { 'needs-turn': 'for-some-peers', 'turn-works': 'no-turn-configured', 'calls-will-work': 'unknown' },
			verdict: 'with-turn',
			mapping: 'address-and-port-dependent'
		}
	},
	{
		name: 'symmetric NAT, two addresses only',
		network: { ...home, nat: perEndpoint, servers: [STUN_A, STUN_B] },
		expect: { says: { 'needs-turn': 'for-some-peers' }, verdict: 'with-turn', mapping: 'endpoint-dependent' }
	},
	{
		name: 'symmetric NAT, two servers by name',
		network: { ...home, nat: perEndpoint, servers: [NAMED, NAMED_ELSEWHERE] },
		expect: { says: { 'needs-turn': 'for-some-peers' }, verdict: 'with-turn', mapping: 'endpoint-dependent' }
	},
	{
		name: 'address-dependent mapping',
		network: { ...home, nat: perAddress, servers: [STUN_A, STUN_A2, STUN_B] },
		expect: { says: { 'needs-turn': 'for-some-peers' }, verdict: 'with-turn', mapping: 'address-dependent' }
	},
	{
		name: 'counting NAT',
		network: { ...home, nat: counting, servers: [STUN_A, STUN_B] },
		expect: { says: { 'needs-turn': 'for-some-peers' }, verdict: 'with-turn', mapping: 'endpoint-dependent', ports: 'sequential' }
	},
	{
		name: 'pool of public addresses',
		network: { ...home, nat: pooled, servers: [STUN_A, STUN_B] },
		expect: {
			says: { 'needs-turn': 'for-some-peers' },
			verdict: 'with-turn',
			mapping: 'endpoint-dependent',
			findings: ['several-public-addresses']
		}
	},
	{
		name: 'full cone',
		network: { ...home, nat: endpointIndependent, servers: ALL, filtering: 'endpoint-independent' },
		expect: {
			says: { 'needs-turn': 'never', 'calls-will-work': 'yes' },
			verdict: 'direct',
			mapping: 'endpoint-independent',
			filtering: 'endpoint-independent',
			direct: ALL_WITH_UDP
		}
	},
	{
		name: 'address-restricted cone',
		network: { ...home, nat: endpointIndependent, servers: ALL, filtering: 'address-dependent' },
		expect: {
			says: { 'needs-turn': 'never', 'calls-will-work': 'yes' },
			verdict: 'direct',
			filtering: 'address-dependent',
			direct: ALL_WITH_UDP
		}
	},
	{
		name: 'port-restricted cone',
		network: { ...home, nat: endpointIndependent, servers: ALL, filtering: 'address-and-port-dependent' },
		expect: {
			says: { 'needs-turn': 'for-some-peers', 'calls-will-work': 'with-turn' },
			verdict: 'with-turn',
			filtering: 'address-and-port-dependent',
			direct: ['open', 'firewall', 'full-cone', 'address-restricted', 'port-restricted']
		}
	},
	{
		name: 'port-restricted cone, no relay carries data',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [STUN_B, { ...TURN_UDP, carries: [] }],
			filtering: 'address-and-port-dependent'
		},
		expect: { says: { 'needs-turn': 'for-some-peers', 'calls-will-work': 'unknown' }, verdict: 'with-turn' }
	},
	{
		name: 'public address, nothing filtered',
		network: {
			devices: [{ address: PUBLIC, family: 'ipv4' }],
			microphone: true,
			nat: none,
			servers: ALL,
			filtering: 'endpoint-independent'
		},
		expect: { says: { 'needs-turn': 'never' }, verdict: 'direct', mapping: 'none', direct: ALL_WITH_UDP }
	},
	{
		name: 'public address behind a firewall',
		network: {
			devices: [{ address: PUBLIC, family: 'ipv4' }],
			microphone: true,
			nat: none,
			servers: ALL,
			filtering: 'address-and-port-dependent'
		},
		expect: {
			says: { 'needs-turn': 'for-some-peers' },
			verdict: 'with-turn',
			mapping: 'none',
			direct: ['open', 'firewall', 'full-cone', 'address-restricted', 'port-restricted']
		}
	},
	{
		name: 'symmetric NAT, filtering known',
		network: { ...home, nat: perEndpoint, servers: [STUN_A, STUN_A2, STUN_B, TURN_UDP], filtering: 'address-and-port-dependent' },
		expect: {
			says: { 'needs-turn': 'for-some-peers' },
			verdict: 'with-turn',
			mapping: 'address-and-port-dependent',
			filtering: 'address-and-port-dependent',
			direct: ['open', 'full-cone', 'address-restricted']
		}
	},
	{
		name: 'one TURN server alone, strict filter',
		network: { ...home, nat: endpointIndependent, servers: [TURN_UDP], filtering: 'address-and-port-dependent' },
		expect: {
			says: { 'needs-turn': 'unknown' },
			verdict: 'with-turn',
			mapping: 'unknown',
			filtering: 'address-and-port-dependent',
			direct: ['open', 'full-cone', 'address-restricted']
		}
	},
	{
		name: 'two ports of one address, filter that is not the strictest',
		network: { ...home, nat: endpointIndependent, servers: [STUN_A2, TURN_UDP], filtering: 'address-dependent' },
		expect: {
			says: { 'needs-turn': 'unknown' },
			verdict: 'with-turn',
			filtering: 'unknown',
			filteringRule: 'filtering-not-by-port'
		}
	},
	{
		name: 'filtering test whose control fails',
		network: { ...home, nat: endpointIndependent, servers: ALL, filtering: 'relay-is-deaf' },
		expect: {
			says: { 'needs-turn': 'unknown' },
			verdict: 'with-turn',
			filtering: 'unknown',
			filteringRule: 'filtering-inconclusive'
		}
	},
	{
		name: 'IPv6 alone, the IPv4 servers are silent',
		network: {
			devices: [HOME6],
			nat: none,
			servers: [{ ...STUN_A, does: 'silent' }, { url: 'stun:[2001:db8:f::10]:3478' }, { url: 'stun:[2001:db8:f::20]:3478' }]
		},
		expect: { says: { 'needs-turn': 'for-some-peers' }, verdict: 'with-turn', direct: ['ipv6-only'] }
	},
	{
		name: 'one STUN server only',
		network: { ...home, nat: endpointIndependent, servers: [STUN_A] },
		expect: {
			says: { 'udp-usable': 'yes', 'turn-works': 'no-turn-configured', 'needs-turn': 'unknown', 'calls-will-work': 'unknown' },
			verdict: 'unknown',
			mapping: 'unknown',
			mappingRule: 'mapping-one-observer'
		}
	},
	{
		name: 'two ports of one address',
		network: { ...home, nat: endpointIndependent, servers: [STUN_A, STUN_A2] },
		expect: {
			says: { 'needs-turn': 'unknown' },
			verdict: 'unknown',
			mapping: 'unknown',
			mappingRule: 'mapping-one-address-agrees'
		}
	},
	{
		name: 'two names of one operator agree',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [NAMED, { url: 'stun:stun2.example.org:3478', at: ['203.0.113.10'] }]
		},
		expect: {
			says: { 'needs-turn': 'unknown' },
			verdict: 'unknown',
			mapping: 'unknown',
			mappingRule: 'mapping-observers-may-be-one'
		}
	},
	{
		name: 'two names of two operators agree, no TURN',
		network: { ...home, nat: endpointIndependent, servers: [NAMED, NAMED_ELSEWHERE] },
		expect: {
			says: { 'needs-turn': 'unknown', 'calls-will-work': 'unknown' },
			verdict: 'unknown',
			mapping: 'endpoint-independent'
		}
	},
	{
		name: 'mapping gathering unfinished',
		network: { ...home, nat: endpointIndependent, servers: [STUN_A, STUN_B], mapping: 'unfinished' },
		expect: { says: { 'needs-turn': 'unknown' }, verdict: 'unknown', mapping: 'unknown', mappingRule: 'mapping-unfinished' }
	},
	{
		name: 'mapping gathering never complete, waited long',
		network: { ...home, nat: endpointIndependent, servers: [STUN_A, STUN_B], mapping: 'waited' },
		expect: { says: { 'needs-turn': 'unknown' }, verdict: 'unknown', mapping: 'endpoint-independent' }
	},
	{
		name: 'mapping gathering never complete, waited long by a page that stood still',
		network: { ...home, nat: endpointIndependent, servers: [STUN_A, STUN_B], mapping: 'waited', stoodStill: 0.7 },
		expect: { says: { 'needs-turn': 'unknown' }, verdict: 'unknown', mapping: 'unknown', mappingRule: 'mapping-unfinished' }
	},
	{
		name: 'mapping not asked',
		network: { ...home, nat: endpointIndependent, servers: [STUN_A, STUN_B], mapping: 'not-run' },
		expect: {
			says: { 'needs-turn': 'unknown' },
			verdict: 'unknown',
			mapping: 'unknown',
			mappingRule: 'mapping-not-asked-together'
		}
	},
	{
		name: 'one dead server among three',
		network: { ...home, nat: endpointIndependent, servers: [STUN_A, { ...STUN_B, does: 'silent' }, TURN_UDP] },
		expect: {
			says: { 'udp-usable': 'yes', 'turn-works': 'yes', 'calls-will-work': 'with-turn' },
			verdict: 'with-turn',
			mapping: 'unknown',
			mappingRule: 'mapping-one-observer',
			states: ['works', 'unreachable', 'works'],
			findings: ['server-silent', 'silent-server-delays']
		}
	},
	{
		name: 'UDP blocked, TURN over TCP and TLS works relay to relay',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [
				{ ...STUN_A, does: 'silent' },
				{ ...STUN_B, does: 'silent' },
				{ ...TURN_UDP, does: 'silent' },
				{ ...TURN_TCP, carries: ['self'] },
				{ ...TURN_TLS, carries: ['self'] }
			]
		},
		expect: {
			says: { 'udp-usable': 'no', 'turn-works': 'partly', 'needs-turn': 'always', 'calls-will-work': 'with-turn' },
			verdict: 'turn-always',
			mapping: 'unknown',
			mappingRule: 'mapping-no-observer',
			states: ['unreachable', 'unreachable', 'unreachable', 'works', 'works'],
			findings: ['udp-blocked', 'udp-tested-on-one-port']
		}
	},
	{
		name: 'the same silence while the page stood still for most of the time',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [
				{ ...STUN_A, does: 'silent' },
				{ ...STUN_B, does: 'silent' },
				{ ...TURN_UDP, does: 'silent' },
				{ ...TURN_TCP, carries: ['self'] },
				{ ...TURN_TLS, carries: ['self'] }
			],
			stoodStill: 0.7
		},
		expect: {
			says: { 'udp-usable': 'unknown', 'needs-turn': 'unknown' },
			verdict: 'with-turn',
			mapping: 'unknown',
			mappingRule: 'mapping-no-observer',
			states: ['unknown', 'unknown', 'unknown', 'works', 'works'],
			findings: []
		}
	},
	{
		name: 'UDP blocked, no TURN, the app is outside',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [
				{ ...STUN_A, does: 'silent' },
				{ ...STUN_B, does: 'silent' }
			],
			app: { url: 'https://icelens.example.org/api/echo', clientAddress: PUBLIC }
		},
		expect: {
			says: { 'udp-usable': 'no', 'turn-works': 'no-turn-configured', 'needs-turn': 'always', 'calls-will-work': 'no' },
			verdict: 'fails',
			findings: ['udp-blocked', 'udp-tested-on-one-port']
		}
	},
	{
		name: 'UDP blocked, TURN over TCP refuses the password',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [
				{ ...STUN_A, does: 'silent' },
				{ ...STUN_B, does: 'silent' },
				{ ...TURN_TCP, does: { code: 401, text: 'Unauthorized.' } }
			]
		},
		expect: {
			says: { 'udp-usable': 'no', 'turn-works': 'no', 'needs-turn': 'always', 'calls-will-work': 'no' },
			verdict: 'fails',
			states: ['unreachable', 'unreachable', 'unauthorized'],
			findings: ['udp-blocked', 'server-unauthorized', 'udp-tested-on-one-port']
		}
	},
	{
		name: 'UDP blocked, TURN over TCP allocates and is not proven',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [
				{ ...STUN_A, does: 'silent' },
				{ ...STUN_B, does: 'silent' },
				{ ...TURN_TCP, carries: null }
			]
		},
		expect: {
			says: { 'udp-usable': 'no', 'turn-works': 'unknown', 'needs-turn': 'always', 'calls-will-work': 'unknown' },
			verdict: 'turn-always',
			states: ['unreachable', 'unreachable', 'allocates-only']
		}
	},
	{
		name: 'one silent server and nothing else',
		network: { ...home, nat: endpointIndependent, servers: [{ ...STUN_A, does: 'silent' }] },
		expect: {
			says: { 'udp-usable': 'unknown', 'calls-will-work': 'unknown' },
			verdict: 'unknown',
			states: ['unreachable'],
			findings: ['server-silent']
		}
	},
	{
		name: 'no network: two silent servers, no control',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [
				{ ...STUN_A, does: 'silent' },
				{ ...STUN_B, does: 'silent' }
			]
		},
		expect: {
			says: { 'udp-usable': 'unknown', 'calls-will-work': 'unknown' },
			verdict: 'unknown',
			findings: ['nothing-outside-answers']
		}
	},
	{
		name: 'names that cannot be looked up',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [{ url: 'stun:no.such.example', does: { code: 701, text: 'STUN host lookup received error.' } }]
		},
		expect: {
			says: { 'udp-usable': 'unknown' },
			verdict: 'unknown',
			states: ['unreachable'],
			findings: ['server-name-not-found']
		}
	},
	{
		name: "only this machine's own server",
		network: { ...home, nat: onLoopback, servers: LOCAL },
		expect: {
			says: { 'udp-usable': 'unknown', 'turn-works': 'yes', 'needs-turn': 'unknown', 'calls-will-work': 'unknown' },
			verdict: 'unknown',
			mapping: 'unknown',
			mappingRule: 'mapping-only-local-observers',
			states: ['works', 'works', 'works'],
			findings: ['only-local-servers'],
			verdictSaid: 'All 3 servers work. All answers came from inside this network, so calls beyond it are not tested.'
		}
	},
	{
		name: "only this machine's own servers, one of which refuses the password and one is silent",
		network: {
			...home,
			nat: onLoopback,
			servers: [
				LOCAL[0]!,
				{ ...LOCAL[1]!, does: { code: 401, text: 'Unauthorized.' } },
				{ url: 'stun:127.0.0.1:3479', does: 'silent' }
			]
		},
		expect: {
			says: { 'udp-usable': 'unknown', 'needs-turn': 'unknown', 'calls-will-work': 'unknown' },
			rules: { 'udp-usable': 'udp-only-local-servers', 'calls-will-work': 'calls-only-local-servers' },
			verdictSaid:
				'1 of 3 servers works. turn:127.0.0.1:3478?transport=udp: login refused; stun:127.0.0.1:3479: not reached. All answers came from inside this network, so calls beyond it are not tested.',
			verdict: 'unknown',
			states: ['works', 'unauthorized', 'unreachable']
		}
	},
	{
		name: "only this machine's own server, on a machine with a public address",
		network: { ...home, nat: onPublicAddress, servers: LOCAL },
		expect: {
			says: { 'udp-usable': 'unknown', 'needs-turn': 'unknown', 'calls-will-work': 'unknown' },
			verdict: 'unknown',
			mapping: 'unknown',
			mappingRule: 'mapping-only-local-observers'
		}
	},
	{
		name: "this machine's own server beside two public ones",
		network: { ...home, nat: homeWithOwnServer, servers: [...LOCAL, STUN_A, STUN_B] },
		expect: { says: { 'udp-usable': 'yes' }, verdict: 'unknown', mapping: 'endpoint-independent', ports: 'preserved' }
	},
	{
		name: "this machine's own server beside one public one",
		network: { ...home, nat: homeWithOwnServer, servers: [...LOCAL, STUN_A] },
		expect: { says: { 'udp-usable': 'yes' }, verdict: 'unknown', mapping: 'unknown', mappingRule: 'mapping-one-observer' }
	},
	{
		name: 'a server on the own network',
		network: {
			...home,
			nat: onLan,
			servers: [{ url: 'stun:192.168.1.10' }, { url: 'turn:192.168.1.10', relay: '192.168.1.10' }]
		},
		expect: {
			says: { 'udp-usable': 'unknown', 'turn-works': 'yes', 'calls-will-work': 'unknown' },
			verdict: 'unknown',
			mapping: 'unknown',
			states: ['works', 'works'],
			findings: ['only-local-servers']
		}
	},
	{
		name: 'a server on the own network, microphone allowed',
		network: { ...home, microphone: true, nat: onLan, servers: [{ url: 'stun:192.168.1.10' }] },
		expect: {
			says: { 'udp-usable': 'unknown' },
			verdict: 'unknown',
			mapping: 'unknown',
			states: ['works'],
			findings: ['only-local-servers']
		}
	},
	{
		name: 'no server at all',
		network: { ...home, nat: none, servers: [] },
		expect: {
			says: { 'udp-usable': 'unknown', 'turn-works': 'no-turn-configured', 'calls-will-work': 'unknown' },
			verdict: 'unknown',
			states: [],
			findings: ['no-server-listed']
		}
	},
	{
		name: 'wrong password',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [STUN_A, { ...TURN_UDP, does: { code: 401, text: 'Unauthorized.' } }]
		},
		expect: {
			says: { 'udp-usable': 'yes', 'turn-works': 'no' },
			verdict: 'unknown',
			states: ['works', 'unauthorized'],
			findings: ['server-unauthorized']
		}
	},
	{
		name: 'as many allocations as the user may hold',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [STUN_A, { ...TURN_UDP, does: { code: 486, text: 'Allocation Quota Reached.' } }]
		},
		expect: {
			says: { 'udp-usable': 'yes', 'turn-works': 'no' },
			verdict: 'unknown',
			states: ['works', 'quota-reached'],
			findings: ['server-quota-reached']
		}
	},
	{
		name: 'wrong password at the only server',
		network: { ...home, nat: endpointIndependent, servers: [{ ...TURN_UDP, does: { code: 401, text: 'Unauthorized.' } }] },
		expect: { says: { 'udp-usable': 'yes', 'turn-works': 'no' }, verdict: 'unknown', states: ['unauthorized'] }
	},
	{
		name: 'closed ports, TCP and TLS',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [STUN_A, { ...TURN_TCP, does: 'refused' }, { ...TURN_TLS, does: 'refused' }]
		},
		expect: {
			says: { 'turn-works': 'no' },
			verdict: 'unknown',
			states: ['works', 'unreachable', 'tls-failed'],
			findings: ['server-tls-failed', 'server-unreachable']
		}
	},
	{
		name: 'TCP silently dropped',
		network: { ...home, nat: endpointIndependent, servers: [STUN_A, { ...TURN_TCP, does: 'silent' }] },
		expect: { says: { 'turn-works': 'no' }, verdict: 'unknown', states: ['works', 'unreachable'] }
	},
	{
		name: 'TURN works over TCP only although UDP gets out',
		network: { ...home, nat: endpointIndependent, servers: [STUN_B, { ...TURN_UDP, does: 'silent' }, TURN_TCP] },
		expect: {
			says: { 'udp-usable': 'yes', 'turn-works': 'partly', 'calls-will-work': 'with-turn' },
			verdict: 'with-turn',
			findings: ['server-silent', 'silent-server-delays', 'relay-only-over-tcp']
		}
	},
	{
		name: 'relay with a private address',
		network: { ...home, nat: endpointIndependent, servers: [STUN_A, STUN_B, { ...TURN_UDP, relay: '10.0.0.5', carries: [] }] },
		expect: {
			says: { 'turn-works': 'no' },
			verdict: 'unknown',
			states: ['works', 'works', 'misconfigured'],
			findings: ['server-misconfigured']
		}
	},
	{
		name: 'relay of a named server with a loopback address, not proven',
		network: { ...home, nat: endpointIndependent, servers: [STUN_A, STUN_B, { ...TURN_TLS, relay: '127.0.0.1', carries: null }] },
		expect: { says: { 'turn-works': 'no' }, verdict: 'unknown', states: ['works', 'works', 'misconfigured'] }
	},
	{
		name: 'relay ports closed to the outside',
		network: { ...home, nat: endpointIndependent, servers: [STUN_A, STUN_B, { ...TURN_UDP, carries: ['self'] }] },
		expect: {
			says: { 'turn-works': 'no' },
			verdict: 'unknown',
			states: ['works', 'works', 'allocates-only'],
			findings: ['relay-carries-no-data']
		}
	},
	{
		name: 'relay to relay across servers works',
		network: { ...home, nat: endpointIndependent, servers: [STUN_A, STUN_B, { ...TURN_UDP, carries: ['self', 'cross'] }] },
		expect: {
			says: { 'turn-works': 'yes', 'calls-will-work': 'with-turn' },
			verdict: 'with-turn',
			states: ['works', 'works', 'works']
		}
	},
	{
		name: 'relay carries nothing',
		network: { ...home, nat: perEndpoint, servers: [STUN_A, STUN_B, { ...TURN_UDP, carries: [] }] },
		expect: {
			says: { 'turn-works': 'no', 'needs-turn': 'for-some-peers', 'calls-will-work': 'unknown' },
			verdict: 'with-turn',
			states: ['works', 'works', 'allocates-only']
		}
	},
	{
		name: 'an entry that the browser refuses, another that was switched off',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [
				STUN_A,
				{ url: 'stuns:stun.example.org', does: { fails: 'unsupported', message: 'STUNS is not supported' } },
				{ ...STUN_B, does: 'not-asked' }
			]
		},
		expect: {
			says: { 'udp-usable': 'yes' },
			verdict: 'unknown',
			states: ['works', 'misconfigured', 'not-tested'],
			findings: ['server-misconfigured']
		}
	},
	{
		name: 'Chromium never tries TURN on port 25',
		network: { ...home, nat: endpointIndependent, servers: [STUN_A, { url: 'turn:203.0.113.10:25', does: 'silent' }] },
		expect: { says: { 'turn-works': 'no' }, verdict: 'unknown', states: ['works', 'misconfigured'] }
	},
	{
		name: 'Firefox leaves out turns: with an address',
		network: {
			...home,
			engine: 'firefox',
			nat: endpointIndependent,
			servers: [STUN_A, { url: 'turns:203.0.113.10:5349', does: 'swallowed' }]
		},
		expect: { says: { 'turn-works': 'no' }, verdict: 'unknown', states: ['works', 'misconfigured'] }
	},
	{
		name: 'Firefox asks no server on this machine itself',
		network: {
			...home,
			engine: 'firefox',
			nat: endpointIndependent,
			servers: LOCAL.map((server) => ({ ...server, does: 'refused' as const }))
		},
		expect: {
			says: { 'calls-will-work': 'unknown', 'turn-works': 'unknown' },
			verdict: 'unknown',
			headline: 'headline-loopback-not-used',
			states: ['not-tested', 'not-tested', 'not-tested']
		}
	},
	{
		name: 'a browser without WebRTC',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [STUN_A, TURN_TCP].map((server) => ({
				...server,
				does: { fails: 'no-webrtc' as const, message: 'This browser has no WebRTC, or it is switched off.' }
			}))
		},
		expect: {
			says: { 'udp-usable': 'unknown', 'turn-works': 'unknown', 'calls-will-work': 'unknown' },
			verdict: 'unknown',
			headline: 'headline-webrtc-missing',
			states: ['not-tested', 'not-tested'],
			findings: ['webrtc-missing']
		}
	},
	{
		name: 'a refused password over UDP, of which Firefox tells no address',
		network: { ...home, engine: 'firefox', nat: endpointIndependent, servers: [{ ...TURN_UDP, does: { code: 401, text: '' } }] },
		expect: {
			says: { 'udp-usable': 'yes', 'turn-works': 'no' },
			verdict: 'unknown',
			states: ['unauthorized'],
			direct: ['open', 'full-cone', 'address-restricted']
		}
	},
	{
		name: 'the browser was done and said nothing',
		network: { ...home, nat: endpointIndependent, servers: [STUN_A, { ...TURN_TCP, does: 'swallowed' }] },
		expect: { says: { 'turn-works': 'unknown' }, verdict: 'unknown', states: ['works', 'unknown'] }
	},
	{
		name: 'carrier-grade NAT, seen by a server of the carrier',
		network: { ...home, nat: (_, port) => ({ address: '100.64.3.7', port: 4000 + (port % 1000) }), servers: [STUN_A, STUN_B] },
		expect: { says: { 'udp-usable': 'yes' }, verdict: 'unknown', mapping: 'unknown', layers: 'carrier-grade' }
	},
	{
		name: 'carrier-grade NAT, microphone allowed',
		network: { devices: [{ address: '100.72.0.9', family: 'ipv4' }], microphone: true, nat: remapped, servers: [STUN_A, STUN_B] },
		expect: { says: { 'udp-usable': 'yes' }, verdict: 'unknown', mapping: 'endpoint-independent', layers: 'carrier-grade' }
	},
	{
		name: 'two families, both work',
		network: {
			devices: [HOME, HOME6],
			nat: endpointIndependent,
			servers: [STUN_A, STUN_B, { url: 'stun:[2001:db8:f::10]:3478' }, { url: 'stun:[2001:db8:f::20]:3478' }, TURN_UDP]
		},
		expect: {
			says: { 'ipv6-usable': 'yes', 'calls-will-work': 'with-turn' },
			verdict: 'with-turn',
			mapping: 'endpoint-independent',
			mapping6: 'endpoint-independent'
		}
	},
	{
		name: 'two families, IPv6 broken',
		network: {
			devices: [HOME, HOME6],
			nat: endpointIndependent,
			servers: [
				STUN_A,
				{ url: 'stun:[2001:db8:f::10]:3478', does: 'silent' },
				{ url: 'stun:[2001:db8:f::20]:3478', does: 'silent' },
				TURN_UDP
			]
		},
		expect: {
			says: { 'ipv6-usable': 'no', 'udp-usable': 'yes' },
			verdict: 'with-turn',
			findings: ['silent-server-delays', 'ipv6-broken']
		}
	},
	{
		name: 'the app is reached over IPv6',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [STUN_A],
			app: { url: 'https://icelens.example.org/api/echo', clientAddress: '2001:db8:1::2' }
		},
		expect: { says: { 'ipv6-usable': 'unknown' }, verdict: 'unknown' }
	},
	{
		name: 'the app cannot be reached',
		network: { ...home, nat: endpointIndependent, servers: [STUN_A], app: 'fails' },
		expect: { says: { 'udp-usable': 'yes' }, verdict: 'unknown', findings: ['app-not-reached'] }
	},
	{
		name: 'the app is answered for with a redirect',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [STUN_A],
			app: { url: 'http://192.0.2.80/api/echo', clientAddress: null, answer: { status: 0, redirected: true, mediaType: null } }
		},
		expect: { says: { 'udp-usable': 'yes' }, verdict: 'unknown', findings: ['captive-portal-signs'] }
	},
	{
		name: 'the app is answered for with a web page',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [STUN_A],
			app: { url: 'http://192.0.2.80/api/echo', clientAddress: null, answer: { redirected: false, mediaType: 'text/html' } }
		},
		expect: { says: { 'udp-usable': 'yes' }, verdict: 'unknown', findings: ['captive-portal-signs'] }
	},
	{
		name: 'the app is answered for with 511',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [STUN_A],
			app: { url: 'http://192.0.2.80/api/echo', clientAddress: null, answer: { status: 511, redirected: false, mediaType: null } }
		},
		expect: { says: { 'udp-usable': 'yes' }, verdict: 'unknown', findings: ['captive-portal-signs'] }
	},
	{
		name: 'a proxy before the app says that the app is gone',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [STUN_A],
			app: {
				url: 'http://192.0.2.80/api/echo',
				clientAddress: null,
				answer: { status: 502, redirected: false, mediaType: 'text/html' }
			}
		},
		expect: { says: { 'udp-usable': 'yes' }, verdict: 'unknown', findings: [] }
	},
	{
		name: 'UDP is silent, and what answered over the web was not the app',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [
				{ ...STUN_A, does: 'silent' },
				{ ...STUN_B, does: 'silent' }
			],
			app: { url: 'http://192.0.2.80/api/echo', clientAddress: null, answer: { redirected: false, mediaType: 'text/html' } }
		},
		// No control: that it is UDP alone which does not get out is not shown.
		expect: { says: { 'udp-usable': 'unknown' }, verdict: 'unknown' }
	},
	{
		name: 'the same server twice, the second time with a wrong password',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [TURN_TCP, { ...TURN_TCP, does: { code: 401, text: 'Unauthorized.' } }]
		},
		expect: { says: { 'turn-works': 'partly' }, verdict: 'with-turn', states: ['works', 'unauthorized'] }
	},
	{
		name: 'ports moved by a constant distance',
		network: { ...home, nat: moved, servers: [STUN_A, STUN_B] },
		expect: { says: {}, verdict: 'unknown', mapping: 'endpoint-independent', ports: 'constant-offset' }
	},
	{
		name: 'an observer that answered alone fails in the shared connection',
		network: { ...home, nat: endpointIndependent, servers: [STUN_A, STUN_B], mapping: 'one-fails' },
		expect: { says: {}, verdict: 'unknown', mapping: 'unknown', mappingRule: 'mapping-observer-fell-silent' }
	},
	{
		name: 'three hidden sockets of one family',
		network: {
			devices: [HOME, { address: '10.8.0.2', family: 'ipv4' }, { address: '172.17.0.1', family: 'ipv4' }],
			nat: endpointIndependent,
			servers: [STUN_A, STUN_B]
		},
		expect: { says: {}, verdict: 'unknown', mapping: 'unknown', mappingRule: 'mapping-sockets-mixed' }
	},
	{
		name: 'three hidden sockets of one family, more answers than sockets',
		network: {
			devices: [HOME, { address: '10.8.0.2', family: 'ipv4' }, { address: '172.17.0.1', family: 'ipv4' }],
			nat: perEndpoint,
			servers: [STUN_A, STUN_B]
		},
		expect: { says: {}, verdict: 'with-turn', mapping: 'endpoint-dependent' }
	},
	{
		name: 'two interfaces shown, each steady',
		network: {
			devices: [HOME, { address: '10.8.0.2', family: 'ipv4' }],
			microphone: true,
			nat: endpointIndependent,
			servers: [STUN_A, STUN_B]
		},
		expect: { says: {}, verdict: 'unknown', mapping: 'endpoint-independent', mappingRule: 'mapping-agrees' }
	},
	{
		name: 'the test of a server fails',
		network: {
			...home,
			nat: endpointIndependent,
			servers: [STUN_A, { ...TURN_TCP, does: { fails: 'internal', message: 'Out of sockets.' } }]
		},
		expect: { says: { 'turn-works': 'unknown' }, verdict: 'unknown', states: ['works', 'unknown'] }
	},
	{
		name: 'STUN answers rewritten on the way',
		network: { ...home, nat: endpointIndependent, servers: [STUN_A, STUN_B, { ...TURN_UDP, relaySees: '198.51.100.200' }] },
		expect: { says: { 'turn-works': 'yes' }, verdict: 'with-turn', findings: ['stun-answers-rewritten-signs'] }
	},
	{
		name: 'a device with IPv6 only, and servers of both families',
		network: {
			devices: [HOME6],
			nat: none,
			servers: [
				{ ...STUN_A, does: 'swallowed' },
				{ ...TURN_TCP, does: 'swallowed' },
				{ url: 'stun:[2001:db8:f::10]:3478' },
				{ url: 'stun:[2001:db8:f::20]:3478' }
			]
		},
		expect: {
			says: { 'udp-usable': 'yes', 'ipv6-usable': 'yes', 'turn-works': 'unknown' },
			verdict: 'with-turn',
			mapping6: 'endpoint-independent',
			states: ['not-tested', 'not-tested', 'works', 'works']
		}
	}
];
