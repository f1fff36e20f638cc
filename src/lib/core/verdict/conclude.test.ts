import { describe, expect, test } from 'vitest';
import { CASES } from '../../../../tests/golden/networks-table';
import { makeObservations } from '../../../../tests/golden/make-observations';
import { DEFAULT_LIMITS } from '../plan/config';
import { conclude } from './conclude';
import { headline } from './headline';

describe.each(CASES)('$name', ({ network, expect: expected }) => {
	const conclusions = conclude(DEFAULT_LIMITS, makeObservations(network));
	const says = Object.fromEntries(conclusions.answers.map((a) => [a.question, a.says]));

	test('has the answers and the verdict expected', () => {
		expect(says).toMatchObject(expected.says);
		expect(headline(conclusions).verdict).toBe(expected.verdict);
	});

	test('reaches the peers expected directly', () => {
		const direct = conclusions.peers.filter((p) => p.direct === 'yes').map(({ peer }) => peer.id);
		if (expected.direct) expect(direct).toEqual(expected.direct);
		for (const { text, rule } of conclusions.peers) expect(`${rule}: ${text}`).toMatch(/^path-[a-z-]+: \S.*\.$/);
	});

	test('has the NAT, server states and findings expected', () => {
		const { nat, servers, findings } = conclusions;
		if (expected.mapping) expect(nat.ipv4?.mapping).toBe(expected.mapping);
		if (expected.mappingRule) expect(nat.ipv4?.evidence.mapping?.rule).toBe(expected.mappingRule);
		if (expected.mapping6) expect(nat.ipv6?.mapping).toBe(expected.mapping6);
		if (expected.filtering) expect(nat.ipv4?.filtering).toBe(expected.filtering);
		if (expected.filteringRule) expect(nat.ipv4?.evidence.filtering?.rule).toBe(expected.filteringRule);
		if (expected.ports) expect(nat.ipv4?.portPattern).toBe(expected.ports);
		if (expected.layers) expect(nat.ipv4?.layers).toBe(expected.layers);
		if (expected.states) expect(servers.map((s) => s.state)).toEqual(expected.states);
		const found = findings.filter((f) => f.severity !== 'normal').map((f) => f.rule);
		if (expected.findings) expect(found).toEqual(expected.findings);
	});
});
