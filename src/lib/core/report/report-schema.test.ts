/** The published schema and the shape that files are checked with accept the same files. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { chooser } from '../../../../tests/golden/generate-report';
import { goldenReports } from '../../../../tests/golden/golden-reports';
import { disturb } from '../../../../tests/golden/disturb';
import { isRecord } from '../base/record';
import { SCHEMA } from './report';
import { reportSchema } from './report-schema';
import { REPORT_SHAPE } from './report-shape';
import type { JsonSchema } from './shape';

// Many small cases in one test: patience for a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const FILE = new URL(`../../../../static/report-${SCHEMA}.schema.json`, import.meta.url);

test('the published file is up to date (npm run lab -- update-docs writes it)', () => {
	const made = `${JSON.stringify(reportSchema(), null, '\t')}\n`;
	if (process.env.UPDATE === '1') writeFileSync(FILE, made);
	expect(readFileSync(FILE, 'utf8')).toBe(made);
});

/** The keywords that the schema uses (JSON Schema 2020-12, Validation §6 and Core §10); another one fails the test below. */
function valid(schema: JsonSchema, value: unknown): boolean {
	return Object.entries(schema).every(([keyword, argument]) => {
		const list = argument as JsonSchema[];
		if (keyword === 'type') return [argument].flat().some((type) => isType(type as string, value));
		if (keyword === 'enum') return (argument as unknown[]).includes(value);
		if (keyword === 'const') return value === argument;
		if (keyword === 'minimum') return typeof value !== 'number' || value >= (argument as number);
		if (keyword === 'maximum') return typeof value !== 'number' || value <= (argument as number);
		if (keyword === 'pattern') return typeof value !== 'string' || new RegExp(argument as string, 'u').test(value);
		if (keyword === 'anyOf') return list.some((one) => valid(one, value));
		if (keyword === 'allOf') return list.every((one) => valid(one, value));
		if (keyword === 'if') return !valid(argument as JsonSchema, value) || valid(schema.then as JsonSchema, value);
		if (keyword === 'items') return !Array.isArray(value) || value.every((item) => valid(argument as JsonSchema, item));
		if (keyword === 'required') return !isRecord(value) || (argument as string[]).every((name) => Object.hasOwn(value, name));
		if (keyword === 'additionalProperties')
			return !isRecord(value) || Object.values(value).every((item) => valid(argument as JsonSchema, item));
		if (keyword === 'properties')
			return (
				!isRecord(value) ||
				Object.entries(argument as Record<string, JsonSchema>).every(
					([name, one]) => !Object.hasOwn(value, name) || valid(one, value[name])
				)
			);
		if (['then', 'title', 'description', '$schema', '$id'].includes(keyword)) return true;
		throw new Error(`The test does not know the keyword ${keyword}.`);
	});
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
		const fault = REPORT_SHAPE(report, '');
		if (fault) refused++;
		expect([seed, fault?.message, valid(schema, report)]).toEqual([seed, fault?.message, fault === null]);
	}
	expect(refused).toBeGreaterThan(100);
});
