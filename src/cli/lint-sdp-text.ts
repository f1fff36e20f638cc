/** What `icelens lint-sdp` writes for people: of each file the messages of browsers first, then what the rules found. */
import { withoutControls } from '../lib/core/base/escape';
import { count } from '../lib/core/base/format';
import type { LintedFiles, LintRun } from '../lib/core/report/export/linted-files';
import type { ExportedMessage } from '../lib/core/report/export/sdp-error';
import type { ExportedFinding } from '../lib/core/report/export/sdp-findings';
import { findingTone } from '../lib/core/report/tones';
import { FINDING_WORDS } from '../lib/core/messages/en/vocabulary';
import { TONE_COLOURS, wrap, type Terminal } from './terminal';

/** Files that could not be read are not told here: they go to standard error. */
export function lintText(run: LintRun, terminal: Terminal): string {
	const { linted, refused, notes } = run;
	const texts = linted.map((each) => fileText(each, terminal));
	const total = linted.length + refused.length > 1 ? [totalOf(run)] : [];
	const notesText = notes.map((note) => wrap(note, terminal.columns, 'Note: '));
	return `${[...texts, ...[[...total, ...notesText].join('\n')].filter(Boolean)].join('\n\n')}\n`;
}

function fileText(linted: LintedFiles, terminal: Terminal): string {
	const { files, recognised, messages, findings } = linted;
	const shown = findings.filter(({ suppression }) => suppression === null);
	const heads = [...files.map((name, at) => `${name}: ${recognised[at]}`), ...pairWords(linted), ...profileWords(linted)];
	const blocks = [...messages.map((each) => messageBlock(each, terminal)), ...findingBlocks(shown, terminal)];
	const body = blocks.length > 0 ? `${blocks.join('\n')}\n\n` : '';
	return `${heads.map(withoutControls).join('\n')}\n\n${body}${summaryOf(linted)}`;
}

function pairWords({ files: [offer, answer] }: LintedFiles): string[] {
	return answer === undefined ? [] : [`${offer} was judged as an offer, ${answer} as its answer; --each judges each file alone.`];
}

function profileWords({ profile, looksLike, isGuessed }: LintedFiles): string[] {
	if (!isGuessed || looksLike === 'webrtc') return [];
	const what = looksLike === 'sip' ? 'plain SIP' : 'a description that is fetched and not answered, as of RTSP or ST 2110';
	const other = profile === 'webrtc' ? looksLike : 'webrtc';
	return [
		`It looks like ${what} (RTP without fingerprint and ICE) and was judged as ${profile}; --profile ${other} judges it as ${other}.`
	];
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

function summaryOf({ findings, messages, hasDescriptions }: LintedFiles): string {
	const { problem, warning, suppressed } = countsOf(findings);
	if (messages.length > 0 && !hasDescriptions) return `${count(messages.length, 'error message')} of a browser, no description.`;
	const also = suppressed === 0 ? '' : ` ${count(suppressed, 'finding')} suppressed by the configuration.`;
	if (problem > 0 || warning > 0) return `${problemWords(problem, warning)}.${also}`;
	const none =
		messages.length === 0
			? 'No problems.'
			: 'No rule finds a problem in the description; what the browser said is explained above.';
	return none + also;
}

export function totalOf({ linted, refused }: LintRun): string {
	const { problem, warning, suppressed } = countsOf(linted.flatMap(({ findings }) => findings));
	const messages = linted.reduce((sum, each) => sum + each.messages.length, 0);
	const files = new Set(linted.flatMap(({ files }) => files)).size;
	const parts = [
		...(messages > 0 ? [count(messages, 'error message')] : []),
		problemWords(problem, warning).toLowerCase(),
		...(suppressed > 0 ? [`${suppressed} suppressed`] : [])
	];
	const unread = refused.length === 0 ? '' : ` ${count(refused.length, 'file')} could not be read.`;
	return `${count(files, 'file')}: ${parts.join(', ')}.${unread}`;
}

function countsOf(findings: readonly ExportedFinding[]): { problem: number; warning: number; suppressed: number } {
	const shown = findings.filter(({ suppression }) => suppression === null);
	const of = (severity: ExportedFinding['severity']) => shown.filter((finding) => finding.severity === severity).length;
	return { problem: of('problem'), warning: of('warning'), suppressed: findings.length - shown.length };
}

function problemWords(problem: number, warning: number): string {
	const words = (n: number, noun: string) => (n === 0 ? `no ${noun}s` : count(n, noun));
	const text = `${words(problem, 'problem')}, ${words(warning, 'warning')}`;
	return text[0]!.toUpperCase() + text.slice(1);
}
