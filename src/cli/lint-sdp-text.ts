/** What `icelens lint-sdp` writes for people: the messages of browsers first, then what the rules found. */
import { withoutControls } from '../lib/core/base/escape';
import { count } from '../lib/core/base/format';
import type { ExportedFinding } from '../lib/core/report/export/sdp-findings';
import { findingTone } from '../lib/core/report/tones';
import { FINDING_WORDS } from '../lib/core/messages/en/vocabulary';
import { TONE_COLOURS, wrap, type Terminal } from './terminal';

/** A message of a browser with its explanation, as the command line gives it, also as JSON. */
export interface ExportedMessage {
	/** Of the file. */
	line: number;
	file: string;
	text: string;
	/** Null where no rule knows the message. */
	means: string | null;
	advice: string | null;
	cite: string | null;
	rules: { rule: string; code: string }[];
	/** The line of the description that it is about. */
	about: { file: string; description: string; line: number; text: string } | null;
}

export interface LintedText {
	/** A line for each file, on what was recognised in it. */
	recognised: readonly string[];
	messages: readonly ExportedMessage[];
	findings: readonly ExportedFinding[];
	/** False where there was no description to judge. */
	hasDescriptions: boolean;
}

export function lintText({ recognised, messages, findings, hasDescriptions }: LintedText, terminal: Terminal): string {
	const blocks = [...messages.map((each) => messageBlock(each, terminal)), ...findingBlocks(findings, terminal)];
	const body = blocks.length > 0 ? `${blocks.join('\n')}\n\n` : '';
	return `${recognised.map(withoutControls).join('\n')}\n\n${body}${summaryOf(findings, messages, hasDescriptions)}\n`;
}

function messageBlock({ line, text, means, advice, cite, rules, about }: ExportedMessage, { columns, paint }: Terminal): string {
	const start = `  ${line}  browser: `;
	const said = wrap(text.length > 400 ? `${text.slice(0, 400)}…` : text, columns, start).replace(
		'browser:',
		paint('bold', 'browser:')
	);
	const meaning = wrap(means ?? 'No rule of Icelens knows this message.', columns, '      = ');
	const remedy = advice ? `\n${wrap(advice, columns, '      → ')}` : '';
	const place = about ? `\n${wrap(`${about.description}, line ${about.line}: ${about.text}`, columns, '      @ ')}` : '';
	const rest = [rules.map(({ rule, code }) => `${rule} (${code})`).join(', '), cite ?? ''].filter((each) => each !== '');
	return `${said}\n${meaning}${remedy}${place}${rest.length > 0 ? `\n      ${paint('gray', rest.join(', '))}` : ''}`;
}

function findingBlocks(findings: readonly ExportedFinding[], { columns, paint }: Terminal): string[] {
	const several = new Set(findings.map(({ file, description }) => file + description)).size > 1;
	let last = '';
	return findings.map((finding) => {
		const where = `${finding.file}, ${finding.description}`;
		const heading = several && where !== last ? `${paint('bold', where)}\n` : '';
		last = where;
		const severity = FINDING_WORDS[finding.severity].toLowerCase();
		const start = `  ${finding.line}:${finding.column}  ${severity}: `;
		const body = wrap(finding.text, columns, start).replace(
			severity,
			paint(TONE_COLOURS[findingTone(finding.severity)], severity)
		);
		const advice = finding.severity === 'info' ? '' : `\n${wrap(finding.advice, columns, '      → ')}`;
		return `${heading}${body}${advice}\n      ${paint('gray', `${finding.rule} (${finding.code}), ${finding.cite}`)}`;
	});
}

function summaryOf(findings: readonly ExportedFinding[], messages: readonly ExportedMessage[], hasDescriptions: boolean): string {
	const of = (severity: ExportedFinding['severity']) => findings.filter((finding) => finding.severity === severity).length;
	const [problems, warnings] = [of('problem'), of('warning')];
	if (messages.length > 0 && !hasDescriptions) return `${count(messages.length, 'error message')} of a browser, no description.`;
	if (problems === 0 && warnings === 0)
		return messages.length === 0
			? 'No problems.'
			: 'No rule finds a problem in the description; what the browser said is explained above.';
	const words = (n: number, noun: string) => (n === 0 ? `no ${noun}s` : count(n, noun));
	const text = `${words(problems, 'problem')}, ${words(warnings, 'warning')}.`;
	return text[0]!.toUpperCase() + text.slice(1);
}
