/** Starts the embedded STUN/TURN server as the settings say: addresses, ports (the next one where one is taken), notes for people. */
import { X509Certificate } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { formatIp, parseIp, scopeOf } from '../core/base/ip';
import type { Fault } from '../core/base/result';
import { makeCertificate } from './certificate';
import { inUrl, type EmbeddedServer } from './ice-servers';
import type { Settings } from './settings';
import { bandwidthOf } from './turn/bandwidth';
import { startTurnServer, type TurnServer, type TurnServerOptions } from './turn/turn-server';

export interface RunningServer {
	embedded: EmbeddedServer;
	/** Deviations from the settings, in sentences for the operator and for visitors. */
	notes: string[];
	/** One line for the console. */
	about: string;
	close(): Promise<void>;
}

/** How many taken ports are skipped before giving up: more indicate another problem. */
const TRIES = 20;

/** Throws an Error whose message names the setting to change. */
export async function startEmbedded(
	settings: Settings,
	secret: string,
	partnerAddresses: () => readonly string[]
): Promise<RunningServer> {
	const { addresses, named } = await listeningAddresses(settings);
	const local = addresses.every(isLoopbackAddress);
	const selfMade = settings.tlsCert === null;
	const certificate = selfMade
		? await makeCertificate(local ? [...addresses, 'localhost'] : addresses)
		: { cert: settings.tlsCert!, key: settings.tlsKey! };
	const wanted: TurnServerOptions & { port: number; alternatePort?: number; tls: { port: number; cert: string; key: string } } = {
		addresses,
		port: settings.stunPort,
		tls: { port: settings.tlsPort, ...certificate },
		peers: { partnerAddresses },
		bandwidth: bandwidthOf(settings.relayMbit, settings.relayTotalMbit),
		...(settings.turn ? { secret } : {})
	};
	// On the loopback there is no NAT whose mapping a second port could show.
	if (!local || named) wanted.alternatePort = settings.stunPort === 0 ? 0 : Math.min(settings.stunPort + 1, 65535);

	const server = await startOnFreePorts(wanted, named);
	const portOf = (protocol: string) => server.endpoints.find((each) => each.protocol === protocol)!.port;
	const udpPorts = [...new Set(server.endpoints.filter(({ protocol }) => protocol === 'udp').map(({ port }) => port))];
	const port = portOf('tcp');
	const tlsPort = portOf('tls');
	const alternatePort = udpPorts.find((each) => each !== port) ?? null;
	const names = selfMade ? [] : namesOf(settings.tlsCert!);
	const running = [...new Set(server.endpoints.map(({ address }) => address))];
	return {
		embedded: {
			addresses: running,
			named,
			port,
			alternatePort,
			tls: names.length === 0 ? null : { port: tlsPort, names },
			relays: settings.turn
		},
		notes: [
			...takenNote(settings.stunPort, port, 'STUN/TURN'),
			...takenNote(settings.tlsPort, tlsPort, 'TURN over TLS'),
			...tlsNote(settings, names, tlsPort)
		],
		about: `${settings.turn ? 'STUN and TURN' : 'STUN'} on ${running.map(inUrl).join(' and ')}, port ${port}${alternatePort ? ` and ${alternatePort}` : ''}${settings.turn ? `, TLS on ${tlsPort}` : ''}`,
		close: () => server.close()
	};
}

async function startOnFreePorts(
	options: TurnServerOptions & { port: number; alternatePort?: number; tls: { port: number } },
	named: boolean
): Promise<TurnServer> {
	for (let tries = 0; tries < TRIES; tries++) {
		const started = await startTurnServer(options as TurnServerOptions);
		if (started.ok) return started.value;
		const { error } = started;
		if (error.code === 'port-taken') nextPort(options, error);
		else if (error.code === 'address-not-here' && !named && options.addresses!.length > 1) {
			// A machine without IPv6 has no ::1, and the settings did not name it.
			options.addresses = options.addresses!.filter((address) => !error.where?.includes(inUrl(address)));
		} else throw new Error(explain(error));
	}
	throw new Error(`No free port was found near ${options.port}. Set ICELENS_STUN_PORT and ICELENS_TLS_PORT to free ones.`);
}

