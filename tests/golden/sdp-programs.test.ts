/** Calls with Janus, werift and baresip, as `npm run lab -- record-programs` recorded them, held against the linter. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findingsOf, JUDGED_OF_PROGRAMS, unjudgedOf, type ProgramCall } from '../support/sdp-programs';

const FOLDER = new URL('../fixtures/sdp-programs/', import.meta.url);
const calls = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.json'))
	.map((file) => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as ProgramCall);

test.each(['chromium-janus', 'firefox-janus', 'janus-chromium', 'janus-firefox', 'baresip-baresip'])(
	'there are calls %s',
	(ends) => {
		expect(calls.filter(({ name }) => name.startsWith(`${ends} `)).length).toBeGreaterThan(0);
	}
);

test.each(['chromium-werift', 'firefox-werift', 'werift-chromium', 'werift-firefox'])('there are calls %s', (ends) => {
	expect(calls.filter(({ name }) => name.startsWith(`${ends} `)).length).toBeGreaterThan(0);
});

test.each(calls.map((call) => [call.name, call] as const))('%s: no problem and no warning but what is judged', (_, call) => {
	expect(unjudgedOf(call)).toEqual([]);
});

test.each(Object.keys(JUDGED_OF_PROGRAMS))(
	'%s is found in every call that it is judged for, and its reason is written down',
	(code) => {
		const pattern = JUDGED_OF_PROGRAMS[code]!;
		const judged = calls.filter(({ name }) => pattern.test(name));
		expect(judged.length).toBeGreaterThan(0);
		for (const call of judged)
			expect(
				findingsOf(call).map((each) => each.code),
				call.name
			).toContain(code);
		expect(readFileSync(new URL('SOURCES.md', FOLDER), 'utf8')).toContain(`\n| ${code} | `);
	}
);
