/** The published schema and the schema that files are checked with accept the same files. */
import { readFileSync, writeFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { expect, expectTypeOf, test, vi } from 'vitest';
import { chooser } from '../../../../tests/golden/generate-report';
import { goldenReports } from '../../../../tests/golden/golden-reports';
import { disturb } from '../../../../tests/golden/disturb';
import { isRecord } from '../base/record';
import { faultOf } from '../base/schema';
import { callPath } from '../observations/call-shapes';
import { candidateErrorRecord, candidateRecord } from '../observations/gathering-shapes';
import { observation } from '../observations/observation-shapes';
import { column, recording } from '../recording/recording';
import { reportFile, SCHEMA } from './report';
import type { WrittenReport } from './with-text';

// Many small cases in one test: patience for a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const FILE = new URL(`../../../../static/report-${SCHEMA}.schema.json`, import.meta.url);

interface JsonSchema {
	[keyword: string]: unknown;
}

/** With names for what would stand there many times. */
function reportSchema(): JsonSchema {
	return {
		$schema: 'https://json-schema.org/draft/2020-12/schema',
		$id: `https://icelens.example/report-${SCHEMA}.schema.json`,
		title: `Icelens report, schema ${SCHEMA}`,
		description:
			'What a browser saw of a network, and what was concluded. Fields that are not named here may be there; they are kept. Probes that are not named here may be there; they are kept and not judged.',
		...toJsonSchema(reportFile, {
			target: 'draft-2020-12',
			definitions: { observation, candidate: candidateRecord, candidateError: candidateErrorRecord, callPath, recording, column },
			// JSON has no other numbers; that two lists are of one length is beyond JSON Schema.
			ignoreActions: ['finite', 'raw_check']
		})
	};
}

test('the schema of a written report accepts whatever this version writes', () => {
	expectTypeOf<WrittenReport>().toExtend<v.InferInput<typeof reportFile>>();
});

test('the published file is up to date (npm run lab -- update-docs writes it)', () => {
	const made = `${JSON.stringify(reportSchema(), null, '\t')}\n`;
	if (process.env.UPDATE === '1') writeFileSync(FILE, made);
	expect(readFileSync(FILE, 'utf8')).toBe(made);
});

/** The keywords that the schema uses (JSON Schema 2020-12, Validation §6 and Core §10); another one fails the test below. */
function valid(schema: JsonSchema, value: unknown, whole = schema): boolean {
	return Object.entries(schema).every(([keyword, argument]) => {
		const list = argument as JsonSchema[];
		if (keyword === 'type') return [argument].flat().some((type) => isType(type as string, value));
		if (keyword === 'enum') return (argument as unknown[]).includes(value);
		if (keyword === 'const') return value === argument;
		if (keyword === 'minimum') return typeof value !== 'number' || value >= (argument as number);
		if (keyword === 'maximum') return typeof value !== 'number' || value <= (argument as number);
		if (keyword === 'pattern') return typeof value !== 'string' || new RegExp(argument as string, 'u').test(value);
		if (keyword === 'anyOf') return list.some((one) => valid(one, value, whole));
		if (keyword === 'oneOf') return list.filter((one) => valid(one, value, whole)).length === 1;
		if (keyword === 'not') return !valid(argument as JsonSchema, value, whole);
		if (keyword === '$ref') return valid(definition(whole, argument as string), value, whole);
		if (keyword === 'minItems') return !Array.isArray(value) || value.length >= (argument as number);
		if (keyword === 'prefixItems')
			return !Array.isArray(value) || list.every((one, i) => i >= value.length || valid(one, value[i], whole));
		if (keyword === 'propertyNames')
			return !isRecord(value) || Object.keys(value).every((name) => valid(argument as JsonSchema, name, whole));
		if (keyword === 'items') return !Array.isArray(value) || value.every((item) => valid(argument as JsonSchema, item, whole));
		if (keyword === 'required') return !isRecord(value) || (argument as string[]).every((name) => Object.hasOwn(value, name));
		if (keyword === 'additionalProperties')
			return !isRecord(value) || Object.values(value).every((item) => valid(argument as JsonSchema, item, whole));
		if (keyword === 'properties')
			return (
				!isRecord(value) ||
				Object.entries(argument as Record<string, JsonSchema>).every(
					([name, one]) => !Object.hasOwn(value, name) || valid(one, value[name], whole)
				)
			);
		if (['title', 'description', '$schema', '$id', '$defs'].includes(keyword)) return true;
		throw new Error(`The test does not know the keyword ${keyword}.`);
	});
}

function definition(whole: JsonSchema, reference: string): JsonSchema {
	return (whole.$defs as Record<string, JsonSchema>)[reference.replace('#/$defs/', '')]!;
}

function isType(type: string, value: unknown): boolean {
	if (type === 'null') return value === null;
	if (type === 'array') return Array.isArray(value);
	if (type === 'object') return isRecord(value);
	if (type === 'integer') return Number.isInteger(value);
	return typeof value === type;
}

test('every golden report is valid', () => {
	const schema = reportSchema();
	for (const { name, text } of goldenReports()) expect([name, valid(schema, JSON.parse(text))]).toEqual([name, true]);
});

test('disturbed reports are refused by both or by neither', () => {
	const schema = reportSchema();
	const reports = goldenReports();
	let refused = 0;
	for (let seed = 1; seed <= 400; seed++) {
		const choose = chooser(seed);
		const report = disturb(JSON.parse(reports[choose(reports.length)]!.text), choose);
		const fault = faultOf(reportFile, report);
		if (fault) refused++;
		expect([seed, fault?.message, valid(schema, report)]).toEqual([seed, fault?.message, fault === null]);
	}
	expect(refused).toBeGreaterThan(100);
});
