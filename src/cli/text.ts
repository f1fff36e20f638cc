/** A report as text for people: the verdict, the answers with their reasons, the network, the servers, the findings. */
import { duration, formatBytes } from '../lib/core/base/format';
import { everySentence as sentence } from '../lib/core/messages/en/every-sentence';
import { headlineWords } from '../lib/core/report/headline-words';
import type { Report } from '../lib/core/report/report';
import { findingTone, serverTone } from '../lib/core/report/tones';
import { entryOf } from '../lib/core/base/record';
import { ANSWER_WORDS } from '../lib/core/messages/en/vocabulary';
import type { Answer, Conclusions, ServerConclusion } from '../lib/core/verdict/conclusion';
import type { NatConclusion } from '../lib/core/nat/conclusion';
import type { Change } from '../lib/core/report/compare';
import { rootFindings } from '../lib/core/verdict/root-findings';
import { placeOf } from '../lib/core/verdict/subject';
import { columnsOf, terminalOf, TONE_COLOURS, wrap, type Terminal } from './terminal';

/** What people ask first comes first; what it builds on comes after. */
const ORDER: Answer['question'][] = ['calls-will-work', 'needs-turn', 'turn-works', 'udp-usable', 'ipv6-usable', 'call-quality'];

export function reportText(report: Report, terminal: Terminal = terminalOf(process.stdout, process.env)): string {
	const { conclusions } = report;
	const parts = [
		headlineText(conclusions, terminal),
		answersText(conclusions.answers, terminal),
		networkText(conclusions, terminal),
		serversText(conclusions.servers, terminal),
		findingsText(conclusions, terminal),
		terminal.paint('gray', `${report.environment.browser}, ${report.createdAt}, Icelens ${report.tool.version}`)
	];
	return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function headlineText(conclusions: Conclusions, { columns, paint }: Terminal): string {
	const { headline } = conclusions;
	const first = paint(['bold', TONE_COLOURS[headlineWords(conclusions).tone]], wrap(sentence(headline), columns, ''));
	return [first, ...headline.nextSteps.map((step) => wrap(sentence(step), columns, ''))].join('\n');
}

function answersText(answers: readonly Answer[], { columns, paint }: Terminal): string {
	const sorted = ORDER.flatMap((question) => answers.find((answer) => answer.question === question) ?? []);
	const blocks = sorted.map((answer) => {
		const { question, says, rule, because, missing } = answer;
		const words = ANSWER_WORDS[question] as { question: string; says: Record<string, string> };
		const title = `${paint('bold', words.question)} ${entryOf(words.says, says) ?? says}`;
		// The first reason is the answer's own sentence: once is enough.
		const reasons = because.filter((reason) => reason.rule !== rule).map((reason) => wrap(sentence(reason), columns, '  - '));
		const open = missing.map((one) => wrap(sentence(one), columns, '  ? '));
		return [title, wrap(sentence(answer), columns, '  '), ...reasons, ...open].join('\n');
	});
	return blocks.join('\n');
}

function networkText({ nat }: Conclusions, { columns, paint }: Terminal): string {
	const lines = [natLine('IPv4', nat.ipv4, columns), natLine('IPv6', nat.ipv6, columns)].filter((line) => line !== null);
	return lines.length === 0 ? '' : [paint('bold', 'Network'), ...lines].join('\n');
}

function natLine(family: string, nat: NatConclusion | null, columns: number): string | null {
	if (nat === null) return null;
	const fields: [string, string][] = [
		['mapping', nat.mapping],
		['filtering', nat.filtering],
		['ports', nat.portPattern],
		['layers of NAT', nat.layers],
		['hairpin', nat.hairpin]
	];
	const open = (value: string) => value === 'unknown' || value === 'not-tested';
	const known = fields.filter(([, value]) => !open(value)).map((pair) => pair.join(' '));
	const unknown = fields.filter(([, value]) => open(value)).map(([name]) => name);
	const parts = [
		nat.publicAddresses.length > 0 ? `seen from outside as ${nat.publicAddresses.join(', ')}` : '',
		known.join(', '),
		unknown.length > 0 ? `not known: ${unknown.join(', ')}` : ''
	];
	return wrap(parts.filter((part) => part !== '').join('; '), columns, `  ${family}  `);
}

function serversText(servers: readonly ServerConclusion[], { columns, paint }: Terminal): string {
	if (servers.length === 0) return '';
	const rows = servers.map(({ state, url, family, rttMs, relayedBytes }) => [
		`  ${state}`,
		url,
		family === 'unknown' ? '' : family,
		rttMs === null ? '' : duration(rttMs),
		relayedBytes > 0 ? `${formatBytes(relayedBytes)} relayed` : ''
	]);
	const lines = columnsOf(rows).map((line, i) => {
		const { state, error } = servers[i]!;
		const colour = TONE_COLOURS[serverTone(servers[i]!)];
		const text = sentence(servers[i]!);
		const shown = line.replace(state, paint(colour, state));
		if (state === 'works' && error === null) return shown;
		const next = error ? sentence(error.nextStep) : '';
		const step = text.includes(next) ? [] : [wrap(next, columns, '      → ')];
		return [shown, wrap(text, columns, '      '), ...step].join('\n');
	});
	return [paint('bold', 'Servers'), ...lines].join('\n');
}

function findingsText({ findings }: Conclusions, { columns, paint }: Terminal): string {
	const roots = rootFindings(findings);
	if (roots.length === 0) return '';
	const lines = roots.map((finding) => {
		const { severity, subject } = finding;
		const text = sentence(finding);
		const where = placeOf(subject);
		const start = `  ${severity}: `;
		// Where a server is meant; the other places are the page's own.
		const body = wrap(where.includes(':') && !text.includes(where) ? `${where}: ${text}` : text, columns, start);
		return `  ${paint(TONE_COLOURS[findingTone(severity)], severity)}${body.slice(2 + severity.length)}`;
	});
	return [paint('bold', 'Findings'), ...lines].join('\n');
}

/** What this version judges otherwise than the one that saved the report. */
export function changesText(
	savedBy: string,
	changes: readonly Change[],
	terminal: Terminal = terminalOf(process.stdout, process.env)
): string {
	if (changes.length === 0) return `\nNothing changed against the saved conclusions (Icelens ${savedBy}).\n`;
	const lines = changes.map((change) => wrap(sentence(change), terminal.columns, '  - '));
	return `\n${terminal.paint('bold', `Changed against the saved conclusions (Icelens ${savedBy})`)}\n${lines.join('\n')}\n`;
}
