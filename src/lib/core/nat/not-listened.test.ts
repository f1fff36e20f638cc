import { expect, test } from 'vitest';
import type { Observation } from '../observations/observation';
import { indexObservations } from '../observations/observation-index';
import { filteringEvidence, judgeFiltering } from './filtering-rules';
import { judgeHairpin } from './hairpin-rules';

const END = { address: '198.51.100.7', port: 5000 };
const probe = {
	opened: 'other-address' as const,
	observer: 'stun:203.0.113.20:3478',
	mapped: END,
	relay: { address: '203.0.113.10', port: 50_000 },
	why: null,
	probingMs: 1200,
	controlMs: 30,
	controlPort: 5000
};
const observed = (hidden: number, data: unknown, name: string) =>
	indexObservations([
		{
			probe: name,
			step: name,
			target: null,
			startedMs: 0,
			tookMs: 1000,
			pausedMs: { hidden, stalled: 0 },
			outcome: { state: 'seen', data }
		} as Observation
	]);

test.each([
	[0, 'filtering-strangers-kept-out'],
	[600, 'filtering-inconclusive']
])('a probe that was blocked while the page was hidden for %d of 1,000 ms', (hidden, rule) => {
	const data = { method: 'turn', family: 'ipv4', server: 'turn:203.0.113.10', probes: [{ ...probe, state: 'blocked' }] };
	const view = observed(hidden, data, 'nat-filtering');
	expect(judgeFiltering(filteringEvidence(view, 'ipv4', 'endpoint-independent')).because.rule).toBe(rule);
});

test('a probe that passed counts however little was listened', () => {
	const data = {
		method: 'turn',
		family: 'ipv4',
		server: 'turn:203.0.113.10',
		probes: [1, 2].map(() => ({ ...probe, state: 'passed' }))
	};
	const view = observed(900, data, 'nat-filtering');
	expect(judgeFiltering(filteringEvidence(view, 'ipv4', 'endpoint-independent')).filtering).toBe('endpoint-independent');
});

test.each([
	[0, 'hairpin-lost'],
	[600, 'hairpin-inconclusive']
])('packets that did not come round while the page was hidden for %d of 1,000 ms', (hidden, rule) => {
	const data = {
		family: 'ipv4',
		observer: 'stun:203.0.113.20:3478',
		mapped: [END, END],
		state: 'lost',
		why: null,
		triedMs: 900,
		controlMs: 20
	};
	expect(judgeHairpin(observed(hidden, data, 'hairpin'), 'ipv4', 'endpoint-independent').because.rule).toBe(rule);
});
