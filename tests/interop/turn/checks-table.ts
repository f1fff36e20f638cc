/**
 * The conformance table: each check is run against the embedded server and against coturn. `want` is what the RFC asks for
 * and what the embedded server must say; where coturn says something else, `coturn` holds that and why it may.
 */
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { readAttribute, readAttributes, type StunMessage } from '../../../src/lib/core/stun/message';
import { checkFingerprint } from '../../../src/lib/core/stun/integrity';
import { readNonceCookie } from '../../../src/lib/core/stun/nonce-cookie';
import { toHex } from '../../../src/lib/core/stun/bytes';
import { mintRestCredentials } from '../../../src/lib/server/turn/rest-credentials';
import { until } from '../../support/until';
import { say, type Peer, type Transport, type TurnClient, type User } from './client';

export const ALICE: User = { username: 'alice', password: 'correct horse' };
export const BOB: User = { username: 'bob', password: 'battery staple' };
export const SECRET = 'north wind and sun';
/** Allocations that one user may hold at the server with the secret. */
export const QUOTA = 3;

/** A server under test. Everything on 127.0.0.1, 127.0.0.2 and ::1. */
export interface Target {
	port: number;
	alternatePort: number;
	tlsPort: number;
	/** Another server of the same kind, with SECRET and QUOTA. */
	restPort: number;
}

/** Opens clients and peers that are closed when the check is over. */
export interface Tools {
	target: Target;
	client(
		transport?: Transport,
		options?: { user?: User; port?: number; address?: string; from?: { address: string; port?: number } }
	): Promise<TurnClient>;
	/** A client with an allocation, and where it is relayed. */
	allocated(transport?: Transport, user?: User): Promise<{ client: TurnClient; relay: { address: string; port: number } }>;
	peer(address?: string): Promise<Peer>;
}

export interface Check {
	name: string;
	cite: string;
	run(tools: Tools): Promise<string>;
	want: string;
	/** `says: null` where coturn may do either, or much later: then it is not asked. */
	coturn?: { says: string | RegExp | null; why: string };
}

const UDP = 17;
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (data: Uint8Array | null | undefined) => (data ? Buffer.from(data).toString() : 'nothing');
const relayOf = (answer: StunMessage | null) => (answer ? readAttribute(answer, 'XOR-RELAYED-ADDRESS') : undefined);
const unknownOf = (answer: StunMessage | null) =>
	answer ? (readAttribute(answer, 'UNKNOWN-ATTRIBUTES') ?? []).map((type) => `0x${type.toString(16)}`).join() : '';

/** Adds an attribute of any type at the end of an unsealed message. */
function withAttribute(type: number, value: Uint8Array) {
	return (message: Uint8Array) => {
		const padded = (value.length + 3) & ~3;
		const out = Buffer.alloc(message.length + 4 + padded);
		out.set(message);
		out.writeUInt16BE(type, message.length);
		out.writeUInt16BE(value.length, message.length + 2);
		out.set(value, message.length + 4);
		out.writeUInt16BE(out.length - 20, 2);
		return new Uint8Array(out);
	};
}

function isFree(address: string, port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
		socket.once('error', () => resolve(false));
		socket.bind(port, address, () => socket.close(() => resolve(true)));
	});
}

async function bind(client: TurnClient, peer: { address: string; port: number }, channel = 0x4001): Promise<string> {
	return say(
		await client.request('ChannelBind', [
			['CHANNEL-NUMBER', channel],
			['XOR-PEER-ADDRESS', peer]
		])
	);
}

async function permit(client: TurnClient, address: string, port = 9): Promise<string> {
	return say(await client.request('CreatePermission', [['XOR-PEER-ADDRESS', { address, port }]]));
}

/**
 * What comes back from a message that deserves no answer: a request sent behind it on the same path is answered, and by
 * then the first one's answer would be there.
 */
async function answerBeforeNext(client: TurnClient, send: (transactionId: Uint8Array) => void): Promise<string> {
	const transactionId = randomBytes(12);
	send(transactionId);
	const next = say(await client.request('Binding'));
	if (next !== 'success') return `next request: ${next}`;
	return say(await client.answer(transactionId, 0));
}

/** Whether a peer hears what was sent to it before: it is permitted now, and what is sent to it behind that arrives. */
async function heardBeforePermitted(client: TurnClient, peer: Peer): Promise<string> {
	const said = await permit(client, peer.endpoint.address);
	if (said !== 'success') return `permission: ${said}`;
	client.sendIndication(peer.endpoint, bytes('permitted'));
	const heard = await peer.hear();
	return heard === 'permitted' ? 'dropped' : (heard ?? 'nothing, not even what is permitted');
}

/** There and back over one channel. */
async function overChannel(tools: Tools, transport: Transport, sizes: number[] = [7]): Promise<string> {
	const { client, relay } = await tools.allocated(transport);
	const peer = await tools.peer();
	if ((await bind(client, peer.endpoint)) !== 'success') return 'no channel';
	for (const size of sizes) {
		const there = 'x'.repeat(size);
		client.sendChannelData(0x4001, bytes(there));
		if ((await peer.hear()) !== there) return `lost ${size} bytes to the peer`;
		peer.send(there, relay);
		if (text(await client.channelData(0x4001)) !== there) return `lost ${size} bytes from the peer`;
	}
	return 'both ways';
}

