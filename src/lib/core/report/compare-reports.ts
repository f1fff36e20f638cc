/**
 * Two reports held against each other: what changed, the most telling first, and everything side by side. Works across
 * checks, calls and imported statistics: what only one of them has is said to be in that one only.
 */
import { asRead } from '../base/said';
import { ENGLISH } from '../messages/en/english';
import type { Language } from '../messages/language';
import type { ComparedServer, PathOutcome } from '../verdict/comparison-values';
import type { Finding, ServerConclusion } from '../verdict/conclusion';
import { headlineFacts } from '../verdict/check/headline-facts';
import { rootFindings } from '../verdict/root-findings';
import { placeOf } from '../verdict/subject';
import { compareCalls } from './compare-calls';
import { compareNats } from './compare-nat';
import { comparePaths } from './compare-paths';
import { matters, row, type Compared, type ComparedRow, type ReportChange } from './compared-row';
import type { Report } from './report';

export interface ReportComparison {
	/** One line each; empty where nothing that matters differs. */
	changes: ReportChange[];
	rows: ComparedRow[];
}

export function compareReports(before: Report, after: Report, language: Language = ENGLISH): ReportComparison {
	const all = [
		...verdicts(before, after, language),
		...meetings(before, after, language),
		...answers(before, after, language),
		...compareNats(before, after, language),
		...servers(before, after, language),
		...findings(before, after, language),
		...compareCalls(before, after, language),
		...circumstances(before, after, language)
	];
	return {
		changes: all.flatMap(({ said }) => said ?? []),
		rows: all.map(({ group, name, before, after, differs }) => ({ group, name, before, after, differs }))
	};
}

function verdicts(one: Report, other: Report, { headlineTitle, comparison: words }: Language): Compared[] {
	const [before, after] = [headlineFacts(one.conclusions), headlineFacts(other.conclusions)];
	return [
		row(words.verdict, words.verdict, headlineTitle(before), headlineTitle(after), () => ({
			rule: 'compared-verdict',
			values: { before, after }
		}))
	];
}

function meetings(one: Report, other: Report, { meetingPath, vocabulary, comparison: words }: Language): Compared[] {
	const shown = (outcome: PathOutcome | null) => outcome && vocabulary.pathOutcomes[outcome];
	return comparePaths(one, other).map(({ path, before, after }) =>
		row(words.pair, meetingPath(path), shown(before), shown(after), () => ({
			rule: 'compared-pair-path',
			values: { path, before: before!, after: after! }
		}))
	);
}

function answers(one: Report, other: Report, { comparison: words }: Language): Compared[] {
	const questions = [...new Set([...one.conclusions.answers, ...other.conclusions.answers].map((a) => a.question))];
	return questions.map((question) => {
		const [before, after] = [one, other].map(
			({ conclusions }) => conclusions.answers.find((a) => a.question === question)?.says ?? null
		) as [string | null, string | null];
		const shown = (says: string | null) => (says === null ? null : words.answerName(question, says));
		return row(words.answers, words.questionName(question), shown(before), shown(after), () => ({
			rule: 'compared-answer',
			values: { question, before: before!, after: after! }
		}));
	});
}

function servers(one: Report, other: Report, { quantity, comparison: words }: Language): Compared[] {
	const [before, after] = [byServer(one, words.serverName), byServer(other, words.serverName)];
	return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
		const [was, is] = [before.get(name), after.get(name)];
		const { server } = (is ?? was)!;
		const shown = (of: typeof was) => (of ? words.stateName(of.state) : null);
		const state = row(words.servers, name, shown(was), shown(is), () => ({
			rule: 'compared-server-state',
			values: { server, before: was!.state, after: is!.state }
		}));
		const [beforeMs, afterMs] = [was?.rttMs ?? null, is?.rttMs ?? null];
		if (beforeMs === null || afterMs === null) return [state];
		const rtt = row(words.servers, words.roundTrip(name), quantity('ms', beforeMs), quantity('ms', afterMs), () =>
			matters(beforeMs, afterMs, 5) ? { rule: 'compared-server-rtt', values: { server, beforeMs, afterMs } } : null
		);
		return [state, rtt];
	});
}

type ServerRow = Pick<ServerConclusion, 'state' | 'rttMs'> & { server: ComparedServer };

function byServer({ conclusions }: Report, serverName: (server: ComparedServer) => string): Map<string, ServerRow> {
	const found = new Map<string, ServerRow>();
	for (const { url, kind, transport, family, state, rttMs } of conclusions.servers) {
		const server = { url, kind, transport, family, nth: 1 };
		while (found.has(serverName(server))) server.nth++;
		found.set(serverName(server), { server, state, rttMs });
	}
	return found;
}

function findings(one: Report, other: Report, { say, vocabulary, comparison: words }: Language): Compared[] {
	const key = (f: Finding) => `${f.rule} ${placeOf(f.subject)}`;
	const [old, now] = [rootFindings(one.conclusions.findings), rootFindings(other.conclusions.findings)];
	const all = new Map([...now, ...old].map((f) => [key(f), f]));
	return [...all].map(([id, finding]) => {
		const [was, is] = [old, now].map((found) => found.some((f) => key(f) === id)) as [boolean, boolean];
		const worth = finding.severity === 'problem' || finding.severity === 'warning';
		const shown = (there: boolean) => (there ? vocabulary.findings[finding.severity] : words.notFound);
		return {
			group: words.findings,
			name: say(finding),
			before: shown(was),
			after: shown(is),
			differs: was !== is,
			said:
				was === is || !worth
					? null
					: { rule: is ? 'compared-finding-new' : 'compared-finding-gone', values: { finding: asRead(finding) } }
		};
	});
}

/** What was different about the measurement itself. */
function circumstances(one: Report, other: Report, { comparison: words }: Language): Compared[] {
	const group = words.circumstances;
	const none = () => null;
	const [a, b] = [one.environment, other.environment];
	const copy = ({ redacted }: Report) => (redacted ? words.redacted : words.asMeasured);
	return [
		row(group, words.time, one.createdAt, other.createdAt, none),
		row(group, words.browser, a.browser, b.browser, () => ({
			rule: 'compared-browser',
			values: { before: a.browser, after: b.browser }
		})),
		row(group, words.platform, a.platform, b.platform, () => ({
			rule: 'compared-platform',
			values: { before: a.platform, after: b.platform }
		})),
		row(group, words.version, one.tool.version, other.tool.version, none),
		...(one.redacted !== other.redacted
			? [
					row(group, words.copy, copy(one), copy(other), () => ({
						rule: 'compared-redaction',
						values: { redacted: one.redacted ? 'before' : 'after' }
					}))
				]
			: [])
	];
}
