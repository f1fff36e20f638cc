import { describe, expect, it } from 'vitest';
import type { Family } from '../base/ip';
import type { Filtering, Mapping } from './conclusion';
import {
	directPath,
	PATH_RULE_IDS,
	pathWithRelays,
	PEER_CLASSES,
	type Direct,
	type NetworkReach,
	type Reach
} from './peer-matrix';

function reach(mapping: Mapping, filtering: Filtering, more: Partial<Reach> = {}): Reach {
	return { udp: 'yes', mapping, filtering, pooled: false, ...more };
}
const v4 = (...of: Parameters<typeof reach>): NetworkReach => ({ ipv4: reach(...of), ipv6: null });
const classOf = (id: string) => PEER_CLASSES.find((one) => one.id === id)!.reach;

/** Real Chromium behind real kernel NATs, two runs of every cell: y connected directly, n failed. Rows call columns. */
const MEASURED = `
                    open firewall full-cone address-restricted port-restricted symmetric address-dependent udp-blocked
open                y    y        y         y                  y               y         y                 n
firewall            y    y        y         y                  y               n         n                 n
full-cone           y    y        y         y                  y               y         y                 n
address-restricted  y    y        y         y                  y               y         y                 n
port-restricted     y    y        y         y                  y               n         n                 n
symmetric           y    n        y         y                  n               n         n                 n
address-dependent   y    n        y         y                  n               n         n                 n
udp-blocked         n    n        n         n                  n               n         n                 n`;

function measured(): { row: string; column: string; direct: Direct }[] {
	const [head, ...rows] = MEASURED.trim()
		.split('\n')
		.map((line) => line.trim().split(/\s+/));
	return rows.flatMap(([row, ...cells]) =>
		cells.map((cell, i) => ({ row: row!, column: head![i]!, direct: cell === 'y' ? 'yes' : 'no' }))
	);
}

describe('the measured matrix', () => {
	it('has all 64 cells', () => expect(measured()).toHaveLength(64));

	it.each(measured())('$row calls $column: $direct', ({ row, column, direct }) => {
		expect(directPath(classOf(row), classOf(column)).direct).toBe(direct);
	});
});

const DUALSTACK: NetworkReach = {
	ipv4: reach('endpoint-independent', 'address-and-port-dependent'),
	ipv6: reach('none', 'address-and-port-dependent')
};
const SYMMETRIC_DUALSTACK: NetworkReach = {
	...DUALSTACK,
	ipv4: reach('address-and-port-dependent', 'address-and-port-dependent')
};
const V6_BROKEN: NetworkReach = { ...DUALSTACK, ipv6: reach('unknown', 'unknown', { udp: 'no' }) };
const SYMMETRIC_POOL = v4('address-and-port-dependent', 'address-and-port-dependent', { pooled: true });

