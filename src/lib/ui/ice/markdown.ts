/** What was gathered as Markdown, for issue trackers and forums: a table of candidates, then the errors. Pure. */
import { escapeMarkdown } from '../../core/base/escape';
import { formatEndpoint } from '../../core/base/ip';
import { explainPriority } from '../../core/ice/priority';
import type { CandidateErrorRecord, CandidateRecord } from '../../core/observations/observation';
import { duration } from '../../core/base/format';
import { words } from './ice-words';

export interface GatheredText {
	title: string;
	browser: string;
	ending: string;
	candidates: readonly CandidateRecord[];
	errors: readonly CandidateErrorRecord[];
}

export function candidatesAsMarkdown({ title, browser, ending, candidates, errors }: GatheredText): string {
	const columns = words.columns;
	const lines = [`**${escapeMarkdown(title)}** (${escapeMarkdown(browser)}). ${escapeMarkdown(ending)}`, ''];
	const head = [columns.time, columns.type, columns.protocol, columns.address, columns.related, columns.priority, columns.server];
	lines.push(row(head), row(head.map(() => '---')));
	for (const candidate of candidates) {
		const parts = explainPriority(candidate.priority);
		lines.push(
			row([
				duration(candidate.atMs),
				candidate.type,
				candidate.tcpType ? `${candidate.protocol} ${candidate.tcpType}` : candidate.protocol,
				candidate.address === null ? `${words.hidden}, ${candidate.port}` : formatEndpoint(candidate.address, candidate.port),
				candidate.relatedAddress === null ? '' : formatEndpoint(candidate.relatedAddress, candidate.relatedPort ?? 0),
				parts === null ? String(candidate.priority) : `${parts.typePreference} / ${parts.localPreference} / ${parts.component}`,
				candidate.url ?? ''
			])
		);
	}
	if (errors.length > 0) {
		lines.push('', `${words.errors}:`, '');
		for (const { url, errorCode, errorText, atMs } of errors) {
			lines.push(`- ${escapeMarkdown(url)}: ${errorCode} ${escapeMarkdown(errorText)} (${words.after(duration(atMs))})`);
		}
	}
	return `${lines.join('\n')}\n`;
}

function row(cells: readonly string[]): string {
	return `| ${cells.map(escapeMarkdown).join(' | ')} |`;
}
