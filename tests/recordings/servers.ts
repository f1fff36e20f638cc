/** The TURN servers of the lab that records calls: real coturns, well and misconfigured, and places where none is. */
import { createHmac } from 'node:crypto';
import { makeCertificate, type Certificate } from '../../src/lib/server/certificate';
import { startCoturn, type Coturn, type CoturnOptions } from '../support/coturn';
import type { Lab } from '../support/namespace';
import { PROV, STUN2 } from '../natlab/kernel/topology';

/** What a page is given as one entry of `iceServers`. */
interface IceServer {
	urls: string;
	username?: string;
	credential?: string;
}

const HOST = PROV.ipv4[0]!;
const ALICE = { username: 'alice', credential: 'secret' };
const WRONG = { username: 'alice', credential: 'not-the-password' };
const SECRET = 'the-secret-of-the-lab';

/** Those that run, by port. */
const COTURNS = {
	good: { port: 3478, tls: true },
	untrusted: { port: 3490, tls: true },
	quota: { port: 3500, extra: ['user-quota=1'] },
	'one-port': { port: 3510, extra: ['min-port=48000', 'max-port=48000'] },
	rest: { port: 3520, secret: SECRET },
	'peers-denied': { port: 3530, extra: ['denied-peer-ip=0.0.0.0-255.255.255.255'] },
	'stun-only': { port: 3540, extra: ['stun-only'] },
	'short-lived': { port: 3550, secret: SECRET, extra: ['max-allocate-lifetime=20'] },
	stopped: { port: 3560 },
	cut: { port: 3570 },
	restarted: { port: 3590 },
	'relay-ports-closed': { port: 3600, extra: ['min-port=48100', 'max-port=48109'] },
	/** Bytes a second of one allocation. */
	limited: { port: 3620, extra: ['max-bps=10000'] }
} as const satisfies Record<string, Omit<CoturnOptions, 'tls'> & { port: number; tls?: true }>;
type CoturnName = keyof typeof COTURNS;

/** A balancer that gives each packet to the next of two servers, and what they answer to whoever asked last. */
const BALANCER_PORT = 3580;
const BALANCER = `
	const { createSocket } = require('node:dgram');
	const outside = createSocket('udp4');
	let client = null;
	const inside = [${COTURNS.good.port}, ${COTURNS.stopped.port}].map((port) => {
		const socket = createSocket('udp4');
		socket.on('message', (message) => client && outside.send(message, client.port, client.address));
		return (message) => socket.send(message, port, '${HOST}');
	});
	let count = 0;
	outside.on('message', (message, from) => {
		client = from;
		inside[count++ % 2](message);
	});
	outside.bind(${BALANCER_PORT}, '${HOST}', () => console.log('listening'));`;

const udp = (name: CoturnName) => `turn:${HOST}:${COTURNS[name].port}?transport=udp`;
const tcp = (name: CoturnName) => `turn:${HOST}:${COTURNS[name].port}?transport=tcp`;
const tls = (name: CoturnName) => `turns:${HOST}:${COTURNS[name].port + 1000}?transport=tcp`;
/** TURN REST: a user name that begins with the end of its life, in seconds since 1970. */
function restLogin(seconds: number): Pick<IceServer, 'username' | 'credential'> {
	const username = `${Math.floor(Date.now() / 1000) + seconds}:alice`;
	return { username, credential: createHmac('sha1', SECRET).update(username).digest('base64') };
}

