import { expect, it } from 'vitest';
import type { ServerConclusion } from '../core/report/report';
import { stagesOf } from './server-stages';
import { serverTone } from '../core/report/tones';

const server = (change: Partial<ServerConclusion>): ServerConclusion => ({
	rule: 'server-works',
	url: 'turn:turn.example.org',
	username: null,
	kind: 'turn',
	transport: 'udp',
	family: 'ipv4',
	state: 'works',
	rttMs: null,
	answeredMs: null,
	relayedBytes: 0,
	relayAddress: null,
	proof: 'carried',
	error: null,
	values: {},
	observations: [],
	...change
});

it.each([
	['works', server({}), 'yes yes yes yes', 'fine'],
	['a STUN server', server({ kind: 'stun', proof: null }), 'yes not-needed not-needed not-needed', 'fine'],
	['a relay nobody used yet', server({ state: 'allocates-only', proof: 'not-run' }), 'yes yes yes unknown', 'unknown'],
	['a relay that carries nothing', server({ state: 'allocates-only', proof: 'not-carried' }), 'yes yes yes no', 'problem'],
	['a refused sign-in', server({ state: 'unauthorized', proof: 'not-run' }), 'yes no not-reached not-reached', 'problem'],
	['no way there', server({ state: 'unreachable', proof: 'not-run' }), 'no not-reached not-reached not-reached', 'problem'],
	[
		'an inner relay address',
		server({ state: 'misconfigured', relayAddress: '10.0.0.1', proof: 'not-run' }),
		'yes yes yes no',
		'problem'
	],
	['nothing but STUN', server({ state: 'misconfigured', proof: 'not-run' }), 'yes unknown unknown unknown', 'problem'],
	['no first relay', server({ state: 'quota-reached', proof: null }), 'yes yes no not-reached', 'problem'],
	[
		'no second relay',
		server({ state: 'quota-reached', relayAddress: '203.0.113.34', proof: null }),
		'yes yes yes unknown',
		'problem'
	],
	['not tested', server({ state: 'not-tested', proof: 'not-run' }), 'unknown unknown unknown unknown', 'unknown']
] as const)('%s', (_, conclusion, stages, tone) => {
	const { reached, authenticated, allocated, carried } = stagesOf(conclusion);
	expect([reached, authenticated, allocated, carried].join(' ')).toBe(stages);
	expect(serverTone(conclusion)).toBe(tone);
});

it('calls a state of a later version unknown, not good', () => {
	const strange = server({ state: 'something-new' as ServerConclusion['state'] });
	expect(stagesOf(strange).reached).toBe('unknown');
});
