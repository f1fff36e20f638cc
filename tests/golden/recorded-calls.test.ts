/** Calls between real browsers whose truth is known (tests/fixtures/calls/SOURCES.md): what the first sentence says of each. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { importDump } from '../../src/lib/core/dump/import';
import { ENGLISH } from '../../src/lib/core/messages/en/english';
import { sentence } from '../../src/lib/core/messages/en/sentence';
import { headlineWords } from '../../src/lib/core/report/headline-words';
import { judgeDump } from '../../src/lib/core/report/imported';
import { foldedFindings } from '../../src/lib/core/verdict/root-findings';
import { EVERYDAY_FAILURES } from '../recordings/everyday-failures';
import { FAILURES } from '../recordings/failures';
import { FIELD_FAILURES } from '../recordings/field-failures';
import { FIELD_MEDIA_FAILURES } from '../recordings/field-media-failures';
import { FURTHER_FIELD_FAILURES } from '../recordings/further-field-failures';
import type { Kind } from '../recordings/kind';
import { HEALTHY } from '../recordings/healthy';
import { LAST_FIELD_FAILURES } from '../recordings/last-field-failures';
import { LATER_FAILURES } from '../recordings/later-failures';
import { SUPPORT_FAILURES } from '../recordings/support-failures';
import { UNFORESEEN_AGAIN, UNFORESEEN_FAILURES } from '../recordings/unforeseen-failures';
import { FIRST_SENTENCES, HEALTHY_ENDINGS } from './recorded-calls-table';

const FOLDER = join(import.meta.dirname, '../fixtures/calls');
const FIELD = [...FIELD_FAILURES, ...FIELD_MEDIA_FAILURES];
const ALL = [
	...FAILURES,
	...LATER_FAILURES,
	...UNFORESEEN_FAILURES,
	...UNFORESEEN_AGAIN,
	...EVERYDAY_FAILURES,
	...FIELD,
	...FURTHER_FIELD_FAILURES,
	...LAST_FIELD_FAILURES,
	...SUPPORT_FAILURES
];
const FILES = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
/** `npm run lab -- verdicts` prints what is said of each. */
const PRINTS = process.env.ICELENS_VERDICTS !== undefined;

function verdictOf(name: string) {
	const file = FILES.find((each) => each.startsWith(`${name}.`));
	if (!file) throw new Error(`There is no recording of ${name}: npm run lab -- record-calls ${name}`);
	const read = importDump(gunzipSync(readFileSync(join(FOLDER, file))).toString('utf8'));
	if (!read.ok) throw new Error(read.error.message);
	const conclusions = judgeDump(read.value);
	const { headline, findings } = conclusions;
	const faults = findings.filter(({ severity }) => severity === 'problem' || severity === 'warning');
	return {
		title: headlineWords(conclusions, ENGLISH.headlineTitle).title,
		tone: headlineWords(conclusions).tone,
		first: (headline.values as { worst?: { rule: string; values: object } | null }).worst ?? null,
		sentence: sentence(headline),
		nextSteps: headline.nextSteps.map(sentence),
		faults: faults.map(({ rule }) => rule),
		folded: foldedFindings(findings).map(
			({ finding, consequences }) => `${finding.severity} ${finding.rule}${consequences.map(({ rule }) => ` > ${rule}`).join('')}`
		)
	};
}

const printed: string[] = [];
afterAll(() => {
	if (PRINTS) process.stdout.write(`\n${printed.join('\n')}\n`);
});

function print(name: string, truth: string): void {
	if (!PRINTS) return;
	const { title, sentence: said, nextSteps, folded } = verdictOf(name);
	printed.push(`${name}\n  so it was: ${truth}\n  title:     ${title}\n  first:     ${said}`);
	printed.push(...nextSteps.map((step) => `  to do:     ${step}`), ...folded.map((each) => `      ${each}`));
}

describe('of a call that failed the first sentence names the cause', () => {
	test.each(ALL.map(({ name, truth }) => [name, truth]))('%s: %s', (name, truth) => {
		print(name, truth);
		const expected = FIRST_SENTENCES[name];
		expect(expected).toBeDefined();
		const { first, title } = verdictOf(name);
		expect(first).toMatchObject({ rule: expected!.rule, values: expected!.values ?? {} });
		expect(title).toBe(expected!.title ?? 'The call did not connect');
	});
});

test.each(ALL.map(({ name }) => name))('%s: one cause is named, and what follows stands below it', (name) => {
	const roots = verdictOf(name).folded.filter((each) => each.startsWith('problem '));
	expect(new Set(roots.map((each) => each.split(' ')[1])).size, roots.join('\n')).toBeLessThanOrEqual(1);
});

const telling = (kinds: readonly Kind[]) => kinds.filter(({ name }) => FIRST_SENTENCES[name]?.tells !== 'effect');

test('of calls that failed 95 % are told by their cause', () => {
	expect(FAILURES.length).toBeGreaterThanOrEqual(40);
	expect(HEALTHY.length).toBeGreaterThanOrEqual(30);
	expect(telling(ALL).length / ALL.length).toBeGreaterThanOrEqual(0.95);
	if (PRINTS)
		printed.push(
			[
				FAILURES,
				LATER_FAILURES,
				UNFORESEEN_FAILURES,
				UNFORESEEN_AGAIN,
				EVERYDAY_FAILURES,
				FIELD,
				FURTHER_FIELD_FAILURES,
				LAST_FIELD_FAILURES,
				SUPPORT_FAILURES
			]
				.map((some) => `${telling(some).length} of ${some.length}`)
				.join(', ')
		);
});

describe('of a call that was well nothing is a problem or a warning', () => {
	test.each(HEALTHY.map(({ name, truth }) => [name, truth]))('%s: %s', (name, truth) => {
		print(name, truth);
		expect(verdictOf(name)).toMatchObject({
			faults: [],
			tone: 'fine',
			title: expect.stringMatching(/^(The call|2 calls) connected$/)
		});
		const ending = HEALTHY_ENDINGS[name];
		if (ending) expect(verdictOf(name).first).toMatchObject({ rule: ending.rule, values: ending.values });
		else expect(verdictOf(name).first).toBeNull();
	});
});
