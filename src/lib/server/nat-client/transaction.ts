/** STUN transactions over UDP with retransmission; the result includes the source of the answer. */
import type { Answered } from '../../core/nat/discovery-facts';
import { decodeMessage, looksLikeStun, readAttribute, type AttributeToWrite, type StunMessage } from '../../core/stun/message';
import { METHODS } from '../../core/stun/methods-table';
import { sealMessage } from '../../core/stun/integrity';
import type { Clock } from '../clock';
import type { Random } from '../node-crypto';
import type { Endpoint, UdpSocket } from '../udp';

/** RFC 8489 §6.2.1 starts at 500 ms; the round trip, once known, is a better start. */
export interface Pace {
	firstMs: number;
	tries: number;
}

export interface Heard {
	message: StunMessage;
	from: Endpoint;
}

/** One socket for several transactions. */
export interface Asker {
	socket: UdpSocket;
	ask(
		to: Endpoint,
		attributes: readonly AttributeToWrite[],
		pace: Pace
	): Promise<{ answer: Answered | null; tookMs: number; sent: number }>;
	/** Sends one Binding request without waiting for its answer; returns its transaction id. */
	write(to: Endpoint, attributes?: readonly AttributeToWrite[]): Uint8Array;
	/** The next message with this transaction id, request or response, or null after `waitMs`. */
	hear(transactionId: Uint8Array, waitMs: number): Promise<Heard | null>;
	close(): void;
}

const key = (transactionId: Uint8Array) => [...transactionId].join(' ');

export function makeAsker(socket: UdpSocket, clock: Clock, random: Random): Asker {
	const waiting = new Map<string, (heard: Heard) => void>();
	socket.onMessage((data, from) => {
		// A copy: the socket's buffer and `from` are valid only during this call.
		const bytes = data.slice();
		if (!looksLikeStun(bytes)) return;
		const decoded = decodeMessage(bytes);
		if (decoded.ok) waiting.get(key(decoded.value.transactionId))?.({ message: decoded.value, from: { ...from } });
	});
	const request = (transactionId: Uint8Array, attributes: readonly AttributeToWrite[]) =>
		sealMessage({ method: METHODS.Binding, class: 'request', transactionId, attributes }, { fingerprint: true });
	const asker: Asker = {
		socket,
		ask: (to, attributes, { firstMs, tries }) =>
			new Promise((resolve) => {
				const transactionId = random.bytes(12).slice();
				const bytes = request(transactionId, attributes);
				const startedMs = clock.nowMs();
				let sent = 0;
				let cancel = () => {};
				const end = (heard: Heard | null) => {
					cancel();
					waiting.delete(key(transactionId));
					resolve({ answer: heard && readAnswer(heard), tookMs: clock.nowMs() - startedMs, sent });
				};
				waiting.set(key(transactionId), (heard) => {
					if (heard.message.class === 'success' || heard.message.class === 'error') end(heard);
				});
				const send = () => {
					socket.send(bytes, to);
					// The interval doubles; after the last request the answer is waited for as long as between the last two.
					cancel = clock.setTimer(firstMs * 2 ** Math.min(sent, 3), () => (sent < tries ? send() : end(null)));
					sent++;
				};
				send();
			}),
		write(to, attributes = []) {
			const transactionId = random.bytes(12).slice();
			socket.send(request(transactionId, attributes), to);
			return transactionId;
		},
		hear: (transactionId, waitMs) =>
			new Promise((resolve) => {
				const end = (heard: Heard | null) => {
					cancel();
					waiting.delete(key(transactionId));
					resolve(heard);
				};
				const cancel = clock.setTimer(waitMs, () => end(null));
				waiting.set(key(transactionId), end);
			}),
		close: () => socket.close()
	};
	return asker;
}

function readAnswer({ message, from }: Heard): Answered {
	const [hidden, plain] = [readAttribute(message, 'XOR-MAPPED-ADDRESS'), readAttribute(message, 'MAPPED-ADDRESS')];
	return {
		from,
		mapped: hidden ?? plain ?? null,
		plain: hidden && plain ? plain : null,
		origin: readAttribute(message, 'RESPONSE-ORIGIN') ?? null,
		other: readAttribute(message, 'OTHER-ADDRESS') ?? null,
		error: message.class === 'error' ? (readAttribute(message, 'ERROR-CODE')?.code ?? 0) : null
	};
}