const ENTRIES = {
	'turn-udp': { urls: udp('good'), ...ALICE },
	'turn-tcp': { urls: tcp('good'), ...ALICE },
	'turn-tls': { urls: tls('good'), ...ALICE },
	stun: { urls: `stun:${HOST}:${COTURNS.good.port}` },
	'wrong-udp': { urls: udp('good'), ...WRONG },
	'wrong-tcp': { urls: tcp('good'), ...WRONG },
	'wrong-tls': { urls: tls('good'), ...WRONG },
	'unknown-user': { urls: udp('good'), username: 'nobody', credential: 'secret' },
	untrusted: { urls: tls('untrusted'), ...ALICE },
	'plain-port': { urls: `turns:${HOST}:${COTURNS.quota.port}?transport=tcp`, ...ALICE },
	quota: { urls: udp('quota'), ...ALICE },
	'one-port': { urls: udp('one-port'), ...ALICE },
	'peers-denied': { urls: udp('peers-denied'), ...ALICE },
	'stun-only': { urls: udp('stun-only'), ...ALICE },
	stopped: { urls: udp('stopped'), ...ALICE },
	'stopped-tcp': { urls: tcp('stopped'), ...ALICE },
	'cut-tcp': { urls: tcp('cut'), ...ALICE },
	restarted: { urls: udp('restarted'), ...ALICE },
	'relay-ports-closed': { urls: udp('relay-ports-closed'), ...ALICE },
	limited: { urls: udp('limited'), ...ALICE },
	balanced: { urls: `turn:${HOST}:${BALANCER_PORT}?transport=udp`, ...ALICE },
	/** Nobody has this address: what is sent to it vanishes. */
	silent: { urls: 'turn:203.0.113.99:3478?transport=udp', ...ALICE },
	'silent-tcp': { urls: 'turn:203.0.113.99:3478?transport=tcp', ...ALICE },
	/** A machine that answers for a closed port. */
	'closed-udp': { urls: `turn:${STUN2.ipv4[0]}:3999?transport=udp`, ...ALICE },
	'closed-tcp': { urls: `turn:${STUN2.ipv4[0]}:3999?transport=tcp`, ...ALICE },
	'no-such-name': { urls: 'turn:turn.example:3478?transport=udp', ...ALICE },
	'port-25': { urls: `turn:${HOST}:25?transport=udp`, ...ALICE }
} satisfies Record<string, IceServer>;

const REST = { rest: ['rest', 3600], 'rest-expired': ['rest', -3600], 'short-lived': ['short-lived', 3600] } as const;

export type Server = keyof typeof ENTRIES | keyof typeof REST;

export interface Servers {
	/** Whose certificate browsers of the lab trust. */
	trusted: Certificate;
	entry(server: Server): IceServer;
	/** What it wrote so far. */
	log(server: Server): string;
	stop(server: Server): Promise<void>;
	/** As it was, or otherwise; what it gave is forgotten. */
	restart(server: Server, otherwise?: Partial<CoturnOptions>): Promise<void>;
	close(): Promise<void>;
}

export async function startServers(lab: Lab): Promise<Servers> {
	const [trusted, untrusted] = [await makeCertificate([HOST]), await makeCertificate([HOST])];
	const running = new Map<CoturnName, Coturn>();
	const start = async (name: CoturnName, more: Partial<CoturnOptions> = {}) => {
		const { port, tls: overTls, ...options }: Omit<CoturnOptions, 'tls'> & { port: number; tls?: true } = COTURNS[name];
		const certificate = name === 'untrusted' ? untrusted : trusted;
		running.set(
			name,
			await startCoturn({
				...options,
				...more,
				port,
				addresses: [HOST],
				namespace: lab.namespace('prov'),
				...(overTls && { tls: { port: port + 1000, certificate } })
			})
		);
	};
	for (const name of Object.keys(COTURNS) as CoturnName[]) await start(name);
	const balancer = lab.spawn('prov', [process.execPath, '-e', BALANCER]);
	await balancer.printed(/listening/);
	const coturnOf = (server: Server) => server as CoturnName;
	return {
		trusted,
		entry(server) {
			if (!(server in REST)) return ENTRIES[server as keyof typeof ENTRIES];
			const [name, seconds] = REST[server as keyof typeof REST];
			return { urls: udp(name), ...restLogin(seconds) };
		},
		log: (server) =>
			running
				.get(
					Object.entries(COTURNS).find(([, { port }]) =>
						ENTRIES[server as keyof typeof ENTRIES].urls.includes(`:${port}?`)
					)![0] as CoturnName
				)!
				.log(),
		stop: async (server) => running.get(coturnOf(server))!.close(),
		async restart(server, otherwise) {
			await running.get(coturnOf(server))!.close();
			await start(coturnOf(server), otherwise);
		},
		async close() {
			await balancer.stop();
			for (const each of running.values()) await each.close();
		}
	};
}
