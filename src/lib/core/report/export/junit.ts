/**
 * The report as JUnit XML, the form that CI systems show: a test case for each answer, each server and each problem. Suites, classes,
 * properties, types of failures and what an answer says are identifiers, the same in every language; names of cases and texts are words.
 */
import { entryOf } from '../../base/record';
import { ENGLISH } from '../../messages/en/english';
import type { Language } from '../../messages/language';
import type { Say } from '../../messages/messages';
import type { ServerConclusion } from '../../verdict/conclusion';
import { isSaidByRow, rootFindings } from '../../verdict/root-findings';
import { isUndecided } from '../path-diagram/paths';
import type { Report } from '../report';
import { escapeXml } from '../../base/escape';

interface Case {
	suite: string;
	name: string;
	seconds: number;
	/** What is wrong, as type and text; null when nothing is. */
	failure: { type: string; text: string } | null;
	/** Why it could not be said; null when it could. */
	skipped: string | null;
	said: string;
}

/** Unknown is skipped: it is no failure, and it is not good news either. */
export function toJunit(report: Report, language: Language = ENGLISH): string {
	const cases = [...answerCases(report, language), ...serverCases(report, language), ...findingCases(report, language)];
	const suites = [...new Set(cases.map(({ suite }) => suite))];
	const text = language.say(report.conclusions.headline);
	const seconds = Math.max(0, ...report.observations.map(({ startedMs, tookMs }) => startedMs + tookMs)) / 1000;
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		`<testsuites name="Icelens" ${totals(cases)} time="${seconds.toFixed(3)}">`,
		...suites.map((suite) =>
			suiteXml(
				suite,
				cases.filter((one) => one.suite === suite),
				report,
				text
			)
		),
		'</testsuites>',
		''
	].join('\n');
}

/** `no` to these means that something asked for does not work; to the others it describes a network. */
const FAILING = new Set(['calls-will-work no', 'turn-works no', 'call-quality poor']);

function answerCases({ conclusions, observations }: Report, { say, vocabulary }: Language): Case[] {
	return conclusions.answers.map((answer) => {
		const { question, says, because, missing } = answer;
		const text = say(answer);
		return {
			suite: 'answers',
			name: entryOf<{ question: string }>(vocabulary.answers, question)?.question ?? question,
			seconds: observations.reduce(
				(sum, o, i) => (because.some((b) => b.observations.includes(i)) ? sum + o.tookMs / 1000 : sum),
				0
			),
			failure: FAILING.has(`${question} ${says}`) ? { type: `${question}-${says}`, text } : null,
			skipped: says === 'unknown' ? (missing[0] ? say(missing[0]) : text) : null,
			said: `${says}: ${text}`
		};
	});
}

function serverCases({ conclusions, observations }: Report, { say, vocabulary, document: { junit: words } }: Language): Case[] {
	const names = new Map<string, number>();
	return conclusions.servers.map((server) => {
		const called = vocabulary.serverName(server);
		const base = server.family === 'unknown' ? called : words.server(called, vocabulary.families[server.family]);
		const nth = (names.get(base) ?? 0) + 1;
		names.set(base, nth);
		return {
			suite: 'servers',
			name: nth === 1 ? base : `${base} (${nth})`,
			seconds: server.observations.reduce((sum, i) => sum + (observations[i]?.tookMs ?? 0) / 1000, 0),
			...serverResult(server, say),
			said: say(server)
		};
	});
}

function serverResult(server: ServerConclusion, say: Say): Pick<Case, 'failure' | 'skipped'> {
	if (server.state === 'works') return { failure: null, skipped: null };
	const text = say(server);
	const step = server.error ? say(server.error.nextStep) : '';
	const next = text.includes(step) ? '' : ` ${step}`;
	return isUndecided(server)
		? { failure: null, skipped: text }
		: { failure: { type: server.state, text: `${text}${next}` }, skipped: null };
}

/** What a server's own case says already is not said twice. */
function findingCases({ conclusions }: Report, { say, place, document: { junit: words } }: Language): Case[] {
	return rootFindings(conclusions.findings)
		.filter((finding) => finding.severity === 'problem' && !isSaidByRow(finding, conclusions.servers))
		.map((finding) => ({
			suite: 'findings',
			name: words.finding(finding.rule, place(finding.subject)),
			seconds: 0,
			failure: { type: finding.rule, text: say(finding) },
			skipped: null,
			said: say(finding)
		}));
}

function suiteXml(suite: string, cases: readonly Case[], report: Report, verdict: string): string {
	const properties: [string, string][] = [
		['verdict', verdict],
		['browser', report.environment.browser],
		['icelens', report.tool.version],
		['report', report.id]
	];
	return [
		`<testsuite name="icelens.${suite}" ${totals(cases)} timestamp="${escapeXml(report.createdAt.slice(0, 19))}">`,
		'<properties>',
		...properties.map(([name, value]) => `<property name="${name}" value="${escapeXml(value)}"/>`),
		'</properties>',
		...cases.map(caseXml),
		'</testsuite>'
	].join('\n');
}

function caseXml({ suite, name, seconds, failure, skipped, said }: Case): string {
	const result =
		failure !== null
			? `<failure type="${escapeXml(failure.type)}" message="${escapeXml(failure.text)}">${escapeXml(failure.text)}</failure>`
			: skipped !== null
				? `<skipped message="${escapeXml(skipped)}"/>`
				: '';
	const time = Number.isFinite(seconds) ? Math.max(0, seconds).toFixed(3) : '0.000';
	return `<testcase classname="icelens.${suite}" name="${escapeXml(name)}" time="${time}">${result}<system-out>${escapeXml(said)}</system-out></testcase>`;
}

function totals(cases: readonly Case[]): string {
	const failures = cases.filter(({ failure }) => failure !== null).length;
	const skipped = cases.filter(({ failure, skipped }) => failure === null && skipped !== null).length;
	return `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
}
