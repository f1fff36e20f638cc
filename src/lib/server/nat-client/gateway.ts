/**
 * Asks the own router for its external address by NAT-PMP (RFC 6886 §3.2). Nothing is mapped and nothing changes there; a router that
 * speaks PCP alone refuses the version (RFC 6887 §9) and would tell its address only with a new mapping, which is not asked for.
 */
import { readFile } from 'node:fs/promises';
import type { GatewayAsked } from '../../core/nat/gateway';
import type { Clock } from '../clock';
import type { UdpNet } from '../udp';

const PORT = 5351;
/** RFC 6886 §3.1: 250 ms doubling, nine times; five are 7.75 s, and a router is one hop away. */
const FIRST_MS = 250;
const TRIES = 5;
const EXTERNAL_ADDRESS = Uint8Array.of(0, 0);

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

export async function askGateway(
	{ net, clock }: { net: UdpNet; clock: Clock },
	gateway: string,
	localAddress: string
): Promise<GatewayAsked | null> {
	const bound = await net.bind(localAddress, 0);
	if (!bound.ok) return null;
	const socket = bound.value;
	const startedMs = clock.nowMs();
	return new Promise((resolve) => {
		let sent = 0;
		let cancel = () => {};
		const end = (answer: GatewayAsked['answer']) => {
			cancel();
			socket.close();
			resolve({ gateway, tookMs: clock.nowMs() - startedMs, sent, answer });
		};
		socket.onMessage((data, from) => {
			// RFC 6886 §3.1: what does not come from the gateway itself is to be ignored.
			if (from.address !== gateway || from.port !== PORT) return;
			const answer = readAnswer(data);
			if (answer !== null) end(answer);
		});
		const send = () => {
			socket.send(EXTERNAL_ADDRESS, { address: gateway, port: PORT });
			cancel = clock.setTimer(FIRST_MS * 2 ** sent, () => (sent < TRIES ? send() : end(null)));
			sent++;
		};
		send();
	});
}

export function readAnswer(data: Uint8Array): GatewayAsked['answer'] {
	if (data.length < 4) return null;
	// A PCP answer has its highest bit set too, in the byte of the opcode.
	if (data[0] === 2 && data[1]! >= 128) return { protocol: 'pcp-only' };
	if (data[0] !== 0 || data[1] !== 128) return null;
	const resultCode = (data[2]! << 8) | data[3]!;
	const externalAddress = resultCode === 0 && data.length >= 12 ? data.slice(8, 12).join('.') : null;
	return { protocol: 'nat-pmp', resultCode, externalAddress };
}
