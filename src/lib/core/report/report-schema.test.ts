/** The published schema and the schema that files are checked with accept the same files. */
import { readFileSync, writeFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { expect, expectTypeOf, test, vi } from 'vitest';
import { CALL_CASES } from '../../../../tests/golden/calls-table';
import { chooser, generateReport } from '../../../../tests/golden/generate-report';
import { goldenReports } from '../../../../tests/golden/golden-reports';
import { disturb } from '../../../../tests/golden/disturb';
import { HEADLINE_CASES } from '../../../../tests/golden/headlines-table';
import { PAIR_CASES, pairObservations } from '../../../../tests/golden/pairs-table';
import { PATH_CASES } from '../../../../tests/golden/paths-table';
import { importObservation, RECORDING_CASES } from '../../../../tests/golden/recordings-table';
import { isRecord } from '../base/record';
import { faultOf } from '../base/schema';
import { callPath } from '../observations/call-shapes';
import { candidateErrorRecord, candidateRecord } from '../observations/gathering-shapes';
import { observation } from '../observations/observation-shapes';
import { column, recording } from '../recording/recording';
import { toJson } from './export/json';
import { judgeAgain } from './judge-again';
import { reportFile, SCHEMA, type Report } from './report';
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

/** Whatever this version concludes of the recorded networks, of calls, of two devices and of dumps. */
const CONCLUDED: readonly Report[] = [
	...goldenReports().map(({ report }) => judgeAgain(report)),
	...[
		...[PATH_CASES, CALL_CASES, HEADLINE_CASES].flatMap((table) => table.map(({ observations }) => observations)),
		...PAIR_CASES.map(pairObservations),
		...RECORDING_CASES.map(([, bad]) => [importObservation(bad)])
	].map((observations) => judgeAgain({ ...generateReport(1), observations }))
];

test('whatever is exported as JSON is valid', () => {
	const schema = reportSchema();
	for (const report of CONCLUDED) {
		const file: unknown = JSON.parse(toJson(report));
		expect([faultOf(reportFile, file), valid(schema, file)]).toEqual([null, true]);
	}
});

/** Fields of a value that no part of the schema names; values of a rule are read by its own message alone. */
function unnamed(schemas: readonly JsonSchema[], value: unknown, whole: JsonSchema, path = ''): string[] {
	const all = schemas.flatMap((schema) => alternatives(schema, whole));
	if (Array.isArray(value)) return value.flatMap((item) => unnamed(parts(all, 'items'), item, whole, path));
	if (!isRecord(value)) return [];
	return Object.entries(value).flatMap(([name, item]) => {
		const where = path === '' ? name : `${path}.${name}`;
		if (name === 'values') return [];
		const named = parts(parts(all, 'properties'), name);
		const any = parts(all, 'additionalProperties');
		if (named.length === 0 && any.length === 0) return [where];
		return unnamed([...named, ...any], item, whole, where);
	});
}

function parts(schemas: readonly JsonSchema[], name: string): JsonSchema[] {
	return schemas.flatMap((schema) => (isRecord(schema[name]) ? [schema[name] as JsonSchema] : []));
}

function alternatives(schema: JsonSchema, whole: JsonSchema): JsonSchema[] {
	if (typeof schema.$ref === 'string') return alternatives(definition(whole, schema.$ref), whole);
	const list = [schema.anyOf ?? [], schema.oneOf ?? []].flat() as JsonSchema[];
	return [schema, ...list.flatMap((one) => alternatives(one, whole))];
}

test('no field of the conclusions is in no schema', () => {
	const schema = reportSchema();
	const fields = CONCLUDED.flatMap((report) => {
		const { conclusions } = JSON.parse(toJson(report)) as { conclusions: unknown };
		return unnamed([schema], { conclusions }, schema);
	});
	expect([...new Set(fields)]).toEqual([]);
	const { conclusions } = CONCLUDED[0]!;
	expect(unnamed([schema], { conclusions: { ...conclusions, more: 1 } }, schema)).toEqual(['conclusions.more']);
});

test('disturbed reports are refused by both or by neither', () => {
	const schema = reportSchema();
	const files = [...goldenReports().map(({ text }) => text), ...CONCLUDED.map(toJson)];
	let refused = 0;
	for (let seed = 1; seed <= 400; seed++) {
		const choose = chooser(seed);
		const report = disturb(JSON.parse(files[choose(files.length)]!), choose);
		const fault = faultOf(reportFile, report);
		if (fault) refused++;
		expect([seed, fault?.message, valid(schema, report)]).toEqual([seed, fault?.message, fault === null]);
	}
	expect(refused).toBeGreaterThan(100);
});
