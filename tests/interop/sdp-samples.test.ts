/** Public descriptions beside the project (../shared/samples/sdp), where they are present: none is part of the repository. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { lintSingle } from '../../src/lib/core/sdp/lint';

const SAMPLES = fileURLToPath(new URL('../../../shared/samples/sdp/', import.meta.url));
const present = existsSync(SAMPLES);
const filesIn = (folder: string) =>
	present ? readdirSync(SAMPLES + folder).map((file) => [file, SAMPLES + folder + file] as const) : [];

describe.skipIf(!present)(`SDP samples${present ? '' : ' (skipped: there is no ../shared/samples/sdp)'}`, () => {
	test('there are samples', () => expect(filesIn('jsep/').length).toBeGreaterThan(0));

	test.each(filesIn('jsep/'))('%s: the examples of RFC 9429 have no problem', (_, path) => {
		expect(lintSingle(readFileSync(path, 'utf8')).filter(({ severity }) => severity === 'problem')).toEqual([]);
	});

	test.each(filesIn('malformed/'))('%s: a finding names a line of the file', (_, path) => {
		const text = readFileSync(path, 'utf8');
		const findings = lintSingle(text);
		expect(findings.length).toBeGreaterThan(0);
		for (const { line } of findings) expect(line).toBeLessThanOrEqual(text.split(/\r\n|\n|\r/).length);
	});
});
