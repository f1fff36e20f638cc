/** The only packet that the prober sends, a connectivity check (RFC 8445 §7), and the matching of its answer. */
import type { IceCredentials } from '../../core/nat/prober-messages';
import { sealMessage, shortTermKey, type StunCrypto } from '../../core/stun/integrity';
import { METHODS } from '../../core/stun/methods-table';
import type { Random } from '../node-crypto';
import type { Endpoint, UdpSocket } from '../udp';

/** RFC 8445 §5.1.2.1: type preference 110 of a peer-reflexive candidate, local preference 65535, component 1. */
const PEER_REFLEXIVE_PRIORITY = 110 * 2 ** 24 + 65535 * 2 ** 8 + 255;

/** Requests without an answer yet, by transaction id. */
export type Pending = Map<string, { to: Endpoint; answered: (size: number) => void }>;

export const keyOf = (transactionId: Uint8Array) => Buffer.from(transactionId).toString('latin1');

/**
 * Sends one check if `allows` grants its length. Returns what cancels it; null when it was not sent.
 */
export function sendProbe(
	socket: UdpSocket,
	to: Endpoint,
	{ page, own }: { page: IceCredentials; own: IceCredentials },
	tools: { pending: Pending; random: Random; crypto: StunCrypto },
	allows: (bytes: number) => boolean,
	answered: (size: number) => void
): (() => void) | null {
	const transactionId = tools.random.bytes(12).slice();
	const bytes = sealMessage(
		{
			method: METHODS.Binding,
			class: 'request',
			transactionId,
			attributes: [
				['USERNAME', `${page.ufrag}:${own.ufrag}`],
				['PRIORITY', PEER_REFLEXIVE_PRIORITY]
			]
		},
		{ integrity: { kind: 'sha1', key: shortTermKey(page.pwd), crypto: tools.crypto }, fingerprint: true }
	);
	if (!allows(bytes.length)) return null;
	tools.pending.set(keyOf(transactionId), { to, answered });
	socket.send(bytes, to);
	return () => void tools.pending.delete(keyOf(transactionId));
}

/** The length of such a check: header, user name padded to four bytes, PRIORITY, MESSAGE-INTEGRITY, FINGERPRINT. */
export function probeBytes({ page, own }: { page: IceCredentials; own: IceCredentials }): number {
	return 20 + 4 + 4 * Math.ceil((page.ufrag.length + 1 + own.ufrag.length) / 4) + 8 + 24 + 8;
}
