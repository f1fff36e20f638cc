import { sentence } from '../messages/en/sentence';
import { describe, expect, test } from 'vitest';
import { CASES } from '../../../../tests/golden/networks-table';
import { makeObservations } from '../../../../tests/golden/make-observations';
import { PAIR_CASES, pairObservations } from '../../../../tests/golden/pairs-table';
import type { Observation } from '../observations/observation';
import { DEFAULT_LIMITS } from '../plan/config';
import { conclude } from './conclude';
import { rootFindings } from './root-findings';

describe.each(CASES)('$name', ({ network, expect: expected }) => {
	const conclusions = conclude(DEFAULT_LIMITS, makeObservations(network));
	const says = Object.fromEntries(conclusions.answers.map((a) => [a.question, a.says]));

	test('has the answers and the verdict expected', () => {
		expect(says).toMatchObject(expected.says);
		expect(conclusions.headline.verdict).toBe(expected.verdict);
		if (expected.headline) expect(conclusions.headline.rule).toBe(expected.headline);
		const rules = Object.fromEntries(conclusions.answers.map((a) => [a.question, a.because[0]?.rule]));
		expect(rules).toMatchObject(expected.rules ?? {});
		if (expected.verdictSaid) expect(sentence(conclusions.headline)).toBe(expected.verdictSaid);
	});

	test('reaches the peers expected directly', () => {
		const direct = conclusions.peers.filter((p) => p.direct === 'yes').map(({ peer }) => peer.id);
		if (expected.direct) expect(direct).toEqual(expected.direct);
		for (const peer of conclusions.peers) expect(`${peer.rule}: ${sentence(peer)}`).toMatch(/^path-[a-z-]+: \S.*\.$/);
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
		const found = rootFindings(findings)
			.filter((f) => f.severity !== 'normal')
			.map((f) => f.rule);
		if (expected.findings) expect(found).toEqual(expected.findings);
	});
});

/** The list, and how often it was walked: each walk asks once for its first item. */
function counted(list: readonly Observation[]): { list: readonly Observation[]; walks(): number } {
	let walks = 0;
	const proxy = new Proxy(list, {
		get(target, key, receiver): unknown {
			if (key === '0') walks++;
			return Reflect.get(target, key, receiver);
		}
	});
	return { list: proxy, walks: () => walks };
}

describe('one view', () => {
	test.each(CASES)('of the observations of a check: $name', ({ network }) => {
		const { list, walks } = counted(makeObservations(network));
		conclude(DEFAULT_LIMITS, list);
		expect(walks()).toBe(1);
	});

	test.each(PAIR_CASES)('of each device where there are two: $name', (one) => {
		const own = pairObservations(one);
		const peer = own.find(({ probe }) => probe === 'peer-check')!;
		if (peer.probe !== 'peer-check' || peer.outcome.state !== 'seen')
			throw new Error('The case has no check of the other device.');
		const theirs = counted(peer.outcome.data.observations);
		const data = { ...peer.outcome.data, observations: theirs.list as Observation[] };
		const mine = counted(own.map((each) => (each === peer ? { ...peer, outcome: { state: 'seen', data } } : each)));
		conclude(DEFAULT_LIMITS, mine.list);
		expect([mine.walks(), theirs.walks()]).toEqual([1, 1]);
	});
});
