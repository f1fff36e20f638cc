/** Two Icelens servers with one address each on the virtual network, and faults between them. */
import { makePartner, type PartnerLine } from '../../../src/lib/server/nat-prober/partner';
import { makePartnerEndpoint, type PartnerEndpoint } from '../../../src/lib/server/nat-prober/partner-endpoint';
import { startProber, type Prober } from '../../../src/lib/server/nat-prober/prober';
import { makeMessageSigner, type MessageSigner } from '../../../src/lib/server/nat-prober/message-signer';
import type { ProberFiltering, ProberMapping } from '../../../src/lib/core/observations/observation';
import type { Clock } from '../../../src/lib/server/clock';
import type { Endpoint, UdpNet } from '../../../src/lib/server/udp';
import type { RouterProfile } from '../profiles';
import { makeNetwork, type VirtualLink, type VirtualNetwork } from './network';
import { openPage, PAGE } from './page';

export const HOME = '203.0.113.10';
export const PARTNER = '203.0.113.20';
export const OUTSIDE = '198.51.100.1';
const CLIENT = '192.168.1.2';
export const SECRET = 'sixteen-letters!';

/** Whether a packet of the partner may leave; `heard` are the endpoints that have written to that socket. */
export type Egress = (to: Endpoint, heard: ReadonlySet<string>) => boolean;

export interface Setting {
	link?: VirtualLink;
	seed?: number;
	/** The partner's firewall. */
	egress?: Egress;
	/** In place of the line to the partner's endpoint. */
	line?: (partnerEndpoint: PartnerEndpoint, network: VirtualNetwork) => PartnerLine;
	/** One way, between the two servers, ms. */
	lineMs?: number;
	partnerSecret?: string;
	/** How far the partner's clock is ahead, ms. */
	aheadMs?: number;
	partnerPorts?: [number, number];
	partnerAddress?: string;
}

export const endpointKey = ({ address, port }: Endpoint) => `${address} ${port}`;

/** A line that takes some time each way. */
export function lineTo(partnerEndpoint: PartnerEndpoint, { clock }: VirtualNetwork, oneWayMs: number): PartnerLine {
	const wait = () => new Promise<void>((resolve) => void clock.setTimer(oneWayMs, resolve));
	return (authorization, body, patienceMs) =>
		new Promise((resolve, reject) => {
			clock.setTimer(patienceMs, () => reject(new Error('too late')));
			void wait()
				.then(() => partnerEndpoint.answer(authorization, body))
				.then((answer) => wait().then(() => resolve(answer)));
		});
}

function behindFirewall(net: UdpNet, egress: Egress): UdpNet {
	return {
		async bind(address, port) {
			const bound = await net.bind(address, port);
			if (!bound.ok) return bound;
			const heard = new Set<string>();
			const { local, send, onMessage, close } = bound.value;
			return {
				ok: true,
				value: {
					local,
					close,
					send: (data, to) => void (egress(to, heard) && send(data, to)),
					onMessage: (listener) => onMessage((data, from) => (heard.add(endpointKey(from)), listener(data, from)))
				}
			};
		}
	};
}

export interface TwoServers {
	network: VirtualNetwork;
	home: Prober;
	partner: Prober;
	partnerEndpoint: PartnerEndpoint;
	signer: MessageSigner;
}

export async function twoServers(setting: Setting = {}): Promise<TwoServers> {
	const { link, seed, egress = () => true, lineMs = 10, partnerAddress = PARTNER } = setting;
	const network = makeNetwork({ link, seed });
	const { clock, random } = network;
	const start = async (options: Parameters<typeof startProber>[0]) => {
		const started = await clock.run(startProber({ ports: [3488, 3489], clock, random, ...options }));
		if (!started.ok) throw new Error(started.error.message);
		return started.value;
	};
	const net = behindFirewall(network.host(partnerAddress), egress);
	const partner = await start({ addresses: [partnerAddress], net, ports: setting.partnerPorts ?? [3488, 3489] });
	const partnersClock: Clock = { ...clock, epochMs: () => clock.epochMs() + (setting.aheadMs ?? 0) };
	const partnerEndpoint = makePartnerEndpoint(
		partner,
		makeMessageSigner(setting.partnerSecret ?? SECRET, partnersClock, random),
		partnersClock,
		random
	);
	const signer = makeMessageSigner(SECRET, clock, random);
	const line = setting.line?.(partnerEndpoint, network) ?? lineTo(partnerEndpoint, network, lineMs);
	const home = await start({
		addresses: [HOME],
		net: network.host(HOME),
		partner: makePartner('partner.example.org', signer, line)
	});
	return { network, home, partner, partnerEndpoint, signer };
}

/** A page behind this router opens a session at the first server, and checks the endpoints that it names. */
export async function visit<K extends 'filtering' | 'mapping'>(
	servers: TwoServers,
	profile: RouterProfile,
	kind: K
): Promise<K extends 'filtering' ? ProberFiltering : ProberMapping> {
	const { network, home } = servers;
	const { clock } = network;
	if (kind === 'mapping') await clock.run(home.prepare());
	const opened = home.open(kind, 'ipv4', PAGE, OUTSIDE);
	if (!opened.ok) throw new Error(opened.error);
	const { id, own, candidates } = opened.value;
	const address = profile.mapping === 'none' ? '198.51.100.18' : CLIENT;
	const net = network.client(address, [{ profile, outside: [OUTSIDE] }]);
	const page = await clock.run(openPage(network, net, address, own, candidates));
	for (;;) {
		const told = await clock.run(home.result(id));
		if (told === null) throw new Error('The session is gone.');
		if ('check' in told) {
			candidates.push(...told.check);
			continue;
		}
		page.stop();
		page.socket.close();
		return told as K extends 'filtering' ? ProberFiltering : ProberMapping;
	}
}