export const CHECKS: Check[] = [
	// --- Binding
	...(['udp', 'tcp', 'tls'] as const).map((transport): Check => ({
		name: `binding over ${transport}`,
		cite: 'RFC 8489 §6.3.3',
		async run({ client }) {
			const c = await client(transport);
			const answer = await c.request('Binding');
			const mapped = answer && readAttribute(answer, 'XOR-MAPPED-ADDRESS');
			return `${say(answer)}, ${mapped?.address}, port ${mapped?.port === c.localPort ? 'right' : 'wrong'}`;
		},
		want: 'success, 127.0.0.1, port right'
	})),
	{
		name: 'binding over IPv6',
		cite: 'RFC 8489 §14.2',
		async run({ client }) {
			const c = await client('udp', { address: '::1' });
			const answer = await c.request('Binding');
			return `${say(answer)}, ${answer && readAttribute(answer, 'XOR-MAPPED-ADDRESS')?.address}`;
		},
		want: 'success, ::1'
	},
	...(['tcp', 'tls'] as const).map((transport): Check => ({
		name: `binding over ${transport}, one byte a write`,
		cite: 'RFC 8489 §6.2.2',
		run: async ({ client }) =>
			say(await (await client(transport)).request('Binding', [['SOFTWARE', 'slow']], { byteByByte: true })),
		want: 'success'
	})),
	{
		name: 'two bindings in one write over tcp',
		cite: 'RFC 8489 §6.2.2',
		async run({ client }) {
			const c = await client('tcp');
			const ids = [randomBytes(12), randomBytes(12)];
			c.sendRaw(Buffer.concat(ids.flatMap((id) => [Buffer.from('000100002112a442', 'hex'), id])));
			return `${say(await c.answer(ids[0]!))}, ${say(await c.answer(ids[1]!))}`;
		},
		want: 'success, success'
	},
	{
		name: 'fingerprint is mirrored',
		cite: 'RFC 8489 §7.2',
		async run({ client }) {
			const answer = await (await client()).request('Binding', [], { fingerprint: true });
			return `${say(answer)}, ${answer && checkFingerprint(answer)}`;
		},
		want: 'success, right'
	},
	{
		name: 'wrong fingerprint',
		cite: 'RFC 8489 §7.3',
		async run({ client }) {
			const spoil = (message: Uint8Array) => ((message[message.length - 1]! ^= 1), message);
			const c = await client();
			return answerBeforeNext(
				c,
				(transactionId) => void c.request('Binding', [], { transactionId, fingerprint: true, spoil, timeoutMs: 0 })
			);
		},
		want: 'no answer'
	},
	{
		name: 'unknown comprehension-required attribute',
		cite: 'RFC 8489 §6.3.1',
		async run({ client }) {
			const answer = await (await client()).request('Binding', [], { spoil: withAttribute(0x7f01, bytes('?')) });
			return `${say(answer)} ${unknownOf(answer)}`;
		},
		want: 'error 420 0x7f01'
	},
	{
		name: 'unknown comprehension-optional attribute',
		cite: 'RFC 8489 §6.3',
		run: async ({ client }) => say(await (await client()).request('Binding', [], { spoil: withAttribute(0xff01, bytes('?')) })),
		want: 'success'
	},
	{
		name: 'binding indication',
		cite: 'RFC 8489 §6.3.2',
		async run({ client }) {
			const spoil = (message: Uint8Array) => ((message[1] = 0x11), message);
			const c = await client();
			return answerBeforeNext(c, (transactionId) => void c.request('Binding', [], { transactionId, spoil, timeoutMs: 0 }));
		},
		want: 'no answer'
	},
	{
		name: 'request of RFC 3489, without magic cookie',
		cite: 'RFC 8489 §6.3',
		async run({ client }) {
			const c = await client();
			c.sendRaw(Buffer.concat([Buffer.from('00010000', 'hex'), randomBytes(16)]));
			const next = say(await c.request('Binding'));
			if (next !== 'success') return `next request: ${next}`;
			return (await c.take(({ bytes: b }) => b, 0)) ? 'answered' : 'no answer';
		},
		want: 'no answer',
		coturn: { says: 'answered', why: 'coturn still serves RFC 3489 clients; nothing made since 2008 needs it' }
	},
	// --- RFC 5780
	{
		name: 'other address and response origin',
		cite: 'RFC 5780 §6.1',
		async run({ client, target }) {
			const answer = await (await client()).request('Binding');
			const other = answer && readAttribute(answer, 'OTHER-ADDRESS');
			const origin = answer && readAttribute(answer, 'RESPONSE-ORIGIN');
			const right = other?.port === target.alternatePort && origin?.port === target.port;
			return `${other?.address} from ${origin?.address}, ports ${right ? 'right' : 'wrong'}`;
		},
		want: '127.0.0.2 from 127.0.0.1, ports right'
	},
	...(
		[
			['port', false, true],
			['address', true, false],
			['address and port', true, true]
		] as const
	).map(([what, ip, port]): Check => ({
		name: `answer from the other ${what}`,
		cite: 'RFC 5780 §6.1',
		async run({ client, target }) {
			const c = await client();
			const answer = await c.request('Binding', [['CHANGE-REQUEST', { ip, port }]]);
			const from = c.lastAnswer;
			const origin = answer && readAttribute(answer, 'RESPONSE-ORIGIN');
			const rightPort = from?.port === (port ? target.alternatePort : target.port);
			const honest = origin?.address === from?.address && origin?.port === from?.port;
			return `${say(answer)} from ${from?.address}, port ${rightPort ? 'right' : 'wrong'}, origin ${honest ? 'true' : 'false'}`;
		},
		want: `success from ${ip ? '127.0.0.2' : '127.0.0.1'}, port right, origin true`
	})),
	{
		name: 'answer to another port of the client',
		cite: 'RFC 5780 §7.5',
		async run({ client }) {
			const [asking, hearing] = [await client(), await client()];
			const transactionId = randomBytes(12);
			await asking.request('Binding', [['RESPONSE-PORT', hearing.localPort]], { transactionId, timeoutMs: 0 });
			const answer = await hearing.answer(transactionId);
			const mapped = answer && readAttribute(answer, 'XOR-MAPPED-ADDRESS');
			return `${say(answer)}, ${mapped?.port === asking.localPort ? 'mapped address of the asker' : 'other mapped address'}`;
		},
		want: 'success, mapped address of the asker'
	},
	{
		name: 'padding is refused',
		cite: 'RFC 5780 §7.6 (optional)',
		async run({ client }) {
			const answer = await (await client()).request('Binding', [['PADDING', new Uint8Array(64)]]);
			return `${say(answer)} ${unknownOf(answer)}`;
		},
		want: 'error 420 0x26',
		coturn: { says: 'success ', why: 'coturn pads; we do not, so that an answer is never much larger than its request' }
	},
	{
		name: 'change request where there is no second address',
		cite: 'RFC 5780 §6.1',
		run: async ({ client, target }) =>
			say(
				await (await client('udp', { port: target.restPort })).request('Binding', [['CHANGE-REQUEST', { ip: true, port: true }]])
			),
		want: 'error 420'
	},
	// --- Authentication
	{
		name: 'allocate without credentials',
		cite: 'RFC 8489 §9.2.4',
		async run({ client }) {
			const c = await client();
			const answer = await c.challenge();
			return `${say(answer)}, realm ${c.realm}, nonce ${c.nonce.length > 0 ? 'given' : 'missing'}`;
		},
		want: 'error 401, realm icelens.test, nonce given'
	},
	{
		name: 'nonce announces password algorithms',
		cite: 'RFC 8489 §9.2.1',
		async run({ client }) {
			const c = await client();
			const answer = await c.challenge();
			const list = answer && readAttribute(answer, 'PASSWORD-ALGORITHMS');
			return `${readNonceCookie(c.nonce)?.passwordAlgorithms ?? 'no cookie'}, ${list?.join() ?? 'no list'}`;
		},
		want: 'true, 2,1',
		coturn: { says: 'no cookie, no list', why: 'coturn 4.6 speaks RFC 5389 authentication only' }
	},
	{
		name: 'allocate',
		cite: 'RFC 8656 §7.2',
		async run({ client }) {
			const c = await client();
			const answer = await c.allocate();
			const parts = [
				say(answer),
				relayOf(answer)?.address,
				answer && readAttribute(answer, 'LIFETIME'),
				answer && readAttribute(answer, 'XOR-MAPPED-ADDRESS')?.port === c.localPort ? 'mapped' : 'not mapped',
				answer && c.hasIntegrity(answer) ? 'signed' : 'not signed'
			];
			return parts.join(', ');
		},
		want: 'success, 127.0.0.1, 600, mapped, signed'
	},
	...(
		[
			['wrong password', { ...ALICE, password: 'wrong' }],
			['empty password', { ...ALICE, password: '' }],
			['unknown user', { username: 'mallory', password: 'x' }],
			['user “constructor”', { username: 'constructor', password: 'function Object() { [native code] }' }],
			['user “__proto__”', { username: '__proto__', password: '[object Object]' }],
			['user “toString”', { username: 'toString', password: 'function toString() { [native code] }' }],
			['user “”', { username: '', password: 'undefined' }]
		] as const
	).map(([what, user]): Check => ({
		name: what,
		cite: 'RFC 8489 §9.2.4',
		run: async ({ client }) => say(await (await client('udp', { user })).allocate()),
		want: 'error 401',
		...(user.username === '' && {
			coturn: { says: /error 40[01]/, why: 'coturn calls an empty user name a bad request' }
		})
	})),
	...(
		[
			['forged nonce', 'obMatJos2gAAAAAAAAAAAAAAAAAA'],
			['nonce “constructor”', 'constructor'],
			['empty nonce', '']
		] as const
	).map(([what, nonce]): Check => ({
		name: what,
		cite: 'RFC 8489 §9.2.4',
		async run({ client }) {
			const c = await client();
			await c.challenge();
			const answer = await c.allocate([], { nonce });
			return `${say(answer)}, ${answer && readAttribute(answer, 'NONCE') ? 'new nonce' : 'no nonce'}`;
		},
		want: 'error 438, new nonce',
		...(nonce === '' && { coturn: { says: /error (400|401|438).*/, why: 'coturn treats an empty nonce as a missing one' } })
	})),
	{
		name: 'nonce of another 5-tuple',
		cite: 'RFC 8489 §9.2 (nonce selection)',
		async run({ client }) {
			const [first, second] = [await client(), await client()];
			await first.challenge();
			second.realm = first.realm;
			return say(await second.allocate([], { nonce: first.nonce, realm: first.realm, user: ALICE }));
		},
		want: 'error 438'
	},
	{
		name: 'the new nonce of a 438 is good',
		cite: 'RFC 8489 §9.2.5',
		async run({ client }) {
			const c = await client();
			await c.challenge();
			const stale = await c.allocate([], { nonce: `${c.nonce}x` });
			c.nonce = (stale && readAttribute(stale, 'NONCE')) ?? '';
			return `${say(stale)}, ${say(await c.allocate())}`;
		},
		want: 'error 438, success'
	},
	{
		name: 'SHA-256 integrity and password algorithm',
		cite: 'RFC 8489 §9.2.4',
		async run({ client }) {
			const c = await client();
			const answer = await c.allocate([], { integrity: 'sha256', algorithm: 'sha256' });
			return `${say(answer)}, ${answer && c.hasIntegrity(answer, 'sha256', 'sha256') ? 'signed' : 'not signed'}`;
		},
		want: 'success, signed',
		coturn: { says: /^(error 4\d\d|no answer), not signed/, why: 'coturn 4.6 does not read PASSWORD-ALGORITHM' }
	},
	{
		name: 'SHA-256 integrity with the old key',
		cite: 'RFC 8489 §9.2.4',
		async run({ client }) {
			const c = await client();
			const answer = await c.allocate([], { integrity: 'sha256' });
			return `${say(answer)}, ${answer && c.hasIntegrity(answer, 'sha256') ? 'signed' : 'not signed'}`;
		},
		want: 'success, signed',
		coturn: { says: /^error 4\d\d, not signed/, why: 'coturn 4.6 needs MESSAGE-INTEGRITY with SHA-1' }
	},
	{
		name: 'password algorithms shortened on the path (downgrade)',
		cite: 'RFC 8489 §9.2.4',
		async run({ client }) {
			const c = await client();
			await c.challenge();
			return say(
				await c.allocate([
					['PASSWORD-ALGORITHMS', [1]],
					['PASSWORD-ALGORITHM', 1]
				])
			);
		},
		want: 'error 400',
		coturn: { says: /error 4(00|20)/, why: 'coturn 4.6 does not know PASSWORD-ALGORITHM, which must be understood' }
	},
	{
		name: 'user hash in place of the user name',
		cite: 'RFC 8489 §9.2.4',
		async run({ client }) {
			const c = await client();
			await c.challenge();
			const { sealMessage, longTermKey, userHash } = await import('../../../src/lib/core/stun/integrity');
			const { nodeCrypto } = await import('../../../src/lib/server/node-crypto');
			const { METHODS } = await import('../../../src/lib/core/stun/methods-table');
			const transactionId = randomBytes(12);
			const key = longTermKey(nodeCrypto, 'md5', { ...ALICE, realm: c.realm });
			c.sendRaw(
				sealMessage(
					{
						method: METHODS.Allocate,
						class: 'request',
						transactionId,
						attributes: [
							['REQUESTED-TRANSPORT', UDP],
							['USERHASH', userHash(nodeCrypto, ALICE.username, c.realm)],
							['REALM', c.realm],
							['NONCE', c.nonce]
						]
					},
					{ integrity: { kind: 'sha256', key, crypto: nodeCrypto } }
				)
			);
			return say(await c.answer(transactionId));
		},
		want: 'success',
		coturn: { says: /error 4\d\d/, why: 'coturn 4.6 does not know USERHASH' }
	},
	{
		name: 'TURN REST credential',
		cite: 'draft-uberti-behave-turn-rest-00 §2.2',
		async run({ client, target }) {
			const { username, credential } = await mintRestCredentials(SECRET, 60, 'anna');
			return say(await (await client('udp', { port: target.restPort, user: { username, password: credential } })).allocate());
		},
		want: 'success'
	},
	{
		name: 'expired TURN REST credential',
		cite: 'draft-uberti-behave-turn-rest-00 §2.2',
		async run({ client, target }) {
			const { username, credential } = await mintRestCredentials(SECRET, -5, 'anna');
			return say(await (await client('udp', { port: target.restPort, user: { username, password: credential } })).allocate());
		},
		want: 'error 401'
	},
	{
		name: 'TURN REST credential of another secret',
		cite: 'draft-uberti-behave-turn-rest-00 §2.2',
		async run({ client, target }) {
			const { username, credential } = await mintRestCredentials('another secret', 60);
			return say(await (await client('udp', { port: target.restPort, user: { username, password: credential } })).allocate());
		},
		want: 'error 401'
	},
	{
		name: 'more allocations than the quota',
		cite: 'RFC 8656 §7.2',
		async run({ client, target }) {
			const { username, credential } = await mintRestCredentials(SECRET, 60, 'greedy');
			const said: string[] = [];
			for (let i = 0; i <= QUOTA; i++) {
				said.push(
					say(await (await client('udp', { port: target.restPort, user: { username, password: credential } })).allocate())
				);
			}
			return said.join(', ');
		},
		want: 'success, success, success, error 486'
	},
	// --- Allocate
	{
		name: 'requested lifetime: 1200 s, infinite, 1 s',
		cite: 'RFC 8656 §7.2',
		async run({ client }) {
			const said = [];
			for (const seconds of [1200, 0xffffffff, 1]) {
				const answer = await (await client()).allocate([['LIFETIME', seconds]]);
				said.push(answer && readAttribute(answer, 'LIFETIME'));
			}
			return said.join(', ');
		},
		want: '1200, 3600, 600',
		coturn: { says: /^1200, 3600, \d+$/, why: 'coturn grants less than the default when asked for less' }
	},
	{
		name: 'no requested transport',
		cite: 'RFC 8656 §7.2',
		async run({ client }) {
			const c = await client();
			await c.challenge();
			return say(await c.request('Allocate'));
		},
		want: 'error 400'
	},
	{
		name: 'requested transport TCP',
		cite: 'RFC 8656 §7.2',
		async run({ client }) {
			const c = await client();
			await c.challenge();
			return say(await c.request('Allocate', [['REQUESTED-TRANSPORT', 6]]));
		},
		want: 'error 442',
		coturn: { says: 'error 400', why: 'coturn relays TCP (RFC 6062) and calls asking for it over UDP a bad request' }
	},
	{
		name: 'second allocate on one 5-tuple',
		cite: 'RFC 8656 §7.2',
		run: async ({ allocated }) => say(await (await allocated()).client.allocate()),
		want: 'error 437'
	},
	{
		name: 'retransmitted allocate gives the same relay',
		cite: 'RFC 8656 §7.2',
		async run({ client }) {
			const c = await client();
			await c.challenge();
			const transactionId = randomBytes(12);
			const first = await c.allocate([], { transactionId });
			const second = await c.allocate([], { transactionId });
			return `${say(second)}, ${relayOf(first)?.port === relayOf(second)?.port ? 'same' : 'another'} relay`;
		},
		want: 'success, same relay'
	},
	{
		name: 'two copies of an allocate at once',
		cite: 'RFC 8656 §7.2',
		async run({ client }) {
			const c = await client();
			await c.challenge();
			const transactionId = randomBytes(12);
			const first = c.allocate([], { transactionId });
			c.sendRaw(c.lastRequest);
			const relay = relayOf(await first)?.port;
			const next = say(await c.request('Binding'));
			if (next !== 'success') return `next request: ${next}`;
			const again = await c.answer(transactionId, 0);
			return !again || relayOf(again)?.port === relay ? 'one relay' : 'two relays';
		},
		want: 'one relay'
	},
	{
		name: 'do not fragment',
		cite: 'RFC 8656 §7.2',
		async run({ client }) {
			const answer = await (await client()).allocate([['DONT-FRAGMENT', true]]);
			return `${say(answer)} ${unknownOf(answer)}`;
		},
		want: 'error 420 0x1a',
		coturn: { says: 'success ', why: 'coturn can set the bit; Node cannot, and RFC 8656 then asks for 420' }
	},
	{
		name: 'even port with the next one reserved',
		cite: 'RFC 8656 §7.2',
		async run({ client }) {
			const answer = await (await client()).allocate([['EVEN-PORT', { reserveNext: true }]]);
			const token = answer && readAttribute(answer, 'RESERVATION-TOKEN');
			const port = relayOf(answer)?.port ?? 1;
			if (!token) return `${say(answer)}, no token`;
			const claimed = await (await client()).allocate([['RESERVATION-TOKEN', token]]);
			const again = await (await client()).allocate([['RESERVATION-TOKEN', token]]);
			return `${port % 2 === 0 ? 'even' : 'odd'}, claimed +${(relayOf(claimed)?.port ?? 0) - port}, again ${say(again)}`;
		},
		want: 'even, claimed +1, again error 508',
		coturn: { says: /^even, claimed \+1, again error (404|508)$/, why: 'coturn 4.6 answers 404 to a token it does not know' }
	},
	{
		name: 'even port without a reservation',
		cite: 'RFC 8656 §7.2',
		async run({ client }) {
			const answer = await (await client()).allocate([['EVEN-PORT', { reserveNext: false }]]);
			const token = answer && readAttribute(answer, 'RESERVATION-TOKEN');
			return `${(relayOf(answer)?.port ?? 1) % 2 === 0 ? 'even' : 'odd'}, ${token ? 'token' : 'no token'}`;
		},
		want: 'even, no token'
	},
	{
		name: 'an unknown reservation token',
		cite: 'RFC 8656 §7.2',
		run: async ({ client }) => say(await (await client()).allocate([['RESERVATION-TOKEN', bytes('nothing!')]])),
		want: 'error 508',
		coturn: { says: 'error 404', why: 'coturn 4.6 answers 404, a code that STUN does not have' }
	},
	{
		name: 'a reservation token of another user',
		cite: 'RFC 8656 §21.1.7',
		async run({ client }) {
			const answer = await (await client()).allocate([['EVEN-PORT', { reserveNext: true }]]);
			const token = answer && readAttribute(answer, 'RESERVATION-TOKEN');
			return token ? say(await (await client('udp', { user: BOB })).allocate([['RESERVATION-TOKEN', token]])) : 'no token';
		},
		want: 'error 508',
		coturn: { says: /^(success|error 508)$/, why: 'the RFC leaves it open; coturn does not bind tokens to users' }
	},
	{
		name: 'token and even port together',
		cite: 'RFC 8656 §7.2',
		run: async ({ client }) =>
			say(
				await (
					await client()
				).allocate([
					['RESERVATION-TOKEN', bytes('nothing!')],
					['EVEN-PORT', { reserveNext: false }]
				])
			),
		want: 'error 400'
	},
	{
		name: 'IPv6 relay',
		cite: 'RFC 8656 §7.2',
		async run({ client }) {
			const answer = await (await client()).allocate([['REQUESTED-ADDRESS-FAMILY', 'ipv6']]);
			return `${say(answer)}, ${relayOf(answer)?.address}`;
		},
		want: 'success, ::1'
	},
	{
		name: 'IPv6 client, IPv4 relay unless asked otherwise',
		cite: 'RFC 8656 §7.2',
		async run({ client }) {
			const answer = await (await client('udp', { address: '::1' })).allocate();
			return `${say(answer)}, ${relayOf(answer)?.address}`;
		},
		want: 'success, 127.0.0.1',
		coturn: { says: /^success, (127\.0\.0\.[12]|::1)$/, why: 'coturn chooses among its relay addresses' }
	},
	{
		name: 'relays of both families',
		cite: 'RFC 8656 §7.2',
		async run({ client }) {
			const answer = await (await client()).allocate([['ADDITIONAL-ADDRESS-FAMILY', 'ipv6']]);
			const relays = answer ? readAttributes(answer, 'XOR-RELAYED-ADDRESS') : [];
			return `${say(answer)}, ${relays.map(({ address }) => address).join(' and ')}`;
		},
		want: 'success, 127.0.0.1 and ::1',
		coturn: { says: /^success, 127\.0\.0\.\d$/, why: 'coturn 4.6 gave one relay only in this configuration' }
	},
	{
		name: 'additional family IPv4',
		cite: 'RFC 8656 §7.2',
		run: async ({ client }) => say(await (await client()).allocate([['ADDITIONAL-ADDRESS-FAMILY', 'ipv4']])),
		want: 'error 400',
		coturn: { says: 'success', why: 'coturn 4.6 ignores the attribute here' }
	},
	{
		name: 'IPv6 relay where there is no IPv6',
		cite: 'RFC 8656 §7.2',
		async run({ client, target }) {
			const { username, credential } = await mintRestCredentials(SECRET, 60, 'six');
			const c = await client('udp', { port: target.restPort, user: { username, password: credential } });
			return say(await c.allocate([['REQUESTED-ADDRESS-FAMILY', 'ipv6']]));
		},
		want: 'error 440'
	},
	{
		name: 'relay of an unknown address family',
		cite: 'RFC 8656 §7.2',
		run: async ({ client }) => say(await (await client()).allocate([['REQUESTED-ADDRESS-FAMILY', 'other']])),
		want: 'error 440'
	},
	{
		name: 'malformed attribute in a request',
		cite: 'RFC 8489 §6.3.1',
		run: async ({ client }) =>
			say(await (await client()).request('Allocate', [], { spoil: withAttribute(0x0019, bytes('12345678')) })),
		want: 'error 400',
		coturn: { says: /error 40[01]/, why: 'coturn asks for credentials first' }
	},
	// --- Refresh
	{
		name: 'refresh keeps the allocation',
		cite: 'RFC 8656 §8.2',
		async run({ allocated }) {
			const { client } = await allocated();
			const said = [];
			for (const seconds of [600, undefined, 1800]) {
				const answer = await client.request('Refresh', seconds === undefined ? [] : [['LIFETIME', seconds]]);
				said.push(answer && readAttribute(answer, 'LIFETIME'));
			}
			return `${said.join(', ')}, then ${await permit(client, '127.0.0.1')}`;
		},
		want: '600, 600, 1800, then success'
	},
	{
		name: 'refresh to 0 frees the relay port',
		cite: 'RFC 8656 §8.2',
		async run({ allocated }) {
			const { client, relay } = await allocated();
			const answer = await client.request('Refresh', [['LIFETIME', 0]]);
			// Said in front of waiting: the allocation is gone with the answer, its socket a moment later.
			const then = await permit(client, '127.0.0.1');
			await until('the relay port is free', () => isFree(relay.address, relay.port));
			return `${say(answer)}, then ${then}, free`;
		},
		want: 'success, then error 437, free',
		coturn: {
			says: /^success, then (success|error 4\d\d), free$/,
			why: 'coturn keeps the allocation and its socket for a second'
		}
	},
	{
		name: 'a new allocation after refresh to 0',
		cite: 'RFC 8656 §8.2',
		async run({ allocated }) {
			const { client } = await allocated();
			await client.request('Refresh', [['LIFETIME', 0]]);
			return say(await client.allocate());
		},
		want: 'success',
		coturn: { says: /success|error 437/, why: 'coturn keeps the 5-tuple for a while' }
	},
	{
		name: "another user on alice's allocation",
		cite: 'RFC 8656 §5',
		async run({ allocated }) {
			const { client } = await allocated();
			return say(await client.request('Refresh', [['LIFETIME', 0]], { user: BOB }));
		},
		want: 'error 441'
	},
	{
		name: 'refresh, permission, channel without an allocation',
		cite: 'RFC 8656 §5',
		async run({ client }) {
			const c = await client();
			await c.challenge();
			const refresh = say(await c.request('Refresh'));
			return [refresh, await permit(c, '127.0.0.1'), await bind(c, { address: '127.0.0.1', port: 9 })].join(', ');
		},
		want: 'error 437, error 437, error 437',
		coturn: { says: 'error 437, error 400, error 400', why: 'coturn calls the last two bad requests' }
	},
	{
		name: 'refresh of one family of two',
		cite: 'RFC 8656 §8.2',
		async run({ client }) {
			const c = await client();
			await c.allocate([['ADDITIONAL-ADDRESS-FAMILY', 'ipv6']]);
			const gone = await c.request('Refresh', [
				['LIFETIME', 0],
				['REQUESTED-ADDRESS-FAMILY', 'ipv6']
			]);
			return `${say(gone)}, then ${await permit(c, '::1')}, ${await permit(c, '127.0.0.1')}`;
		},
		want: 'success, then error 443, success',
		coturn: {
			says: 'error 443, then error 443, success',
			why: 'coturn 4.6 gave no second relay to begin with'
		}
	},
	{
		name: 'refresh of a family the allocation does not have',
		cite: 'RFC 8656 §8.2',
		run: async ({ allocated }) =>
			say(await (await allocated()).client.request('Refresh', [['REQUESTED-ADDRESS-FAMILY', 'ipv6']])),
		want: 'error 443'
	},
	// --- Permissions and indications
	{
		name: 'send without permission',
		cite: 'RFC 8656 §11.2',
		async run({ allocated, peer }) {
			const [{ client }, p] = [await allocated(), await peer()];
			client.sendIndication(p.endpoint, bytes('hello'));
			return heardBeforePermitted(client, p);
		},
		want: 'dropped'
	},
	{
		name: 'peer without permission',
		cite: 'RFC 8656 §11.3',
		async run({ allocated, peer }) {
			const [{ client, relay }, p, other] = [await allocated(), await peer(), await peer('127.0.0.3')];
			const said = await permit(client, other.endpoint.address);
			if (said !== 'success') return `permission: ${said}`;
			p.send('uninvited', relay);
			// Into the same socket of the relay: the other one is in front of it there.
			other.send('permitted', relay);
			const first = text((await client.dataIndication())?.data);
			return first === 'permitted' ? 'dropped' : first;
		},
		want: 'dropped'
	},
	{
		name: 'send and data indications',
		cite: 'RFC 8656 §11',
		async run({ allocated, peer }) {
			const [{ client, relay }, p] = [await allocated(), await peer()];
			const said = await permit(client, '127.0.0.1');
			client.sendIndication(p.endpoint, bytes('hello'));
			const there = await p.hearFrom();
			p.send('world', relay);
			const back = await client.dataIndication();
			const right = there?.port === relay.port && back?.from.port === p.endpoint.port;
			return `${said}, ${there?.text}, ${text(back?.data)}, ports ${right ? 'right' : 'wrong'}`;
		},
		want: 'success, hello, world, ports right'
	},
	{
		name: 'send indication with an unknown attribute',
		cite: 'RFC 8489 §6.3.2',
		async run({ allocated, peer }) {
			const [{ client }, p] = [await allocated(), await peer()];
			await permit(client, '127.0.0.1');
			client.sendIndication(p.endpoint, bytes('hello'), [['USE-CANDIDATE', true]]);
			return heardBeforePermitted(client, p);
		},
		want: 'dropped'
	},
	{
		name: 'empty and one-byte datagrams from a peer',
		cite: 'RFC 8656 §11.3',
		async run({ allocated, peer }) {
			const [{ client, relay }, p] = [await allocated(), await peer()];
			await permit(client, '127.0.0.1');
			p.send('', relay);
			p.send('x', relay);
			const sizes = [(await client.dataIndication())?.data.length, (await client.dataIndication())?.data.length];
			return `${sizes.sort().join(', ')}, then ${say(await client.request('Refresh'))}`;
		},
		want: '0, 1, then success'
	},
	{
		name: 'empty datagram to a peer',
		cite: 'RFC 8656 §11.2',
		async run({ allocated, peer }) {
			const [{ client }, p] = [await allocated(), await peer()];
			await permit(client, '127.0.0.1');
			client.sendIndication(p.endpoint, new Uint8Array(0));
			return (await p.hear()) === '' ? 'delivered' : 'lost';
		},
		want: 'delivered'
	},
	{
		name: 'permission without a peer',
		cite: 'RFC 8656 §10.2',
		run: async ({ allocated }) => say(await (await allocated()).client.request('CreatePermission')),
		want: 'error 400'
	},
	{
		name: 'IPv6 peer on an IPv4 relay',
		cite: 'RFC 8656 §10.2',
		async run({ allocated }) {
			const { client } = await allocated();
			return `${await permit(client, '2001:db8::1')}, ${await bind(client, { address: '2001:db8::1', port: 9 })}`;
		},
		want: 'error 443, error 443'
	},
	{
		name: 'one forbidden peer among two',
		cite: 'RFC 8656 §10.2',
		async run({ allocated, peer }) {
			const [{ client }, p] = [await allocated(), await peer()];
			const answer = await client.request('CreatePermission', [
				['XOR-PEER-ADDRESS', p.endpoint],
				['XOR-PEER-ADDRESS', { address: '0.0.0.0', port: 9 }]
			]);
			client.sendIndication(p.endpoint, bytes('hello'));
			return `${say(answer)}, ${await heardBeforePermitted(client, p)}`;
		},
		want: 'error 403, dropped'
	},
	...(
		[
			['unspecified', '0.0.0.0', /403/],
			['multicast', '224.0.0.1', /success|403/],
			['broadcast', '255.255.255.255', /success|403/],
			['private', '10.0.0.1', /success/],
			['private 192.168', '192.168.0.1', /success/],
			['carrier-grade', '100.64.0.1', /success/],
			['cloud metadata', '169.254.169.254', /success/],
			['metadata of Azure', '168.63.129.16', /success/],
			['“this network”', '0.1.2.3', /success|403/],
			['reserved', '240.0.0.1', /success|403/]
		] as const
	).map(([what, address, coturn]): Check => ({
		name: `forbidden peer: ${what}`,
		cite: 'RFC 8656 §21.1.6',
		async run({ allocated }) {
			const { client } = await allocated();
			return `${await permit(client, address)} ${await bind(client, { address, port: 53 })}`;
		},
		want: 'error 403 error 403',
		coturn: { says: coturn, why: 'coturn leaves it to denied-peer-ip in its configuration' }
	})),
	...(
		[
			['IPv4-mapped loopback', '::ffff:127.0.0.1'],
			['IPv4-mapped private', '::ffff:10.0.0.1'],
			['private', 'fd00::1'],
			['link-local', 'fe80::1'],
			['multicast', 'ff02::1'],
			['unspecified', '::'],
			['6to4 of a private address', '2002:a00:1::1'],
			['NAT64 of the metadata address', '64:ff9b::a9fe:a9fe']
		] as const
	).map(([what, address]): Check => ({
		name: `forbidden IPv6 peer: ${what}`,
		cite: 'RFC 8656 §21.1.6',
		async run({ client }) {
			const c = await client();
			await c.allocate([['REQUESTED-ADDRESS-FAMILY', 'ipv6']]);
			return `${await permit(c, address)} ${await bind(c, { address, port: 53 })}`;
		},
		want: 'error 403 error 403',
		coturn: { says: /success|403/, why: 'coturn leaves it to denied-peer-ip in its configuration' }
	})),
	// --- Channels
	...(['udp', 'tcp', 'tls'] as const).map((transport): Check => ({
		name: `channel data both ways over ${transport}`,
		cite: 'RFC 8656 §12.5',
		run: (tools) => overChannel(tools, transport, [1, 2, 3, 4, 5, 1200, 0]),
		want: 'both ways'
	})),
	{
		name: 'channel bind is signed',
		cite: 'RFC 8489 §9.2.4',
		async run({ allocated, peer }) {
			const [{ client }, p] = [await allocated(), await peer()];
			const answer = await client.request('ChannelBind', [
				['CHANNEL-NUMBER', 0x4fff],
				['XOR-PEER-ADDRESS', p.endpoint]
			]);
			return `${say(answer)}, ${answer && client.hasIntegrity(answer) ? 'signed' : 'not signed'}`;
		},
		want: 'success, signed'
	},
	{
		name: 'channel data over tcp, one byte a write',
		cite: 'RFC 8656 §12.5',
		async run({ allocated, peer }) {
			const [{ client }, p] = [await allocated('tcp'), await peer()];
			await bind(client, p.endpoint);
			await client.sendByteByByte(Buffer.from('40010005' + Buffer.from('slow!').toString('hex') + '000000', 'hex'));
			const first = await p.hear();
			client.sendChannelData(0x4001, bytes('quick'));
			return `${first}, ${await p.hear()}`;
		},
		want: 'slow!, quick'
	},
	{
		name: 'payload that looks like ChannelData',
		cite: 'RFC 8656 §12.6',
		async run({ allocated, peer }) {
			const [{ client, relay }, p] = [await allocated(), await peer()];
			await bind(client, p.endpoint);
			const odd = Uint8Array.of(0x40, 0x01, 0x00, 0x02, 1, 2);
			client.sendChannelData(0x4001, odd);
			const there = await p.hearFrom();
			p.send(odd, relay);
			const back = await client.channelData(0x4001);
			return `${there && toHex(there.bytes)}, ${back && toHex(back)}`;
		},
		want: '400100020102, 400100020102'
	},
	{
		name: 'payload that looks like STUN',
		cite: 'RFC 8656 §11.3',
		async run({ allocated, peer }) {
			const [{ client, relay }, p] = [await allocated(), await peer()];
			await bind(client, p.endpoint);
			const stun = Buffer.concat([Buffer.from('000100002112a442', 'hex'), randomBytes(12)]);
			p.send(stun, relay);
			const back = await client.channelData(0x4001);
			return back && toHex(back) === stun.toString('hex') ? 'relayed' : 'eaten';
		},
		want: 'relayed'
	},
	...(
		[
			[0x3fff, 'error 400'],
			[0x4000, 'success'],
			[0x4fff, 'success'],
			[0x5000, 'error 400'],
			[0x7fff, 'error 400'],
			[0x8000, 'error 400']
		] as const
	).map(([number, want]): Check => ({
		name: `channel number 0x${number.toString(16)}`,
		cite: 'RFC 8656 §12',
		async run({ allocated, peer }) {
			const [{ client }, p] = [await allocated(), await peer()];
			return bind(client, p.endpoint, number);
		},
		want,
		...((number === 0x5000 || number === 0x7fff) && {
			coturn: { says: 'success', why: 'coturn keeps to the range of RFC 5766, up to 0x7FFF' }
		})
	})),
	{
		name: 'channel to another peer, peer to another channel, same again',
		cite: 'RFC 8656 §12.2',
		async run({ allocated, peer }) {
			const [{ client }, one, two] = [await allocated(), await peer(), await peer()];
			const said = [
				await bind(client, one.endpoint, 0x4001),
				await bind(client, two.endpoint, 0x4001),
				await bind(client, one.endpoint, 0x4002),
				await bind(client, one.endpoint, 0x4001)
			];
			return said.join(', ');
		},
		want: 'success, error 400, error 400, success'
	},
	{
		name: 'channel without a number, without a peer, to port 0',
		cite: 'RFC 8656 §12.2',
		async run({ allocated, peer }) {
			const [{ client }, p] = [await allocated(), await peer()];
			return [
				say(await client.request('ChannelBind', [['XOR-PEER-ADDRESS', p.endpoint]])),
				say(await client.request('ChannelBind', [['CHANNEL-NUMBER', 0x4001]])),
				await bind(client, { address: '127.0.0.1', port: 0 })
			].join(', ');
		},
		want: 'error 400, error 400, error 400',
		coturn: { says: /^error 400, error 400, (success|error 400)$/, why: 'coturn takes port 0' }
	},
	{
		name: 'data on a channel that is not bound, or longer than it is',
		cite: 'RFC 8656 §12.6',
		async run({ allocated, peer }) {
			const [{ client }, p] = [await allocated(), await peer()];
			await bind(client, p.endpoint);
			client.sendChannelData(0x4002, bytes('stray'));
			client.sendRaw(Uint8Array.of(0x40, 0x01, 0xff, 0xff, 1, 2, 3));
			client.sendChannelData(0x4001, bytes('good'));
			return (await p.hear()) ?? 'nothing';
		},
		want: 'good'
	},
	{
		name: 'channel to an IPv6 peer',
		cite: 'RFC 8656 §12',
		async run({ client, peer }) {
			const [c, p] = [await client(), await peer('::1')];
			const relay = relayOf(await c.allocate([['REQUESTED-ADDRESS-FAMILY', 'ipv6']]));
			if (!relay || (await bind(c, p.endpoint)) !== 'success') return 'no channel';
			c.sendChannelData(0x4001, bytes('six'));
			const there = await p.hear();
			p.send('back', relay);
			return `${there}, ${text(await c.channelData(0x4001))}`;
		},
		want: 'six, back'
	},
	{
		name: 'relay to relay',
		cite: 'RFC 8656 §4',
		async run({ allocated }) {
			const [a, b] = [await allocated('udp'), await allocated('tcp', BOB)];
			await bind(a.client, b.relay);
			await bind(b.client, a.relay);
			a.client.sendChannelData(0x4001, bytes('ping'));
			const there = text(await b.client.channelData(0x4001));
			b.client.sendChannelData(0x4001, bytes('pong'));
			return `${there}, ${text(await a.client.channelData(0x4001))}`;
		},
		want: 'ping, pong'
	},
	// --- Streams
	{
		name: 'closing the connection frees the allocation',
		cite: 'RFC 8656 §3.1',
		async run({ allocated }) {
			const { client, relay } = await allocated('tcp');
			client.close();
			await until('the relay port is free', () => isFree(relay.address, relay.port));
			return 'freed';
		},
		want: 'freed',
		coturn: { says: null, why: 'coturn frees it after a while' }
	},
	{
		name: 'invalid data on a connection',
		cite: 'RFC 8489 §6.2.2',
		async run({ client }) {
			const c = await client('tcp');
			c.sendRaw(bytes('POST / HTTP/1.1\r\nHost: x\r\n\r\n'));
			await until('the connection is closed', () => c.closed);
			return 'closed';
		},
		want: 'closed',
		coturn: { says: null, why: 'coturn answers HTTP with a page of its own' }
	}
];
