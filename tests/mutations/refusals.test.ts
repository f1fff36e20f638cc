/**
 * The linter against what Chromium and Firefox said of some seven thousand descriptions with one change each: nothing that a browser refuses
 * is passed over, and no browser is said to refuse what it took.
 */
import { describe, expect, test } from 'vitest';
import { decodeBrowserError } from '../../src/lib/core/sdp/errors/decode';
import { lintSingle } from '../../src/lib/core/sdp/lint/lint';
import { readDescription } from '../../src/lib/core/sdp/text/description';
import { OFFERS } from './bases';
import { confusionTable, holdLinter, messageOf, readRefusals } from './refusals';

test.each(Object.entries(OFFERS))('%s itself has no problem and no warning that names a browser', (_, text) => {
	const found = lintSingle(readDescription(text, 'offer')).filter(
		(each) => each.severity === 'problem' || each.refusedBy.length > 0
	);
	expect(found).toEqual([]);
});

test.each([
	['a role in upper case', 'a=setup:actpass', 'a=setup:ACTPASS'],
	['an active TCP candidate of port 0', '192.0.2.18 9 typ host tcptype active', '192.0.2.18 0 typ host tcptype active'],
	[
		'a key beside the fingerprint',
		'a=mid:0',
		'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:FvLcvU2P3ZWmQxgPAgcDu7Zl9vftYElFOjEzhWs5\r\na=mid:0'
	]
])('both browsers take %s, so it is no problem', (_, from, to) => {
	const text = OFFERS.call.replaceAll(from, to);
	expect(text).not.toBe(OFFERS.call);
	const said = lintSingle(readDescription(text, 'offer'));
	expect(said.filter(({ severity, refusedBy }) => severity === 'problem' || refusedBy.length > 0)).toEqual([]);
});

describe('the table', () => {
	const rows = readRefusals();
	const confusion = holdLinter(rows);

	test('has what it is said to have', () => {
		expect(rows.length).toBeGreaterThan(7000);
		for (const browser of ['chromium', 'firefox'] as const)
			expect(rows.filter((row) => row[browser] !== '').length).toBeGreaterThan(3000);
		process.stdout.write(`\n${confusionTable(confusion)}\n`);
	});

	test.each(['chromium', 'firefox'] as const)('what %s says is known to the decoder', (browser) => {
		const messages = new Set(rows.flatMap((row) => (row[browser] === '' ? [] : [messageOf(row[browser], browser)])));
		expect([...messages].filter((message) => decodeBrowserError(message) === null)).toEqual([]);
	});

	test('nothing refused is passed over', () => expect(confusion.missed).toEqual([]));
	test('nobody is said to refuse what it took', () => expect(confusion.untrue).toEqual([]));
});
