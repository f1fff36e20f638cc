import { expect, test } from 'vitest';
import { makeObservations } from '../../../../tests/golden/make-observations';
import { CASES } from '../../../../tests/golden/networks-table';
import { everySentence as sentence } from '../messages/en/every-sentence';
import { DEFAULT_LIMITS } from '../plan/config';
import { conclude } from '../verdict/conclude';
import type { Answer, Finding } from '../verdict/conclusion';
import { compareConclusions } from './compare';

const of = (name: string) => conclude(DEFAULT_LIMITS, makeObservations(CASES.find((c) => c.name === name)!.network));
const home = of('home router, all servers work');

test.each(CASES)('the same observations judged twice are the same: $name', ({ network }) => {
	const twice = [0, 1].map(() => conclude(DEFAULT_LIMITS, makeObservations(network)));
	expect(compareConclusions(twice[0]!, twice[1]!)).toEqual([]);
});

test('an answer, a state, a NAT field and findings that differ are named', () => {
	const changes = compareConclusions(home, of('UDP blocked, TURN over TCP and TLS works relay to relay'));
	const by = Object.fromEntries(changes.map((c) => [c.where, [c.before, c.after]]));
	expect(by['udp-usable']).toEqual(['yes', 'no']);
	expect(by['needs-turn']).toEqual(['unknown', 'always']);
	expect(by['nat.ipv4.mapping']).toEqual(['endpoint-independent', 'unknown']);
	expect(by['nat.ipv4.publicAddresses']).toEqual(['198.51.100.1', 'none']);
	expect(by['stun:203.0.113.10:3478 over IPv4']).toEqual(['works', 'unreachable']);
	expect(by['udp-blocked at network']).toEqual([null, 'problem']);
	expect(sentence(changes.find((c) => c.where === 'udp-usable')!)).toBe('“Can this network use UDP?”: was yes, is no.');
	expect(sentence(changes.find((c) => c.where === 'nat.ipv4.publicAddresses')!)).toBe(
		'IPv4 public addresses: was 198.51.100.1, is none.'
	);
});

test('a finding that is new and one that is gone are named as such', () => {
	const changes = compareConclusions(of('UDP blocked, no TURN, the app is outside'), home);
	const gone = changes.find(({ where }) => where === 'udp-blocked at network')!;
	expect([gone.after, sentence(gone)]).toEqual([null, expect.stringMatching(/^No longer found: Nothing came back over UDP/)]);
	expect(changes).toContainEqual(
		expect.objectContaining({ where: 'turn:203.0.113.10:3478?transport=udp over IPv4', before: null, after: 'works' })
	);
});

test('a family that appears is one change', () => {
	const changes = compareConclusions(home, of('two families, both work'));
	const family = changes.find(({ where }) => where === 'nat.ipv6')!;
	expect([family.before, family.after, sentence(family)]).toEqual([null, 'seen', 'IPv6 as a whole is new: seen.']);
});

test('the same URL with several credentials is compared one by one', () => {
	const twice = of('the same server twice, the second time with a wrong password');
	const other = structuredClone(twice);
	other.servers[1]!.state = 'works';
	expect(compareConclusions(twice, other).map((c) => [c.before, c.after])).toEqual([['unauthorized', 'works']]);
	expect(compareConclusions(twice, other).map(sentence)).toEqual([expect.stringMatching(/ over IPv4 \(2\): was unauth/)]);
});

test('questions of another version are compared by their own name', () => {
	const later = {
		...home,
		answers: [...home.answers, { question: 'teleport', says: 'yes', summary: '', because: [], missing: [] } as unknown as Answer]
	};
	expect(compareConclusions(later, home).map(sentence)).toEqual(['“teleport” is no longer there; it was yes.']);
});

test('what a rule of another version found is told in its own words', () => {
	const rule = { rule: 'rule-of-the-past', values: { ms: 3 }, text: 'It took 3 ms.' };
	const found: Finding = { ...rule, id: 'x', subject: { kind: 'server-list' }, severity: 'info', explains: [], observations: [] };
	const changes = compareConclusions({ ...home, findings: [...home.findings, found] }, home);
	expect(changes.map(sentence)).toEqual(['No longer found: It took 3 ms.']);
});
