/** What a dump says as a document: JSON for programs, Markdown for people. The conclusions are those of a report that holds it. */
import { escapeMarkdown, jsonDocument, markdownCode } from '../../base/escape';
import { connectTimesTogether, type ConnectTimes } from '../../call/connect-times';
import type { ConditionResult } from '../../call/figure-conditions';
import { ENGLISH_OF_DUMPS } from '../../messages/en/dumps';
import type { DumpLanguage } from '../../messages/language';
import type { Recording } from '../../recording/recording';
import type { CallConclusion, RecordedEnd } from '../../verdict/call/call-conclusion';
import { endOf, endsOf } from '../../verdict/call/recorded-ends';
import type { Conclusions, Finding } from '../../verdict/conclusion';
import { foldedFindings } from '../../verdict/root-findings';
import { redactDump } from '../dump-redact';
import { headlineWords } from '../headline-words';
import { figureBlocks, figureLines } from './figure-blocks';
import { citeOf } from '../rule-cites-table';
import { written, type Written } from '../with-text';

/** One recording with its verdict, and what was asked of its figures. */
export interface JudgedDump {
	/** What it was read from; several where they are ends of the same calls. */
	files: string[];
	recording: Recording;
	conclusions: Conclusions;
	conditions: ConditionResult[];
}

export interface DumpDocument extends Pick<Recording, 'format' | 'formatName' | 'clock' | 'userAgent' | 'media' | 'notes'> {
	tool: 'icelens stats';
	/** In a word or two. */
	verdict: string;
	headline: Written<Conclusions['headline']>;
	calls: Written<CallConclusion>[];
	/** Of all connections together; null where none shows how long it took. */
	connectTimes: ConnectTimes | null;
	findings: (Written<Finding> & { cite: string })[];
}

export function dumpDocument(
	recording: Recording,
	conclusions: Conclusions,
	{ say, headlineTitle }: DumpLanguage = ENGLISH_OF_DUMPS
): DumpDocument {
	const { format, formatName, clock, userAgent, media, notes } = recording;
	return {
		tool: 'icelens stats',
		format,
		formatName,
		clock,
		userAgent,
		verdict: headlineWords(conclusions, headlineTitle).title,
		headline: written(conclusions.headline, say),
		calls: written(conclusions.calls, say),
		connectTimes: connectTimesTogether(endsOf(conclusions).map(({ id, figures }) => ({ id, connects: figures.connects }))),
		findings: written(conclusions.findings, say).map((finding) => ({ ...finding, cite: citeOf(finding.rule) })),
		media,
		notes
	};
}

export interface DumpExport {
	format: 'json' | 'markdown';
	/** Placeholders for what identifies somebody. */
	redact: boolean;
}

/** A file of its own; as JSON with the configuration and the log of each connection. */
export function exportDump(
	recording: Recording,
	conclusions: Conclusions,
	{ format, redact }: DumpExport,
	language: DumpLanguage = ENGLISH_OF_DUMPS
): string {
	const connections = recording.connections.map(({ id, configuration, events }) => ({ id, configuration, log: events }));
	const document = { ...dumpDocument(recording, conclusions, language), connections };
	const shown = redact ? (redactDump(document) as typeof document) : document;
	return format === 'json' ? jsonDocument(shown) : dumpMarkdown(shown, language);
}

function dumpMarkdown(document: DumpDocument, language: DumpLanguage): string {
	const { say, dump: words } = language;
	const { formatName, userAgent, verdict, headline, calls, findings, notes, clock } = document;
	const ends = endsOf(document);
	const place = (finding: Finding) => {
		const end = ends.length > 1 ? endOf(ends, finding) : null;
		return end ? ` (${escapeMarkdown(words.connection(end))})` : '';
	};
	const lines = [
		`# ${words.title}`,
		'',
		`${escapeMarkdown(words.recording(formatName))}${userAgent ? `, ${escapeMarkdown(userAgent)}` : ''}`,
		'',
		`**${escapeMarkdown(verdict)}.**`,
		''
	];
	for (const call of calls) {
		for (const end of call.ends) {
			lines.push(`## ${escapeMarkdown(words.connection(end))}`, '', `- ${words.outcomes[end.outcome]}`);
			const said = [...words.connectionLines(end, clock), ...end.path.map(say), ...figureLines(end, clock, language)];
			lines.push(...said.map((line) => `- ${escapeMarkdown(line)}`), '');
			lines.push(...figureMarkdown(end, clock, language));
		}
		if (call.mos.length > 0) lines.push(...call.mos.map(({ text }) => `- ${escapeMarkdown(text)}`), '');
	}
	// Without findings the headline says it.
	if (ends.length === 0 && findings.length > 0) lines.push(words.noConnections, '');
	lines.push(`## ${words.findings}`, '');
	for (const { finding, consequences } of foldedFindings(findings)) {
		lines.push(
			`- **${words.severities[finding.severity]}**${place(finding)}: ${escapeMarkdown(finding.text)} ${markdownCode(finding.rule)}, ${escapeMarkdown(finding.cite)}`,
			...(finding.nextStep ? [`  - ${words.nextStep}: ${escapeMarkdown(finding.nextStep.text)}`] : []),
			...consequences.map(
				(one) =>
					`  - ${words.follows}${place(one)}: ${escapeMarkdown(one.text)} ${markdownCode(one.rule)}, ${escapeMarkdown(one.cite)}`
			)
		);
	}
	if (findings.length === 0) lines.push(escapeMarkdown(say(headline)));
	for (const { text, where } of notes)
		lines.push(
			...(lines.at(-1)?.startsWith('> ') ? [] : ['']),
			`> ${escapeMarkdown(text)}${where ? ` (${escapeMarkdown(where)})` : ''}`
		);
	return `${lines.join('\n')}\n`;
}

function figureMarkdown(end: RecordedEnd, clock: Recording['clock'], language: DumpLanguage): string[] {
	return figureBlocks(end, clock, language).flatMap(({ title, rows, lines }) => {
		const row = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
		const [titles, ...streams] = rows;
		const table = titles
			? [row([title, ...titles.slice(1)]), `|${titles.map(() => ' --- ').join('|')}|`, ...streams.map(row), '']
			: [];
		return [...table, ...lines.flatMap((line) => [escapeMarkdown(line), ''])];
	});
}
