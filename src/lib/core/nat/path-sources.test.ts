import { sentence } from '../messages/en/sentence';
import { describe, expect, test } from 'vitest';
import { hairpinTest, proberMapping } from '../../../../tests/golden/paths-table';
import type { Observation } from '../observations/observation';
import { indexObservations } from '../observations/observation-index';
import { HAIRPIN_RULES, judgeHairpin } from './hairpin-rules';
import { judgeProberMapping, noNatSeen } from './path-sources';

const [A, B, C, D] = ['198.51.100.1:4001', '198.51.100.1:4002', '198.51.100.1:4003', '198.51.100.1:4004'] as const;

test.each<[string, (string | null)[], number, string | null]>([
	['all four alike', [A, A, A, A], 1, 'endpoint-independent'],
	['all four alike, several sockets', [A, A, A, A], 5, 'endpoint-independent'],
	['one of each address, the rest lost', [A, null, null, A], 1, 'endpoint-independent'],
	['another for each address', [A, A, B, B], 1, 'address-dependent'],
	['another for each address, one lost', [A, A, null, B], 1, 'address-dependent'],
	['another for each', [A, B, C, D], 1, 'address-and-port-dependent'],
	['another for each port', [A, B, null, null], 1, 'address-and-port-dependent'],
	['one address that agrees', [A, A], 1, null],
	['one port of each, different', [A, null, null, B], 1, null],
	['different, but of several sockets', [A, B, C, D], 4, null],
	['nothing', [null, null, null, null], 1, null]
])('%s', (_, from, sockets, mapping) =>
	expect(judgeProberMapping(indexObservations([proberMapping(from, sockets)]), 'ipv4')?.mapping ?? null).toBe(mapping)
);

describe('no NAT', () => {
	const relay = (farType: string | null, address: string | null = '198.51.100.1') =>
		({
			probe: 'relay',
			outcome: {
				state: 'seen',
				data: {
					url: 'turn:203.0.113.10',
					runs: [{ toward: 'direct', state: 'carried', remote: { address, port: 1, type: 'srflx' }, farType }]
				}
			}
		}) as unknown as Observation;

	test.each<[Observation[], boolean]>([
		[[relay('host')], true],
		[[relay('srflx')], false],
		[[relay('prflx')], false],
		[[relay(null)], false],
		[[relay('host'), relay('prflx')], false],
		[[relay('host', '192.168.1.2')], false],
		[[relay('host', null)], false],
		[[], false]
	])('tells whether there is no NAT, row %#', (observations, seen) =>
		expect(noNatSeen(indexObservations(observations), 'ipv4') !== null).toBe(seen)
	);
});

describe('hairpin', () => {
	test.each<[string, Observation[], 'none' | 'endpoint-independent', string]>([
		['hairpin-not-tested', [], 'endpoint-independent', 'not-tested'],
		['hairpin-no-nat', [hairpinTest({ state: 'returned' })], 'none', 'not-tested'],
		['hairpin-returned', [hairpinTest({ state: 'returned' })], 'endpoint-independent', 'yes'],
		['hairpin-arrived-unanswered', [hairpinTest({ state: 'arrived' })], 'endpoint-independent', 'unknown'],
		['hairpin-lost', [hairpinTest({})], 'endpoint-independent', 'no'],
		['hairpin-inconclusive', [hairpinTest({ state: 'inconclusive', why: 'control-failed' })], 'endpoint-independent', 'unknown'],
		[
			'hairpin-inconclusive',
			[hairpinTest({ state: 'inconclusive', why: 'no-mapped-address' })],
			'endpoint-independent',
			'unknown'
		]
	])('%s %#', (rule, observations, mapping, says) => {
		const judged = judgeHairpin(indexObservations(observations), 'ipv4', mapping);
		expect([judged.because.rule, judged.hairpin]).toEqual([rule, says]);
		expect(sentence(judged.because)).toMatch(/^\S.*\.$/);
		expect(HAIRPIN_RULES.some(({ id }) => id === rule)).toBe(true);
	});
});
