/** Ways to the outside with something on them, as observations; with the findings that must and must not be made. */
import type { HairpinTest, Observation, SocketPosition, ProberMapping } from '../../src/lib/core/observations/observation';
import { makeObservations } from './make-observations';
import type { Network, Server } from './network';

const HOME = { address: '192.168.1.2', family: 'ipv4' } as const;
const PUBLIC = '198.51.100.1';
const steady: Network['nat'] = (_, port) => ({ address: PUBLIC, port });
const STUN: Server[] = [{ url: 'stun:203.0.113.10:3478' }, { url: 'stun:203.0.113.20:3478' }];
const TURN: Server = { url: 'turn:203.0.113.10:3478?transport=udp', relay: '203.0.113.10' };
const app = (clientAddress: string) => ({ url: 'https://icelens.example.org/api/echo', clientAddress });

function on(servers: Server[], more: Partial<Network> = {}, ...also: Observation[]): Observation[] {
	return [...makeObservations({ devices: [HOME], nat: steady, servers, ...more }), ...also];
}

const observed = (probe: string, data: object) =>
	({ probe, step: probe, target: null, startedMs: 900, tookMs: 300, outcome: { state: 'seen', data } }) as unknown as Observation;

const POSITIONS: readonly SocketPosition[] = ['same', 'other-port', 'other-address', 'other-both'];

/** What the prober's four sockets saw, as `address:port` or nothing. */
export function proberMapping(from: (string | null)[], sockets = 1): Observation {
	const data: ProberMapping = {
		method: 'prober',
		family: 'ipv4',
		sockets,
		seen: from.map((text, i) => ({
			position: POSITIONS[i]!,
			at: { address: i < 2 ? '203.0.113.10' : '203.0.113.11', port: 3488 + (i % 2) },
			from: text === null ? null : { address: text.split(':')[0]!, port: Number(text.split(':')[1]) }
		}))
	};
	return observed('prober-mapping', data);
}

export function hairpinTest(more: Partial<HairpinTest>): Observation {
	const mapped: HairpinTest['mapped'] = [
		{ address: PUBLIC, port: 5000 },
		{ address: PUBLIC, port: 5001 }
	];
	const data = {
		family: 'ipv4',
		observer: STUN[0]!.url,
		mapped,
		state: 'lost',
		why: null,
		triedMs: 1200,
		controlMs: 60,
		...more
	};
	return observed('hairpin', data);
}

export interface PathCase {
	name: string;
	observations: Observation[];
	finds: string[];
	findsNot?: string[];
}

/** Packets went to the prober beside the app and back, over IPv4. */
const TO_PROBER_AND_BACK = observed('nat-filtering', {
	method: 'prober',
	family: 'ipv4',
	server: '203.0.113.10:8488',
	mapped: { address: PUBLIC, port: 5000 },
	proven: true,
	roundTripMs: 20,
	probes: [],
	tookMs: 300
});

