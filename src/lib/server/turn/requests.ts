/** The TURN methods for authenticated clients (RFC 8656 §7 to §12): a function for each, in a table. */
import { ATTRIBUTES, type AttributeName } from '../../core/stun/attributes-table';
import type { ErrorCode } from '../../core/stun/error-codes-table';
import { readAttribute, readAttributes, type AttributeToWrite, type StunMessage } from '../../core/stun/message';
import type { MethodName } from '../../core/stun/methods-table';
import { isChannelNumber } from '../../core/stun/channel-data';
import { toHex } from '../../core/stun/bytes';
import type { UdpSocket } from '../udp';
import { familyOf, type Allocation, type ClientPath, type PermittedVerdict } from './allocation';
import type { KnownUser } from './authentication';
import { sourceKey } from './limits';
import type { PeerPolicy } from './peer-policy';
import type { RelayPorts } from './relay-ports';

/** The answer to a request; `none` for a retransmission whose first copy is still being processed. */
export type Outcome =
	| { result: 'success'; attributes: AttributeToWrite[] }
	| { result: 'error'; code: ErrorCode; attributes: AttributeToWrite[] }
	| { result: 'none' };

export interface Caller {
	client: ClientPath;
	user: KnownUser;
	/** The live allocation of this 5-tuple. */
	allocation: Allocation | null;
}

/** What the request handlers need from the server. */
export interface TurnContext {
	ports: RelayPorts;
	policy: PeerPolicy;
	/** The address that a client on this local address gets its relay port on; null when the family is not served. */
	relayAddress(family: 'ipv4' | 'ipv6', local: string): string | null;
	/** Counts one more allocation against the quotas and returns the function that releases it; null where a quota is used up. */
	reserve(caller: Caller): (() => void) | null;
	/** Makes the allocation live. */
	open(caller: Caller, transaction: string, relays: UdpSocket[], giveBack: () => void): Allocation;
	/** Keeps the answer to an Allocate request for its retransmissions. */
	rememberAnswer(caller: Caller, attributes: AttributeToWrite[]): void;
	/** The state of the 5-tuple: which request made it, and what was answered (null: not yet). */
	tupleState(caller: Caller): { transaction: string; answer: AttributeToWrite[] | null } | null;
	/** Marks the 5-tuple as allocating; the returned function removes the mark and returns false if the client has gone meanwhile. */
	begin(caller: Caller, transaction: string): () => boolean;
	close(allocation: Allocation): void;
}

const UDP_PROTOCOL = 17;

const succeed = (...attributes: AttributeToWrite[]): Outcome => ({ result: 'success', attributes });
const failWith = (code: ErrorCode, ...attributes: AttributeToWrite[]): Outcome => ({ result: 'error', code, attributes });

type Handler = (request: StunMessage, caller: Caller, context: TurnContext) => Outcome | Promise<Outcome>;

export const HANDLERS: Partial<Record<MethodName, Handler>> = {
	Allocate: allocate,
	Refresh: refresh,
	CreatePermission: createPermission,
	ChannelBind: channelBind
};

/**
 * Attributes that are understood in authenticated requests. DONT-FRAGMENT is not among them: Node cannot set the bit, and
 * RFC 8656 §7.2 then asks for 420.
 */
export const UNDERSTOOD = new Set<number>(
	(
		[
			'USERNAME',
			'USERHASH',
			'REALM',
			'NONCE',
			'MESSAGE-INTEGRITY',
			'MESSAGE-INTEGRITY-SHA256',
			'PASSWORD-ALGORITHM',
			'REQUESTED-TRANSPORT',
			'REQUESTED-ADDRESS-FAMILY',
			'EVEN-PORT',
			'RESERVATION-TOKEN',
			'LIFETIME',
			'XOR-PEER-ADDRESS',
			'CHANNEL-NUMBER',
			'DATA'
		] satisfies AttributeName[]
	).map((name) => ATTRIBUTES[name].type)
);

async function allocate(request: StunMessage, caller: Caller, context: TurnContext): Promise<Outcome> {
	const transaction = toHex(request.transactionId);
	const state = context.tupleState(caller);
	if (state) {
		if (state.transaction !== transaction) return failWith(437);
		return state.answer ? succeed(...state.answer) : { result: 'none' };
	}
	const transport = readAttribute(request, 'REQUESTED-TRANSPORT');
	if (transport === undefined) return failWith(400);
	if (transport !== UDP_PROTOCOL) return failWith(442);
	const wish = readWish(request);
	if (!wish) return failWith(400);
	const giveBack = context.reserve(caller);
	if (!giveBack) return failWith(486);
	const done = context.begin(caller, transaction);
	const relays = await openRelays(wish, caller, context);
	const stillThere = done();
	if ('code' in relays) {
		giveBack();
		return failWith(relays.code);
	}
	if (!stillThere) {
		giveBack();
		relays.sockets.forEach((socket) => context.ports.release(socket));
		return { result: 'none' };
	}
	const allocation = context.open(caller, transaction, relays.sockets, giveBack);
	const lifetimeS = allocation.refresh(readAttribute(request, 'LIFETIME'));
	const attributes: AttributeToWrite[] = relays.sockets.map(({ local }) => ['XOR-RELAYED-ADDRESS', local]);
	attributes.push(['LIFETIME', lifetimeS], ['XOR-MAPPED-ADDRESS', caller.client.remote]);
	if (relays.token) attributes.push(['RESERVATION-TOKEN', relays.token]);
	if (relays.missing) attributes.push(['ADDRESS-ERROR-CODE', relays.missing]);
	context.rememberAnswer(caller, attributes);
	return succeed(...attributes);
}

