/** A recording's findings as a file: JSON for programs, Markdown for people, with placeholders for what identifies somebody. */
import { escapeMarkdown, jsonDocument, markdownCode } from '../../core/base/escape';
import { makePseudonyms } from '../../core/base/pseudonyms';
import { duration, formatBytes } from '../../core/base/format';
import { formatEndpoint } from '../../core/base/ip';
import { textRedactor, type RemovedKind } from '../../core/report/redact-text';
import { findingsOf } from '../../core/call/findings/findings';
import { overviewOf, type EndOverview } from '../../core/call/overview';
import { citeOf } from '../../core/report/rule-cites-table';
import { written } from '../../core/report/with-text';
import type { Recording } from '../../core/recording/recording';

export function exportText(recording: Recording, format: 'json' | 'markdown', redact: boolean): string {
	const document = documentOf(recording);
	const shown = redact ? (redacted(document) as typeof document) : document;
	return format === 'json' ? jsonDocument(shown) : markdownOf(shown);
}

function documentOf(recording: Recording) {
	const { format, formatName, clock, userAgent, media, notes } = recording;
	return {
		tool: 'icelens stats',
		format,
		formatName,
		clock,
		userAgent,
		connections: recording.connections.map((connection) => ({
			...overviewOf(connection),
			configuration: connection.configuration,
			log: connection.events
		})),
		findings: written(findingsOf(recording)).map((finding) => ({ ...finding, cite: citeOf(finding.rule) })),
		media,
		notes
	};
}

type Document = ReturnType<typeof documentOf>;

const LABEL_FIELDS = new Set(['detail']);

/** The same value has the same placeholder everywhere in the file: in descriptions, statistics, events and sentences. */
export function redacted(value: unknown): unknown {
	const names = makePseudonyms();
	const stand: Record<RemovedKind, (text: string) => string> = {
		address: names.address,
		host: names.host,
		username: names.username,
		'ice-credential': (text) => (text.length >= 22 ? names.password(text) : names.ufrag(text)),
		fingerprint: names.fingerprint,
		device: (text) => names.named('device', text),
		path: () => '/…',
		identifier: (text) => names.named('id', text),
		foundation: (text) => names.named('foundation', text),
		model: (text) => names.named('model', text)
	};
	const redactor = textRedactor((kind, from) => stand[kind](from), new Map());
	const walk = (each: unknown, key: string, parent: Record<string, unknown>): unknown => {
		if (typeof each === 'string') {
			if (key === 'address') return names.host(each);
			// Names of microphones and cameras.
			if (LABEL_FIELDS.has(key) && 'outcome' in parent && each !== '')
				return parent.outcome === 'granted' ? names.named('device', each) : redactor.text(each);
			return redactor.text(each);
		}
		if (Array.isArray(each)) return each.map((inner) => walk(inner, key, parent));
		if (typeof each !== 'object' || each === null) return each;
		const record = each as Record<string, unknown>;
		return Object.fromEntries(Object.entries(record).map(([name, inner]) => [name, walk(inner, name, record)]));
	};
	return walk(value, '', {});
}

function markdownOf(document: Document): string {
	const end = (one: EndOverview | null) =>
		one
			? `${one.type} ${one.address === null ? 'hidden' : formatEndpoint(one.address, one.port)}${one.relayProtocol ? ` over ${one.relayProtocol.toUpperCase()}` : ''}`
			: 'unknown';
	const lines = [
		'# What the recording says',
		'',
		`${escapeMarkdown(document.formatName)}${document.userAgent ? `, ${escapeMarkdown(document.userAgent)}` : ''}`,
		''
	];
	for (const each of document.connections) {
		lines.push(`## ${escapeMarkdown(each.label)}`, '', `- outcome: ${each.outcome}`);
		if (each.url) lines.push(`- page: ${escapeMarkdown(each.url)}`);
		if (each.startMs !== null && each.endMs !== null) lines.push(`- length: ${duration(each.endMs - each.startMs)}`);
		const states = Object.entries(each.pairStates).map(([state, count]) => `${count} ${state}`);
		lines.push(`- candidate pairs: ${each.candidatePairs}${states.length > 0 ? ` (${escapeMarkdown(states.join(', '))})` : ''}`);
		if (each.selectedPair)
			lines.push(`- path: ${escapeMarkdown(end(each.selectedPair.local))} to ${escapeMarkdown(end(each.selectedPair.remote))}`);
		if (each.bytesSent !== null)
			lines.push(`- sent ${formatBytes(each.bytesSent)}, received ${formatBytes(each.bytesReceived ?? 0)}`);
		lines.push('');
	}
	lines.push('## Findings', '');
	for (const { severity, text, connection, rule, cite } of document.findings)
		lines.push(
			`- **${severity}**${connection !== null && document.connections.length > 1 ? ` (${escapeMarkdown(connection)})` : ''}: ${escapeMarkdown(text)} ${markdownCode(rule)}, ${escapeMarkdown(cite)}`
		);
	if (document.findings.length === 0) lines.push('Nothing stands out.');
	for (const { text, where } of document.notes)
		lines.push(
			...(lines.at(-1)?.startsWith('> ') ? [] : ['']),
			`> ${escapeMarkdown(text)}${where ? ` (${escapeMarkdown(where)})` : ''}`
		);
	return `${lines.join('\n')}\n`;
}
