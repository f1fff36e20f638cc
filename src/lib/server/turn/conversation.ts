/** Handles each STUN message: Binding, authenticated TURN requests, Send indications; anything else is dropped. */
import { decodeMessage, readAttribute, type StunMessage } from '../../core/stun/message';
import { METHODS, methodName } from '../../core/stun/methods-table';
import type { ErrorCode } from '../../core/stun/error-codes-table';
import { nodeCrypto } from '../node-crypto';
import { answerBinding, isGenuine, refuse, refuseMalformed, respond, unknownAttributes } from '../stun-server';
import type { UdpSocket } from '../udp';
import type { Allocation, ClientPath } from './allocation';
import type { Authenticator } from './authentication';
import { HANDLERS, UNDERSTOOD, type TurnContext } from './requests';
import type { Slots } from './slots';
import type { DiscoverySockets } from './discovery-sockets';

export interface ConversationCounts {
	requests: number;
	/** Unauthenticated requests left unanswered because their source asked too often. */
	rateLimited: number;
	/** Datagrams and stream frames that were not STUN. */
	malformed: number;
	/** Requests answered with 500: anything but 0 is a bug of this server. */
	failures: number;
	/** Error answers by code. */
	errors: Record<number, number>;
}

export interface ConversationSetup {
	/** Null: STUN only. */
	auth: Authenticator | null;
	context: TurnContext;
	slots: Slots;
	discovery: DiscoverySockets;
	/** Whether an unauthenticated client at this address may get one more answer. */
	mayAnswer(address: string): boolean;
	counts: ConversationCounts;
}

/** A datagram below this gets no challenge: a real Allocate has REQUESTED-TRANSPORT and so 28 bytes. */
const MIN_CHALLENGED_BYTES = 28;

/** Returns the function that handles a whole message from `client`; `socket` is null on TCP and TLS. */
export function makeConversation(
	setup: ConversationSetup
): (bytes: Uint8Array, client: ClientPath, socket: UdpSocket | null) => void {
	const { auth, context, slots, discovery, counts } = setup;

	/** Limits answers to unauthenticated clients over UDP: with a forged source address a third party gets them. */
	function mayAnswerTo(client: ClientPath): boolean {
		if (client.protocol !== 'udp' || setup.mayAnswer(client.remote.address)) return true;
		counts.rateLimited++;
		return false;
	}

	function counted<Code extends ErrorCode>(code: Code): Code {
		counts.errors[code] = (counts.errors[code] ?? 0) + 1;
		return code;
	}

	function onBinding(request: StunMessage, client: ClientPath, socket: UdpSocket | null): void {
		if (!mayAnswerTo(client)) return;
		const other = socket ? discovery.opposite(socket.local) : null;
		const answer = answerBinding(request, { from: client.remote, local: client.local, other });
		if (socket && other) discovery.socketFor(socket.local, answer.way).send(answer.bytes, answer.to);
		else client.send(answer.bytes);
	}

	async function onRequest(request: StunMessage, client: ClientPath): Promise<void> {
		const name = methodName(request.method);
		const handler = name && HANDLERS[name];
		if (!handler) return;
		if (!auth) {
			if (mayAnswerTo(client)) client.send(refuse(request, counted(403)));
			return;
		}
		const allocation = slots.find(client.tuple)?.allocation ?? null;
		const checked = auth.check(request, client.tuple, allocation?.user ?? null);
		if (!checked.ok) {
			if (!mayAnswerTo(client)) return;
			const short = client.protocol === 'udp' && request.bytes.length < MIN_CHALLENGED_BYTES;
			const { code, attributes } = short ? { code: 400 as const, attributes: [] } : checked.refusal;
			client.send(refuse(request, counted(code), attributes));
			return;
		}
		const { identity, user } = checked;
		const integrity = { kind: identity.kind, key: identity.key, crypto: nodeCrypto };
		const unknown = unknownAttributes(request, isUnderstood);
		if (unknown.length > 0) return client.send(refuse(request, counted(420), [['UNKNOWN-ATTRIBUTES', unknown]], integrity));
		// Only the user who made an allocation may use it (RFC 8656 §5).
		if (allocation && allocation.user.username !== user.username) {
			return client.send(refuse(request, counted(441), [], integrity));
		}
		const outcome = await handler(request, { client, user, allocation }, context);
		if (outcome.result === 'success') client.send(respond(request, 'success', outcome.attributes, integrity));
		if (outcome.result === 'error') client.send(refuse(request, counted(outcome.code), outcome.attributes, integrity));
	}

	/** A bug in handling a request must not end the server. */
	function onInternalError(request: StunMessage, client: ClientPath): void {
		counts.failures++;
		if (mayAnswerTo(client)) client.send(refuse(request, counted(500)));
	}

	return (bytes, client, socket) => {
		const decoded = decodeMessage(bytes);
		if (!decoded.ok) {
			counts.malformed++;
			const { header } = decoded.error;
			if (header?.class !== 'request' || !mayAnswerTo(client)) return;
			counted(400);
			return client.send(refuseMalformed(header));
		}
		const message = decoded.value;
		if (!isGenuine(message)) return;
		if (message.class === 'request') {
			counts.requests++;
			if (message.method === METHODS.Binding) onBinding(message, client, socket);
			else onRequest(message, client).catch(() => onInternalError(message, client));
		} else if (message.class === 'indication' && message.method === METHODS.Send) {
			const allocation = slots.find(client.tuple)?.allocation;
			if (allocation) relaySend(message, allocation);
		}
	};
}

/** A whole Send indication of a client with an allocation (RFC 8656 §11.2). */
export function onSendIndication(bytes: Uint8Array, allocation: Allocation, counts: ConversationCounts): void {
	const decoded = decodeMessage(bytes);
	if (!decoded.ok) counts.malformed++;
	else if (isGenuine(decoded.value)) relaySend(decoded.value, allocation);
}

function relaySend(message: StunMessage, allocation: Allocation): void {
	const peer = readAttribute(message, 'XOR-PEER-ADDRESS');
	const data = readAttribute(message, 'DATA');
	// An indication with unknown comprehension-required attributes is dropped (RFC 8489 §6.3.2).
	if (!peer || !data || unknownAttributes(message, isUnderstood).length > 0) return;
	allocation.fromClientSend(peer, data);
}

function isUnderstood(type: number): boolean {
	return UNDERSTOOD.has(type);
}
