import { describe, expect, test } from 'vitest';
import { makeRandom } from '../../../../tests/natlab/virtual/clock';
import type { PortSample } from './evidence';
import { chanceOfCounting, DRAWN_FROM_PORTS } from './port-chance';
import { PORT_RULES } from './port-rules';

type Pair = [host: number | number[], mapped: number];

/** Of sockets of their own, one after the other. */
function samplesOf(pairs: readonly Pair[], { afterMs = 300, address = '198.51.100.1' } = {}): PortSample[] {
	return pairs.map(([host, mappedPort], i) => ({
		hostPorts: [host].flat(),
		mappedAddress: address,
		mappedPort,
		madeAfterMs: afterMs * i,
		madeByMs: afterMs * i + 40,
		socket: String(i)
	}));
}

const HOSTS = [50_142, 41_380, 61_007, 33_911, 55_482, 47_203, 38_650];
const mapped = (...ports: number[]) => samplesOf(ports.map((port, i) => [HOSTS[i]!, port]));
const ruleOf = (samples: readonly PortSample[]) =>
	PORT_RULES.find((rule) => rule.when(samples, { publicAddresses: ['198.51.100.1'], hosts: [] }))!;

test.each<[string, PortSample[], string]>([
	['no socket', [], 'port-no-sample'],
	['ports of its own hidden', samplesOf([[[], 40_000]]), 'port-host-hidden'],
	['one preserved', samplesOf([[50_142, 50_142]]), 'port-preserved'],
	['all preserved', samplesOf(HOSTS.map((port) => [port, port])), 'port-preserved'],
	['all shifted alike', samplesOf(HOSTS.slice(0, 3).map((port) => [port, port - 9000])), 'port-constant-offset'],
	[
		'all shifted alike, one of two host ports',
		samplesOf(HOSTS.slice(0, 3).map((port) => [[port, port + 7], port - 9000])),
		'port-constant-offset'
	],
	['two shifted alike', samplesOf(HOSTS.slice(0, 2).map((port) => [port, port - 9000])), 'port-too-few'],
	[
		'host ports that rise by one, and mapped ones too',
		samplesOf([
			[50_001, 20_001],
			[50_002, 20_002],
			[50_003, 20_003]
		]),
		'port-shifted-or-counted'
	],
	['three neighbours', mapped(20_001, 20_002, 20_003), 'port-may-be-sequential'],
	['three that rise within 175', mapped(36_100, 36_180, 36_275), 'port-too-few'],
	['three that rise within 50', mapped(36_100, 36_120, 36_150), 'port-may-be-sequential'],
	['four neighbours', mapped(20_001, 20_002, 20_003, 20_004), 'port-sequential'],
	['five neighbours, two in another order', mapped(20_001, 20_003, 20_002, 20_004, 20_005), 'port-sequential'],
	['seven that rise while others take ports', mapped(20_000, 20_031, 20_054, 20_060, 20_101, 20_119, 20_126), 'port-sequential'],
	['seven in no order within as much', mapped(20_060, 20_000, 20_126, 20_031, 20_119, 20_054, 20_101), 'port-may-be-sequential'],
	['three far apart', mapped(61_712, 38_774, 6187), 'port-random'],
	['two far apart', mapped(61_712, 6187), 'port-too-few'],
	['a counter that begins again', mapped(65_530, 65_534, 1030, 1041), 'port-too-few'],
	['two blocks of ports', mapped(20_001, 20_090, 44_010, 44_020), 'port-too-few'],
	['three that a busy counter may have given', mapped(20_000, 20_500, 21_000), 'port-too-few'],
	['one of three preserved', mapped(HOSTS[0]!, 20_000, 6187), 'port-too-few'],
	[
		'far apart, each at another address',
		['198.51.100.1', '198.51.100.2', '198.51.100.3'].flatMap((address, i) =>
			samplesOf([[HOSTS[i]!, 9000 + 20_000 * i]], { address })
		),
		'port-too-few'
	]
])('%s: %#', (_, samples, rule) => {
	expect(ruleOf(samples).id).toBe(rule);
});

describe('what chance does', () => {
	test('is told of one socket, and of several not', () => {
		const said = (pairs: Pair[]) => ruleOf(samplesOf(pairs)).values(samplesOf(pairs), { publicAddresses: [], hosts: [] });
		expect(said([[50_142, 50_142]])).toMatchObject({ byChanceOnceIn: 16_384 });
		expect(said(HOSTS.slice(0, 2).map((port) => [port, port]))).toMatchObject({ byChanceOnceIn: null });
	});

	test.each([3, 4, 6])('is computed as %i ports drawn at random show it', (count) => {
		const { ratio } = makeRandom(7);
		const draws = 40_000;
		const chances = Array.from({ length: draws }, () =>
			chanceOfCounting(Array.from({ length: count }, () => Math.floor(ratio() * DRAWN_FROM_PORTS)))
		);
		for (const limit of [0.3, 0.1, 0.01]) {
			const share = chances.filter((chance) => chance < limit).length / draws;
			expect(share).toBeLessThan(limit * 1.15);
			expect(share).toBeGreaterThan(limit / 8);
		}
	});
});
