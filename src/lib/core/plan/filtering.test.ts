import { describe, expect, test } from 'vitest';
import type { CandidateRecord, FilterProbe, Observation } from '../observations/observation';
import { filteringLeftOpen, filteringTask, observerAt, isAtAnotherAddress, type FilteringTask } from './filtering';
import { skipped, type Skipped } from './skip-values';

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

describe('filteringTask', () => {
	const cases: { name: string; seen: Observation[]; task: FilteringTask | Skipped }[] = [
		{ name: 'needs a relay', seen: [], task: skipped('skip-filtering-without-relay', {}) },
		{
			name: 'needs a public address of this device',
			seen: [gathered(TURN_TLS, relay('203.0.113.10'))],
			task: skipped('skip-filtering-without-observer', {})
		},
		{
			name: 'does not take a relay that is not publicly routable',
			seen: [gathered(TURN, mapped, relay('192.168.0.9'))],
			task: skipped('skip-filtering-without-relay', {})
		},
		{
			name: 'takes the TURN server as observer where it is the only server',
			seen: [gathered(TURN, mapped, relay('203.0.113.10'))],
			task: { url: TURN, server: 0, observers: ['stun:203.0.113.10'], farKnown: false }
		},
		{
			name: 'knows of an observer at another address by its URL',
			seen: [stun('203.0.113.20:3478'), gathered(TURN, mapped, relay('203.0.113.10'))],
			task: { url: TURN, server: 0, observers: ['stun:203.0.113.20', 'stun:203.0.113.10'], farKnown: true }
		},
		{
			name: 'takes a second address of the relay’s own server for another address',
			seen: [stun('203.0.113.11:3478'), gathered(TURN, mapped, relay('203.0.113.10'))],
			task: { url: TURN, server: 0, observers: ['stun:203.0.113.11', 'stun:203.0.113.10'], farKnown: true }
		},
		{
			name: 'takes another port of the same address for the same address',
			seen: [stun('203.0.113.10:3479'), gathered(TURN, relay('203.0.113.10'))],
			task: { url: TURN, server: 0, observers: ['stun:203.0.113.10:3479', 'stun:203.0.113.10'], farKnown: false }
		},
		{
			name: 'assumes that names of one domain may resolve to one address',
			seen: [stun('stun.example.org:3478'), gathered('turn:turn.example.org', relay('203.0.113.10'))],
			task: {
				url: 'turn:turn.example.org',
				server: 2,
				observers: ['stun:stun.example.org', 'stun:turn.example.org'],
				farKnown: false
			}
		},
		{
			name: 'assumes that names of two domains resolve to two addresses',
			seen: [stun('stun.example.net:3478'), gathered('turn:turn.example.org', relay('203.0.113.10'))],
			task: {
				url: 'turn:turn.example.org',
				server: 2,
				observers: ['stun:stun.example.net', 'stun:turn.example.org'],
				farKnown: true
			}
		},
		{
			name: 'prefers TURN over UDP to TLS, even if it was slower',
			seen: [
				stun('203.0.113.20:3478'),
				gathered(TURN_TLS, relay('203.0.113.30', 10)),
				gathered(TURN, mapped, relay('203.0.113.10', 80))
			],
			task: { url: TURN, server: 0, observers: ['stun:203.0.113.20', 'stun:203.0.113.10'], farKnown: true }
		}
	];
	test.each(cases)('$name', ({ seen, task }) => {
		expect(filteringTask(PLAN, seen)).toEqual(task);
	});
});

describe('filteringLeftOpen', () => {
	const before = (...probes: Pick<FilterProbe, 'opened' | 'state'>[]) =>
		({ probe: 'nat-filtering', outcome: { state: 'seen', data: { method: 'turn', probes } } }) as unknown as Observation;
	const far = { opened: 'other-address', state: 'blocked' } as const;
	const near = { opened: 'relay-address', state: 'blocked' } as const;
	const task = { url: TURN, server: 0, observers: ['stun:203.0.113.20'], farKnown: true };

	test.each([
		['before the first test', [], task, true],
		['after a test that decided both questions', [before(far, near)], task, false],
		['once an observer at another address is known', [before(near)], task, true],
		['as long as no observer at another address is known', [before(near)], { ...task, farKnown: false }, false],
		['after an inconclusive test', [before({ ...far, state: 'inconclusive' }, near)], task, true]
	])('tests again only where a test can decide more: %s', (_name, observations, next, expected) => {
		expect(filteringLeftOpen(observations, next)).toBe(expected);
	});
});

describe('the address of an observer', () => {
	test.each([
		['stun:203.0.113.20', TURN, '203.0.113.10', true],
		['stun:203.0.113.10:3479', TURN, '203.0.113.10', false],
		// The server has a second address and relayed from that.
		['stun:203.0.113.11', TURN, '203.0.113.11', false],
		['stun:[2001:db8::1]', TURN, '203.0.113.10', false],
		['stun:stun.example.org', TURN_TLS, '203.0.113.10', false],
		['stun:stun.example.net', TURN_TLS, '203.0.113.10', true],
		['stun:stun.example.net', TURN, '203.0.113.10', false]
	])('%s is at another address than the relay that %s allocated at %s: %s', (observer, turn, relayAddress, expected) => {
		expect(isAtAnotherAddress(observer, turn, relayAddress)).toBe(expected);
	});

	test.each([
		[['stun:203.0.113.20', 'stun:203.0.113.10:3479'], TURN, '203.0.113.10', 'stun:203.0.113.10:3479'],
		[['stun:203.0.113.20', 'stun:203.0.113.10'], TURN, '203.0.113.11', 'stun:203.0.113.11:3478'],
		[['stun:turn.example.org'], TURN_TLS, '203.0.113.10', 'stun:203.0.113.10:3478'],
		[['stun:203.0.113.20'], 'turn:[2001:db8::1]:5000', '2001:db8::1', 'stun:[2001:db8::1]:5000']
	])(
		'of %j, the observer at the address of the relay that %s allocated at %s is %s',
		(observers, turn, relayAddress, expected) => {
			expect(observerAt(observers, turn, relayAddress)).toBe(expected);
		}
	);
});
