import { readFileSync, writeFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import { expect, test } from 'vitest';
import { configFile, fails, readLintConfig, Suppressions } from './lint-config';

const TODAY = '2026-12-01';
const reason = 'as agreed with the other side';

const FILE = new URL('../../../../static/config.schema.json', import.meta.url);

test('the published schema is up to date (npm run lab -- update-docs writes it)', () => {
	const schema = {
		$schema: 'https://json-schema.org/draft/2020-12/schema',
		$id: 'https://icelens.example/config.schema.json',
		title: 'Configuration of Icelens, icelens.config.json',
		...toJsonSchema(configFile, { target: 'draft-2020-12' })
	};
	const made = `${JSON.stringify(schema, null, '\t')}\n`;
	if (process.env.UPDATE === '1') writeFileSync(FILE, made);
	expect(readFileSync(FILE, 'utf8')).toBe(made);
});

test.each([
	['{', 'c.json is not JSON.'],
	['[]', 'c.json is a list of 0; it must be an object.'],
	['{"lintSdp":{}}', 'lintSdp is no field; it must be one of $schema, lint-sdp.'],
	['{"lint-sdp":{"profile":"webrct"}}', 'lint-sdp.profile is "webrct"; it must be one of “webrtc”, “sip”, “declarative”.'],
	['{"lint-sdp":{"failOn":"info"}}', 'lint-sdp.failOn is "info"; it must be one of “problem”, “warning”, “never”.'],
	['{"lint-sdp":{"suppressions":[{"rule":"size"}]}}', 'lint-sdp.suppressions[0].reason is missing; it must be a text.'],
	[
		'{"lint-sdp":{"suppressions":[{"rule":"size","reason":" "}]}}',
		'lint-sdp.suppressions[0].reason is " "; it must be a text that says why.'
	],
	[
		'{"lint-sdp":{"suppressions":[{"rule":"size","reason":"x","until":"1.2.2027"}]}}',
		'lint-sdp.suppressions[0].until is "1.2.2027"; it must be a date as 2027-01-31.'
	]
])('%s is refused with the place', (json, message) => {
	expect(readLintConfig(json, 'c.json')).toMatchObject({ ok: false, error: { message } });
});

test('what is given is read, and an empty file is a configuration', () => {
	const config = { profile: 'sip', failOn: 'warning', suppressions: [{ rule: 'size', files: '*.sdp', reason, until: TODAY }] };
	expect(readLintConfig(JSON.stringify({ $schema: 'x', 'lint-sdp': config }), 'c.json')).toEqual({ ok: true, value: config });
	expect(readLintConfig('{}', 'c.json')).toEqual({ ok: true, value: {} });
});

test('a suppression is for its rule, its files and its time', () => {
	const old = { rule: 'mid-missing', reason, until: '2026-11-30' };
	const inTests = { rule: 'size', files: 'tests/**/*.sdp', reason, until: TODAY };
	const suppressions = new Suppressions([old, inTests], TODAY);
	expect(suppressions.for('size', 'tests/a/offer.sdp')).toBe(inTests);
	expect(suppressions.for('size', 'offer.sdp')).toBeNull();
	expect(suppressions.for('mid-missing', 'offer.sdp')).toBeNull();
});

test('of suppressions themselves is told what does nothing: a rule that is none, a time that is over, a finding that is gone', () => {
	const unknown = { rule: 'mid-mising', reason };
	const expired = { rule: 'mid-missing', reason, until: '2026-11-30' };
	const unused = { rule: 'size', reason };
	const elsewhere = { rule: 'size', files: 'old/*.sdp', reason };
	const mistaken = { rule: 'line-ends', files: 'old/*.sdp', reason };
	const first = { rule: 'line-ends', reason };
	const second = { rule: 'line-ends', files: '*.sdp', reason };
	const suppressions = new Suppressions([unknown, expired, unused, elsewhere, mistaken, first, second], TODAY);
	suppressions.judged('new/offer.sdp');
	suppressions.for('line-ends', 'new/offer.sdp');
	expect(suppressions.notes()).toEqual([
		{ kind: 'unknown-rule', suppression: unknown },
		{ kind: 'expired', suppression: expired },
		{ kind: 'unused', suppression: unused },
		{ kind: 'other-files', suppression: mistaken }
	]);
});

test('what fails', () => {
	const failing = (failOn: 'problem' | 'warning' | 'never') =>
		(['problem', 'warning', 'normal', 'info'] as const).filter((severity) => fails(severity, failOn));
	expect([failing('problem'), failing('warning'), failing('never')]).toEqual([['problem'], ['problem', 'warning'], []]);
});
