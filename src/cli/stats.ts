/** `icelens stats`: reads any dump of a call, and says what happened and what went wrong. */
import { jsonDocument } from '../lib/core/base/escape';
import { ENGLISH } from '../lib/core/messages/en/english';
import type { DumpLanguage } from '../lib/core/messages/language';
import type { Recording } from '../lib/core/recording/recording';
import { citeOf } from '../lib/core/report/rule-cites-table';
import { dumpDocument } from '../lib/core/report/export/dump';
import { headlineWords } from '../lib/core/report/headline-words';
import { judgeDump } from '../lib/core/report/imported';
import { foldedFindings } from '../lib/core/verdict/root-findings';
import { callTone, findingTone } from '../lib/core/report/tones';
import { endOf, endsOf, momentOf } from '../lib/core/verdict/call/recorded-ends';
import type { Conclusions, Finding } from '../lib/core/verdict/conclusion';
import { readArguments, readFormat } from './arguments';
import { readDump } from './dump-file';
import { CliError } from './errors';
import { print, terminalOf, TONE_COLOURS, wrap, type Terminal } from './terminal';

export async function stats(args: string[]): Promise<number> {
	const { values, positionals } = readArguments(args, { format: { type: 'string' } }, 1);
	const format = readFormat(values.format);
	const file = positionals[0]!;
	const read = await readDump(file);
	if ('refusal' in read) throw new CliError(`${file}: ${read.refusal.message}`);
	const { recording } = read;
	const conclusions = judgeDump(recording);
	print(format === 'json' ? jsonDocument(dumpDocument(recording, conclusions)) : dumpText(recording, conclusions));
	return conclusions.findings.some(({ severity }) => severity === 'problem') ? 1 : 0;
}

export function dumpText(
	{ formatName, userAgent, clock, notes }: Recording,
	conclusions: Conclusions,
	{ say, headlineTitle, dump: words }: DumpLanguage = ENGLISH,
	{ paint, columns }: Terminal = terminalOf(process.stdout, process.env)
): string {
	const { title, tone } = headlineWords(conclusions, headlineTitle);
	const ends = endsOf(conclusions);
	const lines = [words.recording(formatName), ...(userAgent ? [userAgent] : [])].map((line) => wrap(line, columns, ''));
	lines.push(paint(['bold', TONE_COLOURS[tone]], title));
	lines.push('');
	for (const { finding, consequences } of foldedFindings(conclusions.findings)) {
		const word = words.severities[finding.severity];
		const named = (one: Finding) => {
			const end = ends.length > 1 ? endOf(ends, one) : null;
			return end ? `${words.connection(end)}: ` : '';
		};
		const body = wrap(`${named(finding)}${say(finding)}`, columns, `${word}: `);
		const atMs = momentOf(ends, finding, clock);
		const moment = atMs === null ? '' : `, ${words.moment(atMs)}`;
		lines.push(
			body.replace(word, paint(TONE_COLOURS[findingTone(finding.severity)], word)),
			paint('gray', `  ${finding.rule}, ${citeOf(finding.rule)}${moment}`),
			...(finding.nextStep ? [wrap(say(finding.nextStep), columns, `  ${words.nextStep}: `)] : []),
			...consequences.map((one) => wrap(`${named(one)}${say(one)} (${one.rule})`, columns, `  ${words.follows}: `))
		);
	}
	// Without findings the headline says it.
	if (conclusions.findings.length === 0) lines.push(say(conclusions.headline));
	if (ends.length === 0 && conclusions.findings.length > 0) lines.push('', words.noConnections);
	for (const call of conclusions.calls) {
		for (const end of call.ends) {
			const outcome = paint(TONE_COLOURS[callTone(end.outcome)], words.outcomes[end.outcome]);
			lines.push('', `${paint('bold', words.connection(end))}: ${outcome}`);
			const said = [...words.connectionLines(end, clock), ...end.path.map(say)];
			lines.push(...said.map((line) => wrap(line, columns, '  ')));
		}
		if (call.values.figures) lines.push(wrap(say(call), columns, '  '));
		lines.push(...call.mos.map((score) => wrap(say(score), columns, '  ')));
	}
	for (const { text, where } of notes) lines.push('', wrap(`${text}${where ? ` (${where})` : ''}`, columns, `${words.note}: `));
	return `${lines.join('\n')}\n`;
}
