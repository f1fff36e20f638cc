/**
 * A report as text for people: the verdict, the answers with their reasons, the network, the servers, the findings. States of servers,
 * severities and what a NAT does are said by their identifiers, as the JSON report has them, in every language.
 */
import { ENGLISH } from '../lib/core/messages/en/english';
import type { Language } from '../lib/core/messages/language';
import { headlineWords } from '../lib/core/report/headline-words';
import type { Report } from '../lib/core/report/report';
import { findingTone, serverTone } from '../lib/core/report/tones';
import { entryOf } from '../lib/core/base/record';
import type { Answer, Conclusions, ServerConclusion } from '../lib/core/verdict/conclusion';
import type { NatConclusion } from '../lib/core/nat/conclusion';
import type { Change } from '../lib/core/report/compare';
import type { ReportChange } from '../lib/core/report/compared-row';
import { rootFindings } from '../lib/core/verdict/root-findings';
import { placeOf } from '../lib/core/verdict/subject';
import { callsText } from './calls-text';
import { columnsOf, terminalOf, TONE_COLOURS, wrap, type Terminal } from './terminal';

/** What people ask first comes first; what it builds on comes after. */
const ORDER: Answer['question'][] = ['calls-will-work', 'needs-turn', 'turn-works', 'udp-usable', 'ipv6-usable', 'call-quality'];

export function reportText(
	report: Report,
	language: Language = ENGLISH,
	terminal: Terminal = terminalOf(process.stdout, process.env)
): string {
	const { conclusions } = report;
	const parts = [
		headlineText(conclusions, language, terminal),
		answersText(conclusions.answers, language, terminal),
		networkText(conclusions, language, terminal),
		serversText(conclusions.servers, language, terminal),
		callsText(conclusions, language, terminal),
		findingsText(conclusions, language, terminal),
		terminal.paint('gray', `${report.environment.browser}, ${report.createdAt}, Icelens ${report.tool.version}`)
	];
	return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function headlineText(conclusions: Conclusions, { say }: Language, { columns, paint }: Terminal): string {
	const { headline } = conclusions;
	const first = paint(['bold', TONE_COLOURS[headlineWords(conclusions).tone]], wrap(say(headline), columns, ''));
	return [first, ...headline.nextSteps.map((step) => wrap(say(step), columns, ''))].join('\n');
}

function answersText(answers: readonly Answer[], { say, vocabulary }: Language, { columns, paint }: Terminal): string {
	const sorted = ORDER.flatMap((question) => answers.find((answer) => answer.question === question) ?? []);
	const blocks = sorted.map((answer) => {
		const { question, says, rule, because, missing } = answer;
		const words = vocabulary.answers[question] as { question: string; says: Record<string, string> };
		const title = `${paint('bold', words.question)} ${entryOf(words.says, says) ?? says}`;
		// The first reason is the answer's own sentence: once is enough.
		const reasons = because.filter((reason) => reason.rule !== rule).map((reason) => wrap(say(reason), columns, '  - '));
		const open = missing.map((one) => wrap(say(one), columns, '  ? '));
		return [title, wrap(say(answer), columns, '  '), ...reasons, ...open].join('\n');
	});
	return blocks.join('\n');
}

function networkText({ nat }: Conclusions, { vocabulary, terminal: words }: Language, { columns, paint }: Terminal): string {
	const lines = (['ipv4', 'ipv6'] as const)
		.map((family) => natLine(vocabulary.families[family], nat[family], words, columns))
		.filter((line) => line !== null);
	return lines.length === 0 ? '' : [paint('bold', words.network), ...lines].join('\n');
}

function natLine(family: string, nat: NatConclusion | null, words: Language['terminal'], columns: number): string | null {
	if (nat === null) return null;
	const fields: [string, string][] = [
		[words.natFields.mapping, nat.mapping],
		[words.natFields.filtering, nat.filtering],
		[words.natFields.portPattern, nat.portPattern],
		[words.natFields.layers, nat.layers],
		[words.natFields.hairpin, nat.hairpin]
	];
	const open = (value: string) => value === 'unknown' || value === 'not-tested';
	const known = fields.filter(([, value]) => !open(value)).map((pair) => pair.join(' '));
	const unknown = fields.filter(([, value]) => open(value)).map(([name]) => name);
	const parts = [
		nat.publicAddresses.length > 0 ? words.seenFromOutside(nat.publicAddresses.join(', ')) : '',
		known.join(', '),
		unknown.length > 0 ? words.notKnown(unknown.join(', ')) : ''
	];
	return wrap(parts.filter((part) => part !== '').join('; '), columns, `  ${family}  `);
}

function serversText(
	servers: readonly ServerConclusion[],
	{ say, quantity, vocabulary, terminal: words }: Language,
	{ columns, paint }: Terminal
): string {
	if (servers.length === 0) return '';
	const rows = servers.map(({ state, url, username, family, rttMs, relayedBytes }) => [
		`  ${state}`,
		vocabulary.serverName({ url, username }),
		family === 'unknown' ? '' : family,
		rttMs === null ? '' : quantity('ms', rttMs),
		relayedBytes > 0 ? words.relayed(quantity('B', relayedBytes)) : ''
	]);
	const lines = columnsOf(rows).map((line, i) => {
		const { state, error } = servers[i]!;
		const colour = TONE_COLOURS[serverTone(servers[i]!)];
		const text = say(servers[i]!);
		const shown = line.replace(state, paint(colour, state));
		if (state === 'works' && error === null) return shown;
		const next = error ? say(error.nextStep) : '';
		const step = text.includes(next) ? [] : [wrap(next, columns, '      → ')];
		return [shown, wrap(text, columns, '      '), ...step].join('\n');
	});
	return [paint('bold', words.servers), ...lines].join('\n');
}

function findingsText({ findings }: Conclusions, { say, terminal: words }: Language, { columns, paint }: Terminal): string {
	const roots = rootFindings(findings);
	if (roots.length === 0) return '';
	const lines = roots.map((finding) => {
		const { severity, subject } = finding;
		const text = say(finding);
		const where = placeOf(subject);
		const start = `  ${severity}: `;
		// Where a server is meant; the other places are the page's own.
		const body = wrap(where.includes(':') && !text.includes(where) ? `${where}: ${text}` : text, columns, start);
		return `  ${paint(TONE_COLOURS[findingTone(severity)], severity)}${body.slice(2 + severity.length)}`;
	});
	return [paint('bold', words.findings), ...lines].join('\n');
}

/** What this version judges otherwise than the one that saved the report. */
export function changesText(
	savedBy: string,
	changes: readonly Change[],
	{ say, terminal: words }: Language = ENGLISH,
	terminal: Terminal = terminalOf(process.stdout, process.env)
): string {
	if (changes.length === 0) return `\n${words.nothingChanged(savedBy)}\n`;
	const lines = changes.map((change) => wrap(say(change), terminal.columns, '  - '));
	return `\n${terminal.paint('bold', words.changed(savedBy))}\n${lines.join('\n')}\n`;
}

/** What differs between two reports. */
export function differencesText(
	changes: readonly ReportChange[],
	{ say, terminal: words }: Language = ENGLISH,
	{ columns }: Terminal = terminalOf(process.stdout, process.env)
): string {
	const lines = changes.map((one) => wrap(say(one), columns, '- '));
	return `${lines.length === 0 ? words.nothingDiffers : lines.join('\n')}\n`;
}