const PAIRS: [string, NetworkReach, NetworkReach, Direct, string][] = [
	['pooled symmetric to full cone', SYMMETRIC_POOL, classOf('full-cone'), 'yes', 'path-receiver-lets-in'],
	['pooled symmetric to address-restricted', SYMMETRIC_POOL, classOf('address-restricted'), 'unknown', 'path-address-may-change'],
	['pooled symmetric to port-restricted', SYMMETRIC_POOL, classOf('port-restricted'), 'no', 'path-unknown-port-filtered'],
	['dual stack to IPv6 only', DUALSTACK, classOf('ipv6-only'), 'yes', 'path-both-predictable'],
	['IPv6 only to IPv6 only', classOf('ipv6-only'), classOf('ipv6-only'), 'yes', 'path-both-predictable'],
	['IPv6 only to port-restricted', classOf('ipv6-only'), classOf('port-restricted'), 'no', 'path-no-common-family'],
	['broken IPv6 to dual stack, by IPv4', V6_BROKEN, DUALSTACK, 'yes', 'path-both-predictable'],
	['broken IPv6 to IPv6 only', V6_BROKEN, classOf('ipv6-only'), 'no', 'path-needs-udp'],
	['two symmetric networks with IPv6', SYMMETRIC_DUALSTACK, SYMMETRIC_DUALSTACK, 'yes', 'path-both-predictable'],
	[
		'endpoint-dependent counts as unpredictable',
		v4('endpoint-dependent', 'address-and-port-dependent'),
		classOf('port-restricted'),
		'no',
		'path-unknown-port-filtered'
	],
	[
		'unknown filtering towards symmetric',
		v4('endpoint-independent', 'unknown'),
		classOf('symmetric'),
		'unknown',
		'path-not-known'
	],
	[
		'unknown filtering towards port-restricted',
		v4('endpoint-independent', 'unknown'),
		classOf('port-restricted'),
		'yes',
		'path-both-predictable'
	],
	['unknown mapping towards full cone', v4('unknown', 'unknown'), classOf('full-cone'), 'yes', 'path-receiver-lets-in'],
	['unknown mapping towards port-restricted', v4('unknown', 'unknown'), classOf('port-restricted'), 'unknown', 'path-not-known'],
	[
		'UDP not known to pass',
		v4('endpoint-independent', 'unknown', { udp: 'unknown' }),
		classOf('open'),
		'unknown',
		'path-not-known'
	],
	[
		'UDP not known to pass, and no path anyway',
		v4('address-and-port-dependent', 'address-and-port-dependent', { udp: 'unknown' }),
		classOf('symmetric'),
		'no',
		'path-both-unpredictable'
	],
	[
		'two unpredictable networks with open filters',
		v4('address-dependent', 'endpoint-independent'),
		v4('address-dependent', 'endpoint-independent'),
		'unknown',
		'path-both-unpredictable'
	],
	[
		'a symmetric network with an open filter to port-restricted',
		v4('address-and-port-dependent', 'endpoint-independent'),
		classOf('port-restricted'),
		'unknown',
		'path-unknown-port-filtered'
	]
];

describe('further pairs', () => {
	it.each(PAIRS)('%s: both ways by the expected rule', (_name, a, b, direct, rule) => {
		expect(directPath(a, b)).toMatchObject({ direct, rule });
		expect(directPath(b, a)).toMatchObject({ direct, rule });
		expect(PATH_RULE_IDS as readonly string[]).toContain(rule);
	});
});

describe('with relays', () => {
	const symmetric = classOf('symmetric');
	const blocked = classOf('udp-blocked');
	const unsure = v4('unknown', 'unknown', { udp: 'unknown' });
	const cases: [string, NetworkReach, Family[], NetworkReach, Family[], Direct][] = [
		['no relay where a direct path forms', classOf('open'), [], symmetric, [], 'yes'],
		['no relay where none forms', symmetric, [], symmetric, [], 'no'],
		['one relay, the other side has UDP', symmetric, ['ipv4'], symmetric, [], 'yes'],
		['one relay, of the side without UDP', blocked, ['ipv4'], symmetric, [], 'yes'],
		['one relay, the other side has no UDP', symmetric, ['ipv4'], blocked, [], 'no'],
		['two relays, neither side has UDP', blocked, ['ipv4'], blocked, ['ipv4'], 'yes'],
		['relays of different families, no UDP', blocked, ['ipv4'], blocked, ['ipv6'], 'no'],
		['a relay of a family that the other side lacks', symmetric, ['ipv6'], symmetric, [], 'no'],
		['an IPv4 relay for a device with IPv6 alone', classOf('ipv6-only'), ['ipv4'], symmetric, [], 'yes'],
		['whether the other side has UDP is not known', symmetric, ['ipv4'], unsure, [], 'unknown']
	];
	it.each(cases)('%s: the same both ways', (_name, a, mine, b, theirs, expected) => {
		expect(pathWithRelays(a, b, { mine, theirs })).toBe(expected);
		expect(pathWithRelays(b, a, { mine: theirs, theirs: mine })).toBe(expected);
	});

	it('connects all 64 cells of the measured matrix when both sides have one', () => {
		for (const { row, column } of measured())
			expect(pathWithRelays(classOf(row), classOf(column), { mine: ['ipv4'], theirs: ['ipv4'] })).toBe('yes');
	});
});
