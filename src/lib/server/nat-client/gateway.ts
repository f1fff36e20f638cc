/**
 * Asks the own router for its external address by NAT-PMP (RFC 6886 §3.2) and UPnP, and whether it speaks PCP. Nothing is mapped and nothing
 * changes there; by PCP a router would tell its address only with a new mapping, which is not asked for.
 */
import { readFile } from 'node:fs/promises';
import type { GatewayAsked, NatPmpAnswer } from '../../core/nat/gateway-facts';
import type { Clock } from '../clock';
import type { UdpNet } from '../udp';
import { askIgd } from './igd';

const PORT = 5351;
/** RFC 6886 §3.1: 250 ms doubling, nine times; five are 7.75 s, and a router is one hop away. */
const FIRST_MS = 250;
const TRIES = 5;
const EXTERNAL_ADDRESS = Uint8Array.of(0, 0);
const PCP_VERSION = 2;
/** The highest bit of the opcode. */
const RESPONSE = 128;

/** The IPv4 default gateway of a Linux host; null elsewhere, and without one. */
export async function defaultGateway(): Promise<string | null> {
	const table = await readFile('/proc/net/route', 'utf8').catch(() => '');
	for (const line of table.split('\n').slice(1)) {
		const [, destination, gateway, flags] = line.trim().split(/\s+/);
		// RTF_GATEWAY; addresses are in the byte order of the machine, which is little-endian wherever Node runs today.
		if (destination !== '00000000' || !gateway || (parseInt(flags ?? '0', 16) & 2) === 0) continue;
		return (gateway.match(/../g) ?? [])
			.reverse()
			.map((hex) => parseInt(hex, 16))
			.join('.');
	}
	return null;
}

interface GatewayOptions {
	net: UdpNet;
	clock: Clock;
	gateway: string;
	/** This host's own address towards the router. */
	localAddress: string;
}

export async function askGateway(options: GatewayOptions): Promise<GatewayAsked> {
	const [natPmp, pcp, upnp] = await Promise.all([
		ask(options, EXTERNAL_ADDRESS, readNatPmp),
		ask(options, announce(options.localAddress), readPcp),
		askIgd(options)
	]);
	return { gateway: options.gateway, natPmp, pcp, upnp };
}

/** One question by UDP, with retransmissions, until `read` makes something of what comes. */
async function ask<Answer>(
	{ net, clock, gateway, localAddress }: GatewayOptions,
	question: Uint8Array,
	read: (data: Uint8Array) => Answer | null
): Promise<{ tookMs: number; sent: number; answer: Answer | null }> {
	const bound = await net.bind(localAddress, 0);
	if (!bound.ok) return { tookMs: 0, sent: 0, answer: null };
	const socket = bound.value;
	const startedMs = clock.nowMs();
	return new Promise((resolve) => {
		let sent = 0;
		let cancel = () => {};
		const end = (answer: Answer | null) => {
			cancel();
			socket.close();
			resolve({ tookMs: clock.nowMs() - startedMs, sent, answer });
		};
		socket.onMessage((data, from) => {
			// RFC 6886 §3.1: what does not come from the gateway itself is to be ignored.
			if (from.address !== gateway || from.port !== PORT) return;
			const answer = read(data);
			if (answer !== null) end(answer);
		});
		const send = () => {
			socket.send(question, { address: gateway, port: PORT });
			cancel = clock.setTimer(FIRST_MS * 2 ** sent, () => (sent < TRIES ? send() : end(null)));
			sent++;
		};
		send();
	});
}

export function readNatPmp(data: Uint8Array): NatPmpAnswer | null {
	if (data.length < 4) return null;
	// RFC 6887 §9: a router that speaks PCP alone refuses the version.
	if (data[0] === PCP_VERSION && data[1]! >= RESPONSE) return { protocol: 'pcp-only' };
	if (data[0] !== 0 || data[1] !== RESPONSE) return null;
	const resultCode = (data[2]! << 8) | data[3]!;
	const externalAddress = resultCode === 0 && data.length >= 12 ? data.slice(8, 12).join('.') : null;
	return { protocol: 'nat-pmp', resultCode, externalAddress };
}

/** ANNOUNCE with the client's address as the header has it (RFC 6887 §7.1, §14.1.1). */
function announce(localAddress: string): Uint8Array {
	const packet = new Uint8Array(24);
	packet[0] = PCP_VERSION;
	packet.set([0xff, 0xff, ...localAddress.split('.').map(Number)], 18);
	return packet;
}

/** A router without PCP answers in the version of NAT-PMP (RFC 6886 §3.5), which is no answer here. */
export function readPcp(data: Uint8Array): { resultCode: number } | null {
	return data.length >= 24 && data[0] === PCP_VERSION && data[1] === RESPONSE ? { resultCode: data[3]! } : null;
}
