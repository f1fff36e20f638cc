/** Captures of the lab beside what was done there, and made-up ones whose every packet is known. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { dtlsRecord, pcap, pcapng, rtp, tcp, udp, type Frame } from '../../../../../tests/support/capture-bytes';
import { candidatesOf, lastOf, pairsOf, tracksOf } from '../../recording/connection';
import type { RecordedConnection, Recording } from '../../recording/recording';
import { encodeMessage, type AttributeToWrite } from '../../stun/message';
import { METHODS, type MessageClass } from '../../stun/methods-table';
import { CaptureReader, looksLikeCapture } from './capture-reader';

const FOLDER = new URL('../../../../../tests/fixtures/pasted/', import.meta.url);

function read(bytes: Uint8Array, piece = bytes.length): Recording {
	const reader = new CaptureReader();
	for (let at = 0; at < bytes.length; at += piece) reader.push(bytes.subarray(at, at + piece));
	const result = reader.end();
	if (!result.ok) throw new Error(result.error.message);
	return result.value;
}

function fixture(name: string): Uint8Array {
	const bytes = readFileSync(new URL(name, FOLDER));
	return new Uint8Array(name.endsWith('.gz') ? gunzipSync(bytes) : bytes);
}

const errorsOf = ({ connections }: Recording) =>
	connections.flatMap(({ events }) =>
		events.flatMap(({ call, error }) => {
			const { url, errorCode } = JSON.parse(call === 'candidate-error' ? error! : '{}') as { url?: string; errorCode?: number };
			return url === undefined ? [] : [`${errorCode} ${url}`];
		})
	);
const usersOf = ({ connections }: Recording) =>
	connections.flatMap(({ configuration }) =>
		[...(configuration ?? '').matchAll(/"username": "([^"]*)"/g)].map(([, user]) => user)
	);
const statesOf = ({ events }: RecordedConnection) => events.flatMap(({ call, state }) => (state ? [`${call} ${state}`] : []));
const sum = (connection: RecordedConnection, type: string, field: string) =>
	tracksOf(connection, type).reduce((all, track) => all + Number(lastOf(track, field) ?? 0), 0);

describe('captures of the lab', () => {
	test('a wrong password: each URL is refused, the challenge before it is no refusal', () => {
		const recording = read(fixture('wrong-password.pcapng'));
		expect(new Set(errorsOf(recording))).toEqual(
			new Set(['401 turn:203.0.113.5:3478?transport=udp', '401 turn:203.0.113.5:3478?transport=tcp'])
		);
		expect(new Set(usersOf(recording))).toEqual(new Set(['alice']));
	});

	test('a quota of one: one allocation works, the next is refused', () => {
		const recording = read(fixture('quota.pcap'));
		expect(errorsOf(recording)).toEqual(['486 turn:203.0.113.5:3479?transport=udp']);
		expect(recording.connections.flatMap((each) => candidatesOf(each).map(({ type, url }) => [type, url]))).toContainEqual([
			'relay',
			'turn:203.0.113.5:3479?transport=udp'
		]);
	});

	test('a call over two relays: both ends, their pair, DTLS, and streams without loss', () => {
		const { connections } = read(fixture('relay-call.pcap.gz'));
		const talking = connections.filter((each) => pairsOf(each).length > 0);
		expect(talking).toHaveLength(2);
		for (const each of talking) {
			expect(statesOf(each)).toEqual([
				'gathering-state gathering',
				'ice-state checking',
				'ice-state connected',
				'dtls-state connecting',
				'dtls-state connected'
			]);
			const [pair] = pairsOf(each);
			expect([pair!.state, pair!.local?.type, pair!.remote?.type, pair!.selected.length]).toEqual([
				'succeeded',
				'relay',
				'relay',
				1
			]);
			expect(sum(each, 'inbound-rtp', 'packetsReceived')).toBeGreaterThan(20);
			expect(sum(each, 'inbound-rtp', 'packetsLost')).toBe(0);
		}
		const [a, b] = talking as [RecordedConnection, RecordedConnection];
		// Through the same place go what one sends and what the other gets.
		expect(sum(a, 'outbound-rtp', 'packetsSent')).toBeGreaterThanOrEqual(sum(b, 'inbound-rtp', 'packetsReceived'));
	});

	test.each(['wrong-password.pcapng', 'quota.pcap', 'relay-call.pcap.gz'])('pieces of any size give the same: %s', (name) => {
		const bytes = fixture(name);
		const whole = JSON.stringify(read(bytes));
		for (const piece of [1, 7, 1000]) if (bytes.length / piece < 200_000) expect(JSON.stringify(read(bytes, piece))).toBe(whole);
	});
});

const ME = { address: '192.0.2.10', port: 50_000 };
const OTHER = { address: '198.51.100.20', port: 40_000 };
const SERVER = { address: '203.0.113.5', port: 3478 };
const T0 = Date.UTC(2026, 10, 30);

let transactions = 0;
const newId = () => Uint8Array.from({ length: 12 }, (_, i) => (i === 0 ? ++transactions : transactions >> (8 * (i % 4))) & 0xff);
const stun = (kind: MessageClass, method: number, id: Uint8Array, attributes: AttributeToWrite[] = []) =>
	encodeMessage({ class: kind, method, transactionId: id, attributes });

/** A check and its answer, from one end to the other. */
function check(atMs: number, from: typeof ME, to: typeof ME, user: string, answered = true): Frame[] {
	const id = newId();
	const asked = udp(atMs, from, to, stun('request', METHODS.Binding, id, [['USERNAME', user]]));
	const answer = udp(atMs + 40, to, from, stun('success', METHODS.Binding, id, [['XOR-MAPPED-ADDRESS', from]]));
	return answered ? [asked, answer] : [asked];
}

