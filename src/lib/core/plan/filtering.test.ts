import { describe, expect, test } from 'vitest';
import type { CandidateRecord, FilterKnock, Observation } from '../observations/observation';
import { filteringLeftOpen, filteringTask, observerAt, standsElsewhere, type FilteringTask } from './filtering';

const TURN = 'turn:203.0.113.10:3478?transport=udp';
const TURN_TLS = 'turns:turn.example.org:443?transport=tcp';
const PLAN = [TURN, TURN_TLS, 'turn:turn.example.org'].map((url, server) => ({
	id: `server-gathering ${url}`,
	server
}));

function gathered(url: string, ...candidates: Partial<CandidateRecord>[]): Observation {
	const data = { url, engine: 'chromium', candidates, errors: [], completeMs: 90, endedBy: 'satisfied' };
	return {
		probe: 'server-gathering',
		step: `server-gathering ${url}`,
		outcome: { state: 'seen', data }
	} as unknown as Observation;
}
const relay = (address: string, atMs = 60) => ({ type: 'relay', protocol: 'udp', address, port: 49160, atMs }) as const;
const mapped = { type: 'srflx', protocol: 'udp', address: '198.51.100.1', port: 40000, atMs: 20 } as const;
const stun = (host: string) => gathered(`stun:${host}`, mapped);

describe('the task of a filtering test', () => {
	const cases: { name: string; seen: Observation[]; task: FilteringTask | RegExp }[] = [
		{ name: 'nothing yet', seen: [], task: /No TURN server gave a relay/ },
		{ name: 'a relay and no public address', seen: [gathered(TURN_TLS, relay('203.0.113.10'))], task: /no public address/ },
		{
			name: 'a relay that nobody outside could reach',
			seen: [gathered(TURN, mapped, relay('192.168.0.9'))],
			task: /No TURN server gave a relay/
		},
		{
			name: 'TURN alone: its own STUN answers, and no second address',
			seen: [gathered(TURN, mapped, relay('203.0.113.10'))],
			task: { url: TURN, server: 0, observers: ['stun:203.0.113.10'], farKnown: false }
		},
		{
			name: 'a STUN server at another address',
			seen: [stun('203.0.113.20:3478'), gathered(TURN, mapped, relay('203.0.113.10'))],
			task: { url: TURN, server: 0, observers: ['stun:203.0.113.20', 'stun:203.0.113.10'], farKnown: true }
		},
		{
			name: 'a second address of the relay’s own server is another address',
			seen: [stun('203.0.113.11:3478'), gathered(TURN, mapped, relay('203.0.113.10'))],
			task: { url: TURN, server: 0, observers: ['stun:203.0.113.11', 'stun:203.0.113.10'], farKnown: true }
		},
		{
			name: 'the same address under another port is not',
			seen: [stun('203.0.113.10:3479'), gathered(TURN, relay('203.0.113.10'))],
			task: { url: TURN, server: 0, observers: ['stun:203.0.113.10:3479', 'stun:203.0.113.10'], farKnown: false }
		},
		{
			name: 'names of one owner may be one machine',
			seen: [stun('stun.example.org:3478'), gathered('turn:turn.example.org', relay('203.0.113.10'))],
			task: {
				url: 'turn:turn.example.org',
				server: 2,
				observers: ['stun:stun.example.org', 'stun:turn.example.org'],
				farKnown: false
			}
		},
		{
			name: 'names of two owners are two machines',
			seen: [stun('stun.example.net:3478'), gathered('turn:turn.example.org', relay('203.0.113.10'))],
			task: {
				url: 'turn:turn.example.org',
				server: 2,
				observers: ['stun:stun.example.net', 'stun:turn.example.org'],
				farKnown: true
			}
		},
		{
			name: 'TURN over UDP before TLS, though it was slower',
			seen: [
				stun('203.0.113.20:3478'),
				gathered(TURN_TLS, relay('203.0.113.30', 10)),
				gathered(TURN, mapped, relay('203.0.113.10', 80))
			],
			task: { url: TURN, server: 0, observers: ['stun:203.0.113.20', 'stun:203.0.113.10'], farKnown: true }
		}
	];
	test.each(cases)('$name', ({ seen, task }) => {
		const found = filteringTask(PLAN, seen);
		if (task instanceof RegExp) expect(found).toMatch(task);
		else expect(found).toEqual(task);
	});
});

describe('what an earlier filtering test left open', () => {
	const before = (...knocks: Pick<FilterKnock, 'opened' | 'state'>[]) =>
		({ probe: 'nat-filtering', outcome: { state: 'seen', data: { method: 'turn', knocks } } }) as unknown as Observation;
	const far = { opened: 'other-address', state: 'blocked' } as const;
	const near = { opened: 'relay-address', state: 'blocked' } as const;
	const task = { url: TURN, server: 0, observers: ['stun:203.0.113.20'], farKnown: true };

	test.each([
		['nothing was asked', [], task, true],
		['both were told', [before(far, near)], task, false],
		['no stranger had knocked, now one can', [before(near)], task, true],
		['no stranger had knocked, and none can', [before(near)], { ...task, farKnown: false }, false],
		['it was inconclusive', [before({ ...far, state: 'inconclusive' }, near)], task, true]
	])('is asked again only where it can be settled: %s', (_name, observations, next, expected) => {
		expect(filteringLeftOpen(observations, next)).toBe(expected);
	});
});

describe('which observer stands where', () => {
	test.each([
		['stun:203.0.113.20', TURN, '203.0.113.10', true],
		['stun:203.0.113.10:3479', TURN, '203.0.113.10', false],
		// The server has a second address and relayed from that.
		['stun:203.0.113.11', TURN, '203.0.113.11', false],
		['stun:[2001:db8::1]', TURN, '203.0.113.10', false],
		['stun:stun.example.org', TURN_TLS, '203.0.113.10', false],
		['stun:stun.example.net', TURN_TLS, '203.0.113.10', true],
		['stun:stun.example.net', TURN, '203.0.113.10', false]
	])('%s, asked by a relay of %s at %s: elsewhere %s', (observer, turn, relayAddress, expected) => {
		expect(standsElsewhere(observer, turn, relayAddress)).toBe(expected);
	});

	test.each([
		[['stun:203.0.113.20', 'stun:203.0.113.10:3479'], TURN, '203.0.113.10', 'stun:203.0.113.10:3479'],
		[['stun:203.0.113.20', 'stun:203.0.113.10'], TURN, '203.0.113.11', 'stun:203.0.113.11:3478'],
		[['stun:turn.example.org'], TURN_TLS, '203.0.113.10', 'stun:203.0.113.10:3478'],
		[['stun:203.0.113.20'], 'turn:[2001:db8::1]:5000', '2001:db8::1', 'stun:[2001:db8::1]:5000']
	])('of %j, with a relay of %s at %s: %s', (observers, turn, relayAddress, expected) => {
		expect(observerAt(observers, turn, relayAddress)).toBe(expected);
	});
});
