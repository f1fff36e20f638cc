/** The part of a browser's ICE agent that a prober sees: checks with credentials, and answers to checks from any address. */
import { shortTermKey, sealMessage, verifyIntegrity } from '../../../src/lib/core/stun/integrity';
import { decodeMessage, readAttribute } from '../../../src/lib/core/stun/message';
import { METHODS } from '../../../src/lib/core/stun/methods-table';
import { nodeCrypto } from '../../../src/lib/server/node-crypto';
import type { Endpoint, UdpNet, UdpSocket } from '../../../src/lib/server/udp';
import type { VirtualNetwork } from './network';

export const PAGE = { ufrag: 'pAge', pwd: 'pageSecretpageSecretpage' };

export interface Page {
	socket: UdpSocket;
	/** Requests that came in, by where they came from. */
	heard: Endpoint[];
	stop(): void;
}

/** A check as Chromium's: USERNAME, role, priority, integrity, fingerprint; about a hundred bytes. */
export function check(own: { ufrag: string; pwd: string }, transactionId: Uint8Array, page = PAGE): Uint8Array {
	return sealMessage(
		{
			method: METHODS.Binding,
			class: 'request',
			transactionId,
			attributes: [
				['USERNAME', `${own.ufrag}:${page.ufrag}`],
				['ICE-CONTROLLING', new Uint8Array(8)],
				['PRIORITY', 1853824767]
			]
		},
		{ integrity: { kind: 'sha1', key: shortTermKey(own.pwd), crypto: nodeCrypto }, fingerprint: true }
	);
}

/** Checks every candidate each 50 ms until stopped, and answers whoever knows its password. */
export async function openPage(
	network: VirtualNetwork,
	net: UdpNet,
	address: string,
	own: { ufrag: string; pwd: string },
	candidates: readonly Endpoint[]
): Promise<Page> {
	const bound = await net.bind(address, 0);
	if (!bound.ok) throw new Error(bound.error.message);
	const socket = bound.value;
	const heard: Endpoint[] = [];
	const key = shortTermKey(PAGE.pwd);
	socket.onMessage((data, from) => {
		const decoded = decodeMessage(data.slice());
		if (!decoded.ok || decoded.value.class !== 'request') return;
		if (readAttribute(decoded.value, 'USERNAME') !== `${PAGE.ufrag}:${own.ufrag}`) return;
		if (!verifyIntegrity(nodeCrypto, decoded.value, 'sha1', key)) return;
		heard.push({ ...from });
		const { method, transactionId } = decoded.value;
		const attributes = [['XOR-MAPPED-ADDRESS', { ...from }]] as const;
		socket.send(
			sealMessage(
				{ method, class: 'success', transactionId, attributes },
				{ integrity: { kind: 'sha1', key, crypto: nodeCrypto }, fingerprint: true }
			),
			from
		);
	});
	let stopped = false;
	const beat = () => {
		if (stopped) return;
		for (const candidate of candidates) socket.send(check(own, network.random.bytes(12)), candidate);
		network.clock.setTimer(50, beat);
	};
	beat();
	return { socket, heard, stop: () => void (stopped = true) };
}
