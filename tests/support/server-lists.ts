/** Lists of real servers that work, refuse, stay silent or do not exist, which every browser and every screen is to judge alike. */
import type { IceServer } from '../../src/lib/core/ice/server';
import { startCoturn } from './coturn';
import { startDeadServers } from './dead-servers';

export const ALICE = { username: 'alice', credential: 'secret' };
export const BOB = { username: 'bob', credential: 'not-his-password' };
export const turn = (urls: string | string[], login: Partial<IceServer> = ALICE): IceServer => ({
	urls: [urls].flat(),
	...login
});

/** The URLs that the lists name. */
export interface ServerUrls {
	stun: string;
	udp: string;
	tcp: string;
	/** Its certificate is its own. */
	untrusted: string;
	silentStun: string;
	silentUdp: string;
	silentTcp: string;
	closed: string;
	/** TURN over UDP where nothing listens. */
	closedUdp: string;
}

/** All on 127.0.0.1. */
export async function startLoopbackServers(): Promise<{ urls: ServerUrls; close(): Promise<void> }> {
	const [coturn, dead] = await Promise.all([startCoturn({ tls: true }), startDeadServers()]);
	const { stun, udp, tcp, tls } = coturn.urls;
	return {
		urls: { stun, udp, tcp, untrusted: tls!, ...deadUrls('127.0.0.1', dead) },
		close: async () => {
			dead.close();
			await coturn.close();
		}
	};
}

export function deadUrls(host: string, ports: { silentUdpPort: number; silentTcpPort: number; closedPort: number }) {
	return {
		silentStun: `stun:${host}:${ports.silentUdpPort}`,
		silentUdp: `turn:${host}:${ports.silentUdpPort}?transport=udp`,
		silentTcp: `turn:${host}:${ports.silentTcpPort}?transport=tcp`,
		closed: `turn:${host}:${ports.closedPort}?transport=tcp`,
		closedUdp: `turn:${host}:${ports.closedPort}?transport=udp`
	};
}

const MISSPELT = 'turn.misspelt.invalid';

/** By a name: `list` is given the name under which the host of the URLs is known. */
export const SERVER_LISTS: [name: string, list: (urls: ServerUrls, byName: (url: string) => string) => IceServer[]][] = [
	['no server', () => []],
	['STUN', (s) => [{ urls: [s.stun] }]],
	['TURN over UDP', (s) => [turn(s.udp)]],
	['TURN over TCP', (s) => [turn(s.tcp)]],
	['TURN by a name', (s, byName) => [turn(byName(s.udp))]],
	['STUN and TURN over UDP and TCP', (s) => [{ urls: [s.stun] }, turn([s.udp, s.tcp])]],
	['a wrong password over UDP', (s) => [turn(s.udp, BOB)]],
	['a wrong password over TCP', (s) => [turn(s.tcp, BOB)]],
	['a good and a bad user of one URL', (s) => [turn(s.udp), turn(s.udp, BOB)]],
	['a bad and a good user of one URL, and a silent server', (s) => [turn(s.tcp, BOB), turn(s.tcp), turn(s.silentUdp)]],
	['one entry twice', (s) => [turn(s.udp), turn(s.udp)]],
	['a silent STUN server', (s) => [{ urls: [s.silentStun] }]],
	['a silent STUN server beside one that answers', (s) => [{ urls: [s.silentStun, s.stun] }]],
	['silent TURN over UDP', (s) => [turn(s.silentUdp)]],
	['silent TURN over TCP beside a wrong password', (s) => [turn(s.silentTcp), turn(s.udp, BOB)]],
	['a closed TCP port', (s) => [turn(s.closed)]],
	['a closed TCP port beside a server that works', (s) => [turn(s.closed), turn(s.udp)]],
	['a closed UDP port', (s) => [turn(s.closedUdp)]],
	['an untrusted certificate', (s) => [turn(s.untrusted)]],
	['an untrusted certificate by a name', (s, byName) => [turn(byName(s.untrusted))]],
	['an untrusted certificate and a wrong password', (s) => [turn(s.untrusted), turn(s.tcp, BOB)]],
	['a name that does not exist', () => [turn(`turn:${MISSPELT}:3478?transport=udp`)]],
	['a name that does not exist, over TCP', () => [turn(`turn:${MISSPELT}:3478?transport=tcp`)]],
	['a port that Chromium leaves alone', (s) => [turn(s.tcp.replace(/:\d+\?/, ':25?'))]],
	['TURN without credentials', (s) => [turn(s.udp, {})]],
	['an entry without a credential beside one that works', (s) => [turn(s.udp), turn(s.tcp, { username: 'alice' })]],
	['a URL that no browser reads beside one that works', (s) => [turn(s.udp), { urls: ['stun:127.0.0.1?transport='] }]],
	['stuns:, which Chromium takes for stun:', (s) => [{ urls: [s.stun.replace('stun:', 'stuns:')] }]]
];

export function listNamed(wanted: string): (typeof SERVER_LISTS)[number][1] {
	const found = SERVER_LISTS.find(([name]) => name === wanted);
	if (!found) throw new Error(`No list "${wanted}" in SERVER_LISTS.`);
	return found[1];
}