interface Wish {
	family: 'ipv4' | 'ipv6' | 'other' | undefined;
	both: boolean;
	even: { reserveNext: boolean } | undefined;
	token: Uint8Array | undefined;
}

/** Null for combinations that RFC 8656 §7.2 refuses with 400. */
function readWish(request: StunMessage): Wish | null {
	const family = readAttribute(request, 'REQUESTED-ADDRESS-FAMILY');
	const additional = readAttribute(request, 'ADDITIONAL-ADDRESS-FAMILY');
	const even = readAttribute(request, 'EVEN-PORT');
	const token = readAttribute(request, 'RESERVATION-TOKEN');
	if (token && (even || family || additional)) return null;
	if (additional && (additional !== 'ipv6' || family || even?.reserveNext)) return null;
	return { family, both: additional !== undefined, even, token };
}

interface Relays {
	sockets: UdpSocket[];
	token: Uint8Array | null;
	missing: { family: 'ipv6'; code: number; reason: string } | null;
}

async function openRelays(wish: Wish, { client, user }: Caller, context: TurnContext): Promise<Relays | { code: ErrorCode }> {
	if (wish.token) {
		const held = context.ports.claim(wish.token, user.username);
		return held ? { sockets: [held], token: null, missing: null } : { code: 508 };
	}
	// IPv4 by default (RFC 8656 §7.2); a server without IPv4 allocates the family that it has.
	if (wish.family === 'other') return { code: 440 };
	const asked = wish.family ?? 'ipv4';
	const other = asked === 'ipv4' && wish.family === undefined && !wish.both ? 'ipv6' : null;
	const address =
		context.relayAddress(asked, client.local.address) ?? (other ? context.relayAddress(other, client.local.address) : null);
	if (address === null) return { code: 440 };
	const holder = wish.even?.reserveNext ? { username: user.username, source: sourceKey(client.remote.address) } : null;
	const first = wish.even ? await context.ports.openEven(address, holder) : await openPlain(address, context);
	if (!first) return { code: 508 };
	if (!wish.both) return { sockets: [first.socket], token: first.token, missing: null };
	const second = context.relayAddress('ipv6', client.local.address);
	const socket = second === null ? null : await context.ports.open(second);
	if (socket) return { sockets: [first.socket, socket], token: first.token, missing: null };
	const missing = { family: 'ipv6' as const, code: second === null ? 440 : 508, reason: '' };
	return { sockets: [first.socket], token: first.token, missing };
}

async function openPlain(address: string, context: TurnContext): Promise<{ socket: UdpSocket; token: null } | null> {
	const socket = await context.ports.open(address);
	return socket ? { socket, token: null } : null;
}

function refresh(request: StunMessage, { allocation }: Caller, context: TurnContext): Outcome {
	if (!allocation) return failWith(437);
	const family = readAttribute(request, 'REQUESTED-ADDRESS-FAMILY');
	if (family === 'other' || (family && !allocation.hasFamily(family))) return failWith(443);
	const requestedS = readAttribute(request, 'LIFETIME');
	if (requestedS !== 0) return succeed(['LIFETIME', allocation.refresh(requestedS)]);
	if (!family || allocation.closeFamily(family)) context.close(allocation);
	return succeed(['LIFETIME', 0]);
}

function createPermission(request: StunMessage, { allocation }: Caller, context: TurnContext): Outcome {
	if (!allocation) return failWith(437);
	const peers = readAttributes(request, 'XOR-PEER-ADDRESS');
	if (peers.length === 0) return failWith(400);
	// All or none (RFC 8656 §10.2), so all are checked first.
	const permitted = new Map<string, PermittedVerdict>();
	// Counted before they are judged, which costs a look at the interfaces for each.
	if (!allocation.hasRoomFor(peers.map(({ address }) => address))) return failWith(508);
	for (const { address } of peers) {
		if (!allocation.hasFamily(familyOf(address))) return failWith(443);
		if (permitted.has(address)) continue;
		const verdict = context.policy(address);
		if (verdict === 'refused') return failWith(403);
		permitted.set(address, verdict);
	}
	for (const [address, verdict] of permitted) allocation.permit(address, verdict);
	return succeed();
}

function channelBind(request: StunMessage, { allocation }: Caller, context: TurnContext): Outcome {
	if (!allocation) return failWith(437);
	const number = readAttribute(request, 'CHANNEL-NUMBER');
	const peer = readAttribute(request, 'XOR-PEER-ADDRESS');
	if (number === undefined || peer === undefined || !isChannelNumber(number) || peer.port === 0) return failWith(400);
	if (!allocation.hasFamily(familyOf(peer.address))) return failWith(443);
	const verdict = context.policy(peer.address);
	if (verdict === 'refused') return failWith(403);
	const bound = allocation.bindChannel(number, peer, verdict);
	return bound === 'bound' ? succeed() : failWith(bound === 'conflict' ? 400 : 508);
}
