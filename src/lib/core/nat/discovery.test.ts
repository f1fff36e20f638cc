import { describe, expect, test } from 'vitest';
import { DISCOVERY_CASES } from '../../../../tests/golden/discoveries-table';
import { everySentence as sentence } from '../messages/en/every-sentence';
import { judgeDiscovery } from './discovery';
import { DISCOVERY_FILTERING_RULES } from './discovery-filtering-rules';
import { DISCOVERY_FINDING_RULES } from './discovery-findings';
import { DISCOVERY_HAIRPIN_RULES } from './discovery-hairpin-rules';
import { DISCOVERY_MAPPING_RULES } from './discovery-mapping-rules';

const JUDGED = DISCOVERY_CASES.map((one) => ({ ...one, judged: judgeDiscovery(one.seen) }));

test.each(JUDGED)('$name', ({ judged: { because, findings }, mapping, filtering, hairpin, findings: expected }) => {
	const rules = [because.mapping.rule, because.filtering.rule, because.hairpin.rule];
	expect(rules).toEqual([mapping, filtering, hairpin]);
	expect(findings.map(({ rule }) => rule)).toEqual(expected);
});

test('each rule speaks in at least one case', () => {
	const tables = [DISCOVERY_MAPPING_RULES, DISCOVERY_FILTERING_RULES, DISCOVERY_HAIRPIN_RULES, DISCOVERY_FINDING_RULES];
	const spoken = JUDGED.flatMap(({ judged: { because, findings } }) => [...Object.values(because), ...findings]);
	const silent = tables.flatMap((table) => table.map(({ id }) => id)).filter((id) => !spoken.some(({ rule }) => rule === id));
	expect(silent).toEqual([]);
});

describe('the measured values are in the sentence', () => {
	const judged = (name: string) => JUDGED.find((one) => one.name === name)!.judged;

	test('of the mapping', () => {
		expect(sentence(judged('two addresses that differ, the rest lost').because.mapping)).toBe(
			'203.0.113.10:3478 sees 198.51.100.1:5000, 203.0.113.10:3479 sees nothing, 203.0.113.11:3478 sees 198.51.100.1:5001, 203.0.113.11:3479 sees nothing: the mapping depends on the destination; on what exactly, the answers do not show.'
		);
		expect(sentence(judged('an error').because.mapping)).toBe(
			'203.0.113.10:3478 answered with error 400, so nothing is known about the mapping.'
		);
		expect(sentence(judged('no answer').because.mapping)).toBe('203.0.113.10:3478 gave no answer over UDP in 3.8 s and 5 tries.');
	});

	test('of the filtering', () => {
		expect(sentence(judged('a filter by port').because.filtering)).toBe(
			'Answers from 203.0.113.11:3479 and 203.0.113.10:3479 did not arrive, in 5 and 5 tries: only addresses and ports contacted before may send.'
		);
		expect(sentence(judged('a server that stays at its port').because.filtering)).toBe(
			'The server did not answer from the other port when asked to, so its answers say nothing about filtering.'
		);
	});

	test('of a fault of the server', () => {
		expect(judged('another address with the same port').findings.map(sentence)).toEqual([
			'203.0.113.10:3478 announces 203.0.113.11:3478 as its other address, which is another address at the same port: it must differ in both address and port (RFC 5780 §7.4).'
		]);
		expect(judged('a second answer from elsewhere').findings.map(sentence)).toEqual([
			'203.0.113.10:3479 was asked, and 203.0.113.10:3478 answered.'
		]);
	});
});
