/** JUnit XML, the form that CI systems show, from suites of cases. Names of suites, classes and types are identifiers. */
import { escapeXml } from '../../base/escape';

export interface JunitCase {
	classname: string;
	name: string;
	seconds: number;
	/** What is wrong, as type and text; null when nothing is. */
	failure: { type: string; text: string } | null;
	/** Why it could not be said; null when it could. */
	skipped: string | null;
	said: string;
}

export interface JunitSuite {
	name: string;
	/** ISO 8601, UTC. */
	createdAt: string;
	properties: readonly (readonly [name: string, value: string])[];
	cases: readonly JunitCase[];
}

export function junitXml(suites: readonly JunitSuite[], seconds: number): string {
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		`<testsuites name="Icelens" ${totals(suites.flatMap(({ cases }) => cases))} time="${seconds.toFixed(3)}">`,
		...suites.map(suiteXml),
		'</testsuites>',
		''
	].join('\n');
}

function suiteXml({ name, createdAt, properties, cases }: JunitSuite): string {
	return [
		`<testsuite name="${escapeXml(name)}" ${totals(cases)} timestamp="${escapeXml(createdAt.slice(0, 19))}">`,
		'<properties>',
		...properties.map(([key, value]) => `<property name="${key}" value="${escapeXml(value)}"/>`),
		'</properties>',
		...cases.map(caseXml),
		'</testsuite>'
	].join('\n');
}

function caseXml({ classname, name, seconds, failure, skipped, said }: JunitCase): string {
	const result =
		failure !== null
			? `<failure type="${escapeXml(failure.type)}" message="${escapeXml(failure.text)}">${escapeXml(failure.text)}</failure>`
			: skipped !== null
				? `<skipped message="${escapeXml(skipped)}"/>`
				: '';
	const time = Number.isFinite(seconds) ? Math.max(0, seconds).toFixed(3) : '0.000';
	return `<testcase classname="${escapeXml(classname)}" name="${escapeXml(name)}" time="${time}">${result}<system-out>${escapeXml(said)}</system-out></testcase>`;
}

function totals(cases: readonly JunitCase[]): string {
	const failures = cases.filter(({ failure }) => failure !== null).length;
	const skipped = cases.filter(({ failure, skipped }) => failure === null && skipped !== null).length;
	return `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
}