/** Moves the port that was taken, and keeps the three apart. */
function nextPort(options: { port: number; alternatePort?: number; tls: { port: number } }, { where }: Fault): void {
	const taken = Number(/:(\d+)$/.exec(where ?? '')?.[1]);
	if (options.tls.port === taken) options.tls.port = after(taken);
	else if (options.alternatePort === taken) options.alternatePort = after(taken);
	// Otherwise the kernel chose, for UDP, a port that is taken for TCP: it is asked again.
	else if (options.port === taken) {
		options.port = after(taken);
		if (options.alternatePort !== undefined) options.alternatePort = after(options.port);
	}
	if (options.tls.port !== 0 && options.tls.port === options.port) options.tls.port = after(options.tls.port);
}

const after = (port: number) => (port >= 65535 ? 1024 : port + 1);

function explain({ code, message }: Fault): string {
	if (code === 'address-not-here') {
		return `ICELENS_ADDRESSES or HOST: ${message} Name addresses of its interfaces; behind a one-to-one NAT let coturn relay, whose external-ip knows such a NAT (ICELENS_TURN=off).`;
	}
	return `The embedded STUN/TURN server could not start: ${message} See ICELENS_STUN_PORT, ICELENS_TLS_PORT and ICELENS_ADDRESSES.`;
}

function takenNote(wanted: number, got: number, what: string): string[] {
	return wanted === 0 || wanted === got ? [] : [`Port ${wanted} was taken by another program, so ${what} is on port ${got}.`];
}

function tlsNote({ turn, tlsCert }: Settings, names: readonly string[], port: number): string[] {
	if (!turn || names.length > 0) return [];
	return tlsCert === null
		? [
				`TURN over TLS runs on port ${port} with a self-made certificate. Browsers refuse it, so it is not in the list; ICELENS_TLS_CERT and ICELENS_TLS_KEY set a real one.`
			]
		: ['TURN over TLS is not in the list: the certificate of ICELENS_TLS_CERT names no host.'];
}

/** The hosts a certificate is good for (RFC 6125: the subject alternative names), names before addresses: Firefox never tries `turns:` with an address. */
export function namesOf(pem: string): string[] {
	const found = (new X509Certificate(pem).subjectAltName ?? '').split(/,\s*/);
	const take = (label: string) =>
		found.filter((each) => each.startsWith(label)).map((each) => each.slice(label.length).toLowerCase());
	return [...take('DNS:'), ...take('IP Address:')];
}

/** The operator's addresses, or what HOST implies: the loopback, one address, or one of each family for every interface. */
async function listeningAddresses({ addresses, host }: Settings): Promise<{ addresses: string[]; named: boolean }> {
	if (addresses.length > 0) return { addresses, named: true };
	const address = parseIp(host) ? host : (await lookup(host)).address;
	const scope = scopeOf(parseIp(address)!);
	if (scope === 'loopback') return { addresses: ['127.0.0.1', '::1'], named: false };
	if (scope !== 'unspecified') return { addresses: [formatIp(parseIp(address)!)], named: false };
	const found = (['ipv4', 'ipv6'] as const).flatMap((family) => interfaceAddress(family) ?? []);
	return { addresses: found.length > 0 ? found : ['127.0.0.1', '::1'], named: false };
}

/** A global address before a private one; never one that only this link or this machine knows. */
function interfaceAddress(family: 'ipv4' | 'ipv6'): string | null {
	const usable = Object.values(networkInterfaces())
		.flatMap((each) => each ?? [])
		.filter(({ internal }) => !internal)
		.flatMap(({ address }) => parseIp(address) ?? [])
		.filter((address) => address.family === family && scopeOf(address) !== 'link-local');
	const best = usable.find((address) => scopeOf(address) === 'global') ?? usable[0];
	return best ? formatIp(best) : null;
}

function isLoopbackAddress(address: string): boolean {
	return scopeOf(parseIp(address)!) === 'loopback';
}
