/** What stands before a TURN server without a public address: a source NAT, or a balancer. coturn behind it, real in all. */
import { startCoturn, type Coturn } from '../../support/coturn';
import { findProgram, PROGRAMS } from '../../support/programs';
import { until } from '../../support/until';
import { startAgent } from './agent';
import { ACCOUNT } from './browser-check';
import type { Lab, LabProcess } from './lab';
import { GATE, PODS } from './topology';

/**
 * `source-nat`: the server sees everybody as its gateway, as behind docker, libvirt and Kubernetes services. `port-forward`: as a home
 * server; the same without the source NAT. `tcp-balancer` and `proxy-protocol`: haproxy takes TCP, without and with the PROXY protocol.
 * `udp-balancer`: two servers, picked by the client's address and port.
 */
export type ServerSide = 'port-forward' | 'source-nat' | 'tcp-balancer' | 'proxy-protocol' | 'udp-balancer';

/** Each server has a part of the relay ports, so that the gateway knows whose they are. */
const RELAY_PORTS = [
	{ first: 50_000, last: 54_999 },
	{ first: 55_000, last: 59_999 }
];
const PROXIED_PORT = 3477;

function rules(side: ServerSide, pods: readonly string[]): string {
	const [one, two] = pods as [string, string];
	const udp = side === 'udp-balancer' ? `jhash ip saddr . udp sport mod 2 map { 0 : ${one}, 1 : ${two} }` : one;
	const relays = RELAY_PORTS.map(({ first, last }, i) => `iifname "wan" udp dport ${first}-${last} dnat to ${pods[i]}`);
	const balanced = side === 'tcp-balancer' || side === 'proxy-protocol';
	return `table ip gate {
	chain arrive {
		type nat hook prerouting priority dstnat;
		iifname "wan" udp dport 3478 dnat to ${udp}
		${balanced ? '' : `iifname "wan" tcp dport 3478 dnat to ${one}`}
		${relays.join('\n\t\t')}
	}
	chain leave {
		type nat hook postrouting priority srcnat;
		${side === 'source-nat' ? 'iifname "wan" oifname "lan" masquerade' : ''}
		oifname "wan" masquerade
	}
}`;
}

const haproxy = (side: ServerSide, to: string) => `defaults
	mode tcp
	timeout connect 5s
	timeout client 60s
	timeout server 60s
listen turn
	bind ${GATE}:3478
	server one ${to}:${side === 'proxy-protocol' ? `${PROXIED_PORT} send-proxy-v2` : '3478'}
`;

async function listening(lab: Lab): Promise<void> {
	const agent = await startAgent(lab, 'gate');
	try {
		await until('the balancer listens', async () => (await agent.connect({ address: GATE, port: 3478 }, 1000)) === 'connected');
	} finally {
		await agent.stop();
	}
}

export interface ServerBehind {
	iceServers: RTCIceServer[];
	close(): Promise<void>;
}

/** Starts what is needed for it in this lab. */
export async function startServerSide(lab: Lab, side: ServerSide): Promise<ServerBehind> {
	const hosts = side === 'udp-balancer' ? PODS : PODS.slice(0, 1);
	const ruled = await lab.exec('gate', ['nft', '-f', '-'], {
		input: rules(
			side,
			PODS.map((pod) => lab.hosts[pod]!.ipv4[0]!)
		)
	});
	if (ruled.status !== 0) throw new Error(ruled.stderr);
	const started: (Coturn | LabProcess)[] = [];
	for (const [i, host] of hosts.entries()) {
		const own = lab.hosts[host]!.ipv4[0]!;
		const { first, last } = RELAY_PORTS[i]!;
		const extra = [`external-ip=${GATE}/${own}`, `min-port=${first}`, `max-port=${last}`];
		if (side === 'proxy-protocol') extra.push(`tcp-proxy-port=${PROXIED_PORT}`);
		started.push(await startCoturn({ namespace: lab.namespace(host), addresses: [own], extra }));
	}
	if (side === 'tcp-balancer' || side === 'proxy-protocol') {
		const program = findProgram(...PROGRAMS.haproxy);
		if (!program) throw new Error('haproxy is not installed (Debian package “haproxy”)');
		const path = '/run/lab/haproxy.cfg';
		const balancer = lab.spawn('gate', ['sh', '-c', `cat > ${path} && exec ${program} -V -db -f ${path}`]);
		balancer.child.stdin!.end(haproxy(side, lab.hosts[PODS[0]]!.ipv4[0]!));
		await listening(lab);
		started.push(balancer);
	}
	const transports = side === 'tcp-balancer' || side === 'proxy-protocol' ? ['tcp'] : ['udp', 'tcp'];
	return {
		iceServers: [
			...(transports.includes('udp') ? [{ urls: [`stun:${GATE}:3478`] }] : []),
			{ urls: transports.map((transport) => `turn:${GATE}:3478?transport=${transport}`), ...ACCOUNT }
		],
		close: async () => {
			for (const each of started) await ('stop' in each ? each.stop() : each.close());
			await lab.exec('gate', ['nft', 'delete', 'table', 'ip', 'gate']);
		}
	};
}
