/**
 * One report of every schema there ever was, as the version of its time wrote it, kept for ever: each must open in this one.
 * A new schema number needs a new file here and a line below; a file that is here is never changed.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { toJson } from '../../src/lib/core/report/export/json';
import { judgeAgain } from '../../src/lib/core/report/make';
import { parseReport } from '../../src/lib/core/report/parse';
import { SCHEMA } from '../../src/lib/core/report/report';
import { headline } from '../../src/lib/core/verdict/headline';

/** SHA-256 of each file, by schema number, and the verdict that its observations give. */
const FILES: Record<number, { sha256: string; verdict: string }> = {
	1: { sha256: 'a230e580092c03b9a7d60f973cbbc7076799c84c36d51b0c2b999ef3de15ee3a', verdict: 'with-turn' }
};

test('there is a file for every schema up to this one', () => {
	expect(Object.keys(FILES).map(Number)).toEqual(Array.from({ length: SCHEMA }, (_, i) => i + 1));
});

test.each(Object.entries(FILES))(
	'schema %s opens, nothing is lost, and it is judged as it was',
	(schema, { sha256, verdict }) => {
		const text = readFileSync(new URL(`schemas/schema-${schema}.json`, import.meta.url), 'utf8');
		expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
		const parsed = parseReport(text);
		if (!parsed.ok) throw new Error(parsed.error.message);
		expect(parsed.value.schema).toBe(SCHEMA);
		expect(parsed.value.observations.length).toBe((JSON.parse(text) as { observations: unknown[] }).observations.length);
		if (Number(schema) === SCHEMA) expect(toJson(parsed.value)).toBe(text);
		expect(headline(judgeAgain(parsed.value).conclusions).verdict).toBe(verdict);
	}
);
