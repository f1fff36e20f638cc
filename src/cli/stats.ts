/** `icelens stats`: reads any dump of a call, and says what happened and what went wrong. */
import { jsonDocument, withoutControls } from '../lib/core/base/escape';
import { count, duration, formatBytes } from '../lib/core/base/format';
import { formatEndpoint } from '../lib/core/base/ip';
import { callTone, findingTone } from '../lib/core/report/tones';
import { sentence } from '../lib/core/messages/en/sentence';
import { CALL_OUTCOME_WORDS } from '../lib/core/messages/en/vocabulary';
import { findingsOf, type StatsFinding } from '../lib/core/call/findings/findings';
import { overviewOf, type ConnectionOverview, type EndOverview } from '../lib/core/call/overview';
import type { Recording } from '../lib/core/recording/recording';
import { citeOf } from '../lib/core/report/rule-cites-table';
import { written } from '../lib/core/report/with-text';
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
	const connections = recording.connections.map(overviewOf);
	const findings = findingsOf(recording);
	if (format === 'json') {
		const { format: kind, formatName, clock, userAgent, notes, media } = recording;
		print(
			jsonDocument({
				format: kind,
				formatName,
				clock,
				userAgent,
				connections,
				findings: written(findings).map((finding) => ({ ...finding, cite: citeOf(finding.rule) })),
				media,
				notes
			})
		);
	} else print(textOf(recording, connections, findings, terminalOf(process.stdout, process.env)));
	return findings.some(({ severity }) => severity === 'problem') ? 1 : 0;
}

function textOf(recording: Recording, connections: ConnectionOverview[], findings: StatsFinding[], terminal: Terminal): string {
	const { paint, columns } = terminal;
	const lines = [recording.formatName, ...(recording.userAgent ? [recording.userAgent] : [])].map((line) =>
		wrap(line, columns, '')
	);
	if (recording.connections.length === 0) lines.push('There are no connections in it.');
	for (const each of connections) {
		lines.push(
			'',
			`${paint('bold', each.label)}: ${paint(TONE_COLOURS[callTone(each.outcome)], CALL_OUTCOME_WORDS[each.outcome])}`
		);
		if (each.url) lines.push(withoutControls(`  ${each.url}`));
		const states = Object.entries(each.pairStates).map(([state, number]) => `${number} ${state}`);
		lines.push(
			`  ${count(each.candidatePairs, 'candidate pair')}${states.length > 0 ? ` (${withoutControls(states.join(', '))})` : ''}`
		);
		if (each.selectedPair) lines.push(`  path: ${endText(each.selectedPair.local)} to ${endText(each.selectedPair.remote)}`);
		if (each.bytesSent !== null || each.bytesReceived !== null)
			lines.push(`  ${bytesText(each.bytesSent)} sent, ${bytesText(each.bytesReceived)} received`);
		lines.push(`  ${count(each.events, 'event')}, ${count(each.series, 'series', 'series')}${timeText(recording, each)}`);
	}
	for (const { text, where } of recording.notes) lines.push('', wrap(`${text}${where ? ` (${where})` : ''}`, columns, 'note: '));
	lines.push('');
	for (const finding of findings) {
		const label = recording.connections.length > 1 && finding.connection !== null ? `${finding.connection}: ` : '';
		const body = wrap(label + sentence(finding), columns, `${finding.severity}: `);
		lines.push(
			body.replace(finding.severity, paint(TONE_COLOURS[findingTone(finding.severity)], finding.severity)),
			paint('gray', `  ${finding.rule}, ${citeOf(finding.rule)}`)
		);
	}
	if (findings.length === 0) lines.push('Nothing stands out.');
	return `${lines.join('\n')}\n`;
}

function endText(end: EndOverview | null): string {
	if (!end) return 'an unknown end';
	const address = end.address === null ? 'hidden address' : formatEndpoint(end.address, end.port);
	return withoutControls(
		`${end.type} ${address}${end.protocol ? `/${end.protocol}` : ''}${end.relayProtocol ? ` (relay over ${end.relayProtocol})` : ''}`
	);
}

function bytesText(bytes: number | null): string {
	return bytes === null ? 'unknown' : formatBytes(bytes);
}

function timeText({ clock }: Recording, { startMs, endMs }: ConnectionOverview): string {
	if (startMs === null || endMs === null || clock === 'none') return '';
	const length = duration(endMs - startMs);
	return clock === 'epoch' && Math.abs(startMs) < 8.64e15
		? `, ${new Date(startMs).toISOString()} and ${length} on`
		: `, ${length}`;
}
