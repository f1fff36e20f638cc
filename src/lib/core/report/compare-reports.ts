/**
 * Two reports held against each other: what changed, the most telling first, and everything side by side. Works across
 * checks, calls and imported statistics: what only one of them has is said to be in that one only.
 */
import { duration } from '../base/format';
import { asRead } from '../base/said';
import { answerName, questionName, serverName, stateName } from '../messages/en/comparison';
import { headlineTitle } from '../messages/en/headline-title';
import { everySentence as sentence } from '../messages/en/every-sentence';
import { FINDING_WORDS, PATH_OUTCOME_WORDS } from '../messages/en/vocabulary';
import type { ComparedServer } from '../verdict/comparison-values';
import type { Finding, ServerConclusion } from '../verdict/conclusion';
import { headlineFacts } from '../verdict/check/headline-facts';
import { meetingPathName } from '../verdict/pair/meeting-path';
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

export function compareReports(before: Report, after: Report): ReportComparison {
	const all = [
		...verdicts(before, after),
		...meetings(before, after),
		...answers(before, after),
		...compareNats(before, after),
		...servers(before, after),
		...findings(before, after),
		...compareCalls(before, after),
		...circumstances(before, after)
	];
	return {
		changes: all.flatMap(({ said }) => said ?? []),
		rows: all.map(({ group, name, before, after, differs }) => ({ group, name, before, after, differs }))
	};
}

function verdicts(one: Report, other: Report): Compared[] {
	const [before, after] = [headlineFacts(one.conclusions), headlineFacts(other.conclusions)];
	return [
		row('Verdict', 'Verdict', headlineTitle(before), headlineTitle(after), () => ({
			rule: 'compared-verdict',
			values: { before, after }
		}))
	];
}

function meetings(one: Report, other: Report): Compared[] {
	return comparePaths(one, other).map(({ path, before, after }) =>
		row('Two devices', meetingPathName(path), before && PATH_OUTCOME_WORDS[before], after && PATH_OUTCOME_WORDS[after], () => ({
			rule: 'compared-pair-path',
			values: { path, before: before!, after: after! }
		}))
	);
}

function answers(one: Report, other: Report): Compared[] {
	const questions = [...new Set([...one.conclusions.answers, ...other.conclusions.answers].map((a) => a.question))];
	return questions.map((question) => {
		const [before, after] = [one, other].map(
			({ conclusions }) => conclusions.answers.find((a) => a.question === question)?.says ?? null
		) as [string | null, string | null];
		const shown = (says: string | null) => (says === null ? null : answerName(question, says));
		return row('Answers', questionName(question), shown(before), shown(after), () => ({
			rule: 'compared-answer',
			values: { question, before: before!, after: after! }
		}));
	});
}

function servers(one: Report, other: Report): Compared[] {
	const [before, after] = [byServer(one.conclusions.servers), byServer(other.conclusions.servers)];
	return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
		const [was, is] = [before.get(name), after.get(name)];
		const { server } = (is ?? was)!;
		const shown = (of: typeof was) => (of ? stateName(of.state) : null);
		const state = row('Servers', name, shown(was), shown(is), () => ({
			rule: 'compared-server-state',
			values: { server, before: was!.state, after: is!.state }
		}));
		const [beforeMs, afterMs] = [was?.rttMs ?? null, is?.rttMs ?? null];
		if (beforeMs === null || afterMs === null) return [state];
		const rtt = row('Servers', `${name}, round trip`, duration(beforeMs), duration(afterMs), () =>
			matters(beforeMs, afterMs, 5) ? { rule: 'compared-server-rtt', values: { server, beforeMs, afterMs } } : null
		);
		return [state, rtt];
	});
}

type ServerRow = Pick<ServerConclusion, 'state' | 'rttMs'> & { server: ComparedServer };

function byServer(all: readonly ServerConclusion[]): Map<string, ServerRow> {
	const found = new Map<string, ServerRow>();
	for (const { url, kind, transport, family, state, rttMs } of all) {
		const server = { url, kind, transport, family, nth: 1 };
		while (found.has(serverName(server))) server.nth++;
		found.set(serverName(server), { server, state, rttMs });
	}
	return found;
}

function findings(one: Report, other: Report): Compared[] {
	const key = (f: Finding) => `${f.rule} ${placeOf(f.subject)}`;
	const [old, now] = [rootFindings(one.conclusions.findings), rootFindings(other.conclusions.findings)];
	const all = new Map([...now, ...old].map((f) => [key(f), f]));
	return [...all].map(([id, finding]) => {
		const [was, is] = [old, now].map((found) => found.some((f) => key(f) === id)) as [boolean, boolean];
		const worth = finding.severity === 'problem' || finding.severity === 'warning';
		const shown = (there: boolean) => (there ? FINDING_WORDS[finding.severity] : 'not found');
		return {
			group: 'Worth knowing',
			name: sentence(finding),
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
function circumstances(one: Report, other: Report): Compared[] {
	const group = 'Measured with';
	const none = () => null;
	const [a, b] = [one.environment, other.environment];
	const copy = ({ redacted }: Report) => (redacted ? 'redacted' : 'as measured');
	return [
		row(group, 'Time', one.createdAt, other.createdAt, none),
		row(group, 'Browser', a.browser, b.browser, () => ({
			rule: 'compared-browser',
			values: { before: a.browser, after: b.browser }
		})),
		row(group, 'Platform', a.platform, b.platform, () => ({
			rule: 'compared-platform',
			values: { before: a.platform, after: b.platform }
		})),
		row(group, 'Icelens', one.tool.version, other.tool.version, none),
		...(one.redacted !== other.redacted
			? [
					row(group, 'Copy', copy(one), copy(other), () => ({
						rule: 'compared-redaction',
						values: { redacted: one.redacted ? 'before' : 'after' }
					}))
				]
			: [])
	];
}