describe('captures made up', () => {
	test('losses are told by numbers, across their end, and late and doubled packets are none', () => {
		const numbers = [65_530, 65_531, 65_533, 65_535, 0, 1, 1, 4, 3, 5, ...Array.from({ length: 30 }, (_, i) => 6 + i)];
		const frames = [
			...check(T0, ME, OTHER, 'theirs:mine'),
			...numbers.map((n, i) => udp(T0 + 100 + 20 * i, OTHER, ME, rtp(7, n)))
		];
		const [connection] = read(pcap(frames)).connections;
		const [track] = tracksOf(connection!, 'inbound-rtp');
		// Missing: 65532, 65534 and 2.
		expect(['packetsReceived', 'packetsLost', 'packetsDuplicated'].map((field) => lastOf(track, field))).toEqual([39, 3, 1]);
	});

	test('checks that nobody answers: the end asks, and never connects', () => {
		const frames = Array.from({ length: 9 }, (_, i) => check(T0 + 500 * i, ME, OTHER, 'theirs:mine', false)).flat();
		const [connection] = read(pcapng(frames)).connections;
		expect(statesOf(connection!)).toEqual(['ice-state checking']);
		expect(pairsOf(connection!)).toMatchObject([{ state: 'in-progress', requestsSent: 9, responsesReceived: 0 }]);
	});

	test('a round trip is that of requests sent once', () => {
		const id = newId();
		const request = stun('request', METHODS.Binding, id, [['USERNAME', 'theirs:mine']]);
		const frames = [
			...check(T0, ME, OTHER, 'theirs:mine'),
			udp(T0 + 1000, ME, OTHER, request),
			udp(T0 + 1500, ME, OTHER, request),
			udp(T0 + 2000, OTHER, ME, stun('success', METHODS.Binding, id))
		];
		const [connection] = read(pcap(frames)).connections;
		expect(pairsOf(connection!)).toMatchObject([{ requestsSent: 3, responsesReceived: 2, rttMs: 40 }]);
	});

	test('a handshake that ends with an alert has failed', () => {
		const frames = [
			...check(T0, ME, OTHER, 'theirs:mine'),
			udp(T0 + 100, ME, OTHER, dtlsRecord(22, [1, 0, 0, 0])),
			udp(T0 + 200, OTHER, ME, dtlsRecord(21, [2, 40]))
		];
		const [connection] = read(pcap(frames)).connections;
		expect(statesOf(connection!)).toEqual([
			'ice-state checking',
			'ice-state connected',
			'dtls-state connecting',
			'dtls-state failed'
		]);
		expect(connection!.events.at(-1)).toMatchObject({ name: 'DTLS alert received', detail: 'fatal: handshake_failure' });
	});

	test.each<[string, Frame[], string[]]>([
		[
			'a server that says nothing',
			Array.from({ length: 4 }, (_, i) => udp(T0 + 1000 * i, ME, SERVER, stun('request', METHODS.Binding, newId()))),
			['701 stun:203.0.113.5:3478']
		],
		[
			'a server that refuses TCP',
			[tcp(T0, ME, SERVER, 1, 2), tcp(T0 + 30, SERVER, ME, 0, 20), ...check(T0 + 60, ME, OTHER, 'theirs:mine')],
			['701 turn:203.0.113.5:3478?transport=tcp']
		],
		['one request without an answer yet', [udp(T0, ME, SERVER, stun('request', METHODS.Binding, newId()))], []]
	])('%s', (_, frames, errors) => {
		expect(errorsOf(read(pcap(frames)))).toEqual(errors);
	});

	test('a message in two segments of TCP, the first sent twice', () => {
		const id = newId();
		const request = stun('request', METHODS.Allocate, id, [
			['REQUESTED-TRANSPORT', 17],
			['USERNAME', 'bob']
		]);
		const answer = stun('error', METHODS.Allocate, id, [['ERROR-CODE', { code: 486, reason: 'Allocation Quota Reached' }]]);
		const frames = [
			tcp(T0, ME, SERVER, 100, 24, request),
			tcp(T0 + 10, SERVER, ME, 900, 24, answer.subarray(0, 24)),
			tcp(T0 + 20, SERVER, ME, 900, 24, answer.subarray(0, 24)),
			tcp(T0 + 30, SERVER, ME, 924, 24, answer.subarray(24))
		];
		const recording = read(pcap(frames));
		expect([errorsOf(recording), usersOf(recording)]).toEqual([['486 turn:203.0.113.5:3478?transport=tcp'], ['bob']]);
	});

	test('a refresh that is refused is told from an allocation, a new nonce is no refusal', () => {
		const asked = (atMs: number, method: number, answer: [MessageClass, AttributeToWrite[]]) => {
			const id = newId();
			return [
				udp(T0 + atMs, ME, SERVER, stun('request', method, id, [['USERNAME', 'bob']])),
				udp(T0 + atMs + 10, SERVER, ME, stun(answer[0], method, id, answer[1]))
			];
		};
		const refusal = (code: number): [MessageClass, AttributeToWrite[]] => ['error', [['ERROR-CODE', { code, reason: '' }]]];
		const recording = read(
			pcap([
				...asked(0, METHODS.Allocate, ['success', [['XOR-RELAYED-ADDRESS', { address: '203.0.113.5', port: 60_000 }]]]),
				...asked(540_000, METHODS.Refresh, refusal(438)),
				...asked(540_100, METHODS.Refresh, refusal(401))
			])
		);
		const errors = recording.connections.flatMap(({ events }) => events.filter(({ call }) => call === 'candidate-error'));
		expect(errors.map(({ error }) => JSON.parse(error!))).toMatchObject([{ errorCode: 401, request: 'refresh' }]);
	});

	test('what a relay carries is a pair of its own, by Send and Data and by channels', () => {
		const [ask, bind, inner] = [newId(), newId(), newId()];
		const relay = { address: '203.0.113.5', port: 60_000 };
		const checked = stun('request', METHODS.Binding, inner, [['USERNAME', 'theirs:mine']]);
		const channel = (payload: Uint8Array) => Uint8Array.from([0x40, 0, payload.length >> 8, payload.length & 0xff, ...payload]);
		const frames = [
			udp(T0, ME, SERVER, stun('request', METHODS.Allocate, ask, [['USERNAME', 'bob']])),
			udp(T0 + 10, SERVER, ME, stun('success', METHODS.Allocate, ask, [['XOR-RELAYED-ADDRESS', relay]])),
			udp(
				T0 + 20,
				ME,
				SERVER,
				stun('indication', METHODS.Send, newId(), [
					['XOR-PEER-ADDRESS', OTHER],
					['DATA', checked]
				])
			),
			udp(
				T0 + 60,
				SERVER,
				ME,
				stun('indication', METHODS.Data, newId(), [
					['XOR-PEER-ADDRESS', OTHER],
					['DATA', stun('success', METHODS.Binding, inner)]
				])
			),
			udp(
				T0 + 70,
				ME,
				SERVER,
				stun('request', METHODS.ChannelBind, bind, [
					['CHANNEL-NUMBER', 0x4000],
					['XOR-PEER-ADDRESS', OTHER]
				])
			),
			...Array.from({ length: 12 }, (_, i) => udp(T0 + 100 + i, SERVER, ME, channel(rtp(9, i * 2))))
		];
		const [connection] = read(pcap(frames)).connections;
		expect(pairsOf(connection!)).toMatchObject([
			{ state: 'succeeded', local: { type: 'relay', ...relay }, remote: OTHER, rttMs: 40 }
		]);
		const [track] = tracksOf(connection!, 'inbound-rtp');
		expect([lastOf(track, 'packetsReceived'), lastOf(track, 'packetsLost')]).toEqual([12, 11]);
	});

	test('IPv6, and frames that were cut off behind the first attributes', () => {
		const [here, there] = [
			{ address: '2001:db8::1', port: 5000 },
			{ address: '2001:db8::2', port: 6000 }
		];
		const id = newId();
		const user: AttributeToWrite = ['USERNAME', 'theirs:mine'];
		const padding: AttributeToWrite = ['SOFTWARE', 'x'.repeat(300)];
		const frames = [
			udp(T0, here, there, stun('request', METHODS.Binding, id, [user, padding])),
			udp(T0 + 5, there, here, stun('success', METHODS.Binding, id, [padding]))
		];
		const { connections, notes } = read(pcap(frames, 120));
		expect(pairsOf(connections[0]!)).toMatchObject([{ state: 'succeeded', local: { address: '2001:db8::1' } }]);
		expect(notes.map(({ rule }) => rule)).toContain('packets-cut');
	});

	test.each<[string, Uint8Array, string]>([
		['an end within a packet', pcap(check(T0, ME, OTHER, 'theirs:mine')).subarray(0, -3), 'file-cut byte'],
		[
			'a broken message',
			pcap([
				...check(T0, ME, OTHER, 'theirs:mine'),
				udp(
					T0,
					ME,
					OTHER,
					stun('request', METHODS.Binding, newId()).map((b, i) => (i === 3 ? 40 : b))
				)
			]),
			'stun-broken packet 3'
		]
	])('%s is said with its place', (_, bytes, note) => {
		const { notes } = read(bytes);
		expect(notes.map(({ rule, where }) => `${rule} ${where}`).some((each) => each.startsWith(note))).toBe(true);
	});
});

test.each([
	[
		'nothing of WebRTC',
		pcap([tcp(T0, ME, SERVER, 1, 24, Uint8Array.from([71, 69, 84, 32]))]),
		/It has 1 packet, and none is STUN/
	],
	['no packets', pcap([]), /It has 0 packets/],
	['a header without its rest', pcap([]).subarray(0, 10), /The file ends within a packet/]
])('a capture with %s is refused, and says what it has', (_, bytes, message) => {
	const reader = new CaptureReader();
	reader.push(bytes);
	const result = reader.end();
	expect(result.ok ? '' : result.error.message).toMatch(message);
});

test('captures are told by their first bytes', () => {
	expect([pcap([]), pcapng([]), fixture('quota.pcap'), new TextEncoder().encode('v=0\r\n')].map(looksLikeCapture)).toEqual([
		true,
		true,
		true,
		false
	]);
});
