/** What the other page says is believed in no shape but that of the protocol: it enters a report. */
import { describe, expect, test } from 'vitest';
import { controlBodies, parseControl, parseNegotiation, type Control } from './meeting-messages';

const PATH = { kind: 'relay', url: 'turn:turn.example.org', transport: 'udp', relayAt: 'host' } as const;
const EVENT = { atMs: 5, peer: 'guest', call: 'candidate', phase: 'event', candidate: 'candidate:1' } as const;
const STATS = { id: 'IT01', type: 'inbound-rtp', timestamp: 1, packetsLost: 3, kind: 'video' };

const MESSAGES: Control[] = [
	{ type: 'clock', sentMs: 1 },
	{ type: 'clock-reply', sentMs: 1, atMs: 2 },
	{ type: 'progress', text: '3 of 9' },
	{
		type: 'attempt',
		attempt: 1,
		path: PATH,
		startMs: 5,
		servers: [{ urls: ['turn:turn.example.org'], username: 'ada', credential: 'x' }]
	},
	{ type: 'attempt', attempt: 1, path: PATH, startMs: 5, servers: null },
	{ type: 'events', attempt: 1, events: [EVENT] },
	{ type: 'poll', attempt: 1, atMs: 7, stats: [STATS] },
	{ type: 'frame', attempt: 1, atMs: 7 },
	{ type: 'end', attempt: 1, endedBy: 'path-lost', error: null }
];

describe('control messages', () => {
	test.each(MESSAGES)('reads %j as it was sent', (message) => {
		expect(controlBodies(message).map(parseControl)).toEqual([message]);
	});

	test('reads a message without servers as one for the other page’s own servers', () => {
		expect(parseControl(JSON.stringify({ type: 'attempt', attempt: 1, path: PATH, startMs: 5 }))).toMatchObject({
			servers: null
		});
	});

	test.each<[string, unknown]>([
		['a list', [MESSAGES[0]]],
		['an unknown type', { type: 'constructor' }],
		['an invalid time', { type: 'clock', sentMs: '1' }],
		['an unknown kind of path', { type: 'attempt', attempt: 1, path: { ...PATH, kind: 'tunnel' }, startMs: 5 }],
		['invalid servers', { type: 'attempt', attempt: 1, path: PATH, startMs: 5, servers: [{ urls: 'turn:x' }] }],
		['an event without a phase', { type: 'events', attempt: 1, events: [EVENT, { ...EVENT, phase: undefined }] }],
		['an event with an invalid description', { type: 'events', attempt: 1, events: [{ ...EVENT, description: 'v=0' }] }],
		['statistics without an id', { type: 'poll', attempt: 1, atMs: 7, stats: [{ ...STATS, id: 5 }] }],
		['an invalid end', { type: 'end', attempt: 1, endedBy: 'running', error: null }]
	])('refuses %s', (_what, message) => {
		expect(parseControl(JSON.stringify(message))).toBeNull();
	});
});

test.each<[string, unknown]>([
	['{"attempt":1,"sdp":"v=0"}', { attempt: 1, sdp: 'v=0' }],
	['{"attempt":1,"candidate":null}', { attempt: 1, candidate: null }],
	[
		'{"attempt":1,"candidate":{"candidate":"candidate:1","sdpMid":"0","sdpMLineIndex":0,"usernameFragment":null}}',
		{ attempt: 1, candidate: { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: null } }
	],
	['{"attempt":"1","sdp":"v=0"}', null],
	['{"attempt":1,"sdp":7}', null],
	['{"attempt":1,"candidate":"candidate:1"}', null],
	['{"attempt":1,"candidate":{"sdpMLineIndex":-1}}', null],
	['not JSON', null]
])('reads %s as %j', (body, expected) => {
	expect(parseNegotiation(body)).toEqual(expected);
});