export const PATH_CASES: readonly PathCase[] = [
	{
		name: 'servers with IPv6 addresses alone are silent, and the prober answers over IPv4',
		observations: on(
			['[2001:db8:a::10]', '[2001:db8:b::20]'].map((host) => ({ url: `stun:${host}:3478`, does: 'silent' })),
			{ devices: [HOME, { address: '2001:db8:1::2', family: 'ipv6' }], app: app(PUBLIC) },
			TO_PROBER_AND_BACK
		),
		finds: [],
		findsNot: ['udp-blocked']
	},
	{
		name: 'the web goes through a tunnel',
		observations: on(STUN, { app: app('192.0.2.77') }),
		finds: ['web-and-udp-leave-apart']
	},
	{
		name: 'the web and STUN servers agree',
		observations: on(STUN, { app: app(PUBLIC) }),
		finds: [],
		findsNot: ['web-and-udp-leave-apart', 'stun-answers-rewritten-signs', 'udp-port-blocked-signs']
	},
	{
		name: 'the app stands on the own network',
		observations: on(STUN, { app: { url: 'http://192.168.1.9:8478/api/echo', clientAddress: '192.0.2.77' } }),
		finds: [],
		findsNot: ['web-and-udp-leave-apart']
	},
	{
		name: 'the web comes by IPv6, STUN servers were asked over IPv4',
		observations: on(STUN, { app: app('2001:db8:1::2') }),
		finds: [],
		findsNot: ['web-and-udp-leave-apart']
	},
	{
		name: 'the prober and the web see another address than STUN told',
		observations: on(STUN, { app: app('198.51.100.99') }, proberMapping(['198.51.100.99:5', '198.51.100.99:5'])),
		finds: ['stun-answers-rewritten-signs'],
		findsNot: ['web-and-udp-leave-apart']
	},
	{
		name: 'the relay sees another address than STUN told, the web the same',
		observations: on([...STUN, { ...TURN, relaySees: '198.51.100.99' }], { app: app(PUBLIC) }),
		finds: ['relay-sees-other-address'],
		findsNot: ['stun-answers-rewritten-signs']
	},
	{
		name: 'one port silent at a host that answers at another',
		observations: on([
			{ url: 'stun:203.0.113.10:3478', does: 'silent' },
			{ url: 'stun:203.0.113.10:19302' },
			{ url: 'stun:203.0.113.20:443' }
		]),
		finds: ['udp-port-blocked-signs']
	},
	{
		name: 'one dead server, and its port answers elsewhere',
		observations: on([{ url: 'stun:203.0.113.10:3478', does: 'silent' }, { url: 'stun:203.0.113.20:3478' }]),
		finds: [],
		findsNot: ['udp-port-blocked-signs']
	},
	{
		name: 'only TCP 443 gets out',
		observations: on([
			...STUN.map((server) => ({ ...server, does: 'silent' as const })),
			{ url: 'turn:203.0.113.10:3478?transport=tcp', does: 'silent' },
			{ url: 'turn:203.0.113.20:443?transport=tcp', relay: '203.0.113.20', carries: ['self'] }
		]),
		finds: ['udp-blocked', 'only-tcp-443-open-signs', 'udp-tested-on-one-port']
	},
	{
		name: 'TCP 443 gets out, and what another port did was not told',
		observations: on([
			...STUN.map((server) => ({ ...server, does: 'silent' as const })),
			{ url: 'turn:203.0.113.10:3478?transport=tcp', does: 'swallowed' },
			{ url: 'turn:203.0.113.20:443?transport=tcp', relay: '203.0.113.20', carries: ['self'] }
		]),
		finds: ['udp-blocked'],
		findsNot: ['only-tcp-443-open-signs']
	},
	{
		name: 'a server of IPv4 reached by the prefix of a translator',
		observations: on([{ url: 'stun:[64:ff9b::cb00:710a]:3478' }], {
			devices: [{ address: '2001:db8:1::2', family: 'ipv6' }],
			nat: (_, port) => ({ address: '2001:db8:1::2', port })
		}),
		finds: ['nat64-signs']
	},
	{
		name: 'an IPv6 socket seen as an IPv4 address',
		observations: on(STUN).map((observation) => crossed(observation)),
		finds: ['nat64-signs']
	},
	{
		name: 'a device that translates by itself',
		observations: on(STUN, { devices: [{ address: '192.0.0.4', family: 'ipv4' }], microphone: true }),
		finds: ['nat64-signs']
	}
];

/** Chromium hides the inside address of an IPv6 socket as `::`. */
function crossed(observation: Observation): Observation {
	const copy = structuredClone(observation);
	const data =
		copy.outcome.state === 'seen' ? (copy.outcome.data as { candidates?: { type: string; relatedAddress: string }[] }) : {};
	for (const candidate of data.candidates ?? []) if (candidate.type === 'srflx') candidate.relatedAddress = '::';
	return copy;
}
