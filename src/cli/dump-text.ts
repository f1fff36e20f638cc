/** A dump as text for people: the verdict, what was found, then the figures of each connection. */
import type { Said } from '../lib/core/base/said';
import { ENGLISH } from '../lib/core/messages/en/english';
import type { DumpLanguage } from '../lib/core/messages/language';
import { isNetworkCheck } from '../lib/core/nat/network-check';
import type { Recording } from '../lib/core/recording/recording';
import type { JudgedDump } from '../lib/core/report/export/dump';
import { decidedWhere, figureBlocks, figureLines } from '../lib/core/report/export/figure-blocks';
import { headlineWords } from '../lib/core/report/headline-words';
import { citeOf } from '../lib/core/report/rule-cites-table';
import { callTone, findingTone } from '../lib/core/report/tones';
import type { CallConclusion, RecordedEnd } from '../lib/core/verdict/call/call-conclusion';
import { endOf, endsOf, momentOf } from '../lib/core/verdict/call/recorded-ends';
import type { Conclusions, Finding } from '../lib/core/verdict/conclusion';
import { foldedFindings } from '../lib/core/verdict/root-findings';
import { foldedColumns, terminalOf, TONE_COLOURS, wrap, type Terminal } from './terminal';

export function dumpText(
	{ recording, conclusions, conditions }: Pick<JudgedDump, 'recording' | 'conclusions' | 'conditions'>,
	language: DumpLanguage = ENGLISH,
	terminal: Terminal = terminalOf(process.stdout, process.env)
): string {
	const { say, headlineTitle, dump: words } = language;
	const { paint, columns } = terminal;
	const { title, tone } = headlineWords(conclusions, headlineTitle);
	const source = [words.recording(recording.formatName), ...(recording.userAgent ? [recording.userAgent] : [])].join(', ');
	const lines = [paint(['bold', TONE_COLOURS[tone]], title), paint('gray', wrap(source, columns, '')), ''];
	lines.push(...findingLines(recording, conclusions, language, terminal));
	// Without findings the headline says it.
	if (conclusions.findings.length === 0) lines.push(wrap(say(conclusions.headline), columns, ''));
	for (const result of conditions) {
		const line = wrap(words.figures.condition(result, decidedWhere(result, conclusions, words)), columns, '');
		lines.push(paint(TONE_COLOURS[result.holds === 'no' ? 'fine' : 'problem'], line));
	}
	if (endsOf(conclusions).length === 0 && conclusions.findings.length > 0) lines.push('', words.noConnections);
	// A check of a network by another program has no call to tell of.
	if (!isNetworkCheck(recording))
		for (const call of conclusions.calls) lines.push(...callLines(call, recording, language, terminal));
	for (const { text, where } of recording.notes)
		lines.push('', wrap(`${text}${where ? ` (${where})` : ''}`, columns, `${words.note}: `));
	return `${lines.join('\n')}\n`;
}

function findingLines(
	{ clock }: Recording,
	conclusions: Conclusions,
	{ say, dump: words }: DumpLanguage,
	{ paint, columns }: Terminal
): string[] {
	const ends = endsOf(conclusions);
	const named = (one: Finding) => {
		const end = ends.length > 1 ? endOf(ends, one) : null;
		return end ? `${words.connection(end)}: ` : '';
	};
	return headlineFirst(conclusions).flatMap(({ finding, consequences }) => {
		const word = words.severities[finding.severity];
		const body = wrap(`${named(finding)}${say(finding)}`, columns, `${word}: `);
		const atMs = momentOf(ends, finding, clock);
		const moment = atMs === null ? '' : `, ${words.moment(atMs)}`;
		return [
			body.replace(word, paint(TONE_COLOURS[findingTone(finding.severity)], word)),
			paint('gray', `  ${finding.rule}, ${citeOf(finding.rule)}${moment}`),
			...(finding.nextStep ? [wrap(say(finding.nextStep), columns, `  ${words.nextStep}: `)] : []),
			...consequences.map((one) => wrap(`${named(one)}${say(one)} (${one.rule})`, columns, `  ${words.follows}: `))
		];
	});
}

/** What the headline says is no fault where nothing is one, and would stand behind what is normal. */
function headlineFirst({ headline, findings }: Conclusions) {
	const { worst } = headline.values as { worst?: Said | null };
	const isSaid = ({ rule, values }: Finding) => rule === worst?.rule && JSON.stringify(values) === JSON.stringify(worst.values);
	return foldedFindings(findings).toSorted((a, b) => Number(isSaid(b.finding)) - Number(isSaid(a.finding)));
}

function callLines(call: CallConclusion, { clock }: Recording, language: DumpLanguage, terminal: Terminal): string[] {
	const { say } = language;
	const { columns } = terminal;
	const said = [
		// Of one end its tables say it.
		...(call.values.figures && call.ends.length > 1 ? [say(call)] : []),
		...call.mos.map(say)
	];
	return [
		...call.ends.flatMap((end) => endLines(end, clock, language, terminal)),
		...said.map((line) => wrap(line, columns, '  '))
	];
}

function endLines(end: RecordedEnd, clock: Recording['clock'], language: DumpLanguage, { paint, columns }: Terminal): string[] {
	const { say, dump: words } = language;
	const outcome = paint(TONE_COLOURS[callTone(end.outcome)], words.outcomes[end.outcome]);
	const said = [...words.connectionLines(end, clock), ...end.path.map(say), ...figureLines(end, clock, language)];
	return [
		'',
		`${paint('bold', words.connection(end))}: ${outcome}`,
		...said.map((line) => wrap(line, columns, '  ')),
		...figureBlocks(end, clock, language).flatMap(({ title, rows, lines }) => [
			// The title stands where the names have none.
			...foldedColumns(
				rows.map((row, i) => (i === 0 ? [title, ...row.slice(1)] : [`  ${row[0]}`, ...row.slice(1)])),
				columns,
				'  '
			),
			...(rows.length === 0 ? [`  ${title}`] : []),
			...lines.map((line) => wrap(line, columns, '    '))
		])
	];
}
