/**
 * The report as JUnit XML: a test case for each answer, each server and each problem. Suites, classes,
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
import { junitXml, type JunitCase, type JunitSuite } from './junit-xml';

type Suite = 'answers' | 'servers' | 'findings';
type Case = Omit<JunitCase, 'classname'> & { suite: Suite };

/** Unknown is skipped: it is no failure, and it is not good news either. */
export function toJunit(report: Report, language: Language = ENGLISH): string {
	const cases = [...answerCases(report, language), ...serverCases(report, language), ...findingCases(report, language)];
	const seconds = Math.max(0, ...report.observations.map(({ startedMs, tookMs }) => startedMs + tookMs)) / 1000;
	const properties = [
		['verdict', language.say(report.conclusions.headline)],
		['browser', report.environment.browser],
		['icelens', report.tool.version],
		['report', report.id]
	] as const;
	const suites = [...new Set(cases.map(({ suite }) => suite))].map((suite): JunitSuite => {
		const name = `icelens.${suite}`;
		const own = cases.filter((one) => one.suite === suite);
		return { name, createdAt: report.createdAt, properties, cases: own.map((one) => ({ ...one, classname: name })) };
	});
	return junitXml(suites, seconds);
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
