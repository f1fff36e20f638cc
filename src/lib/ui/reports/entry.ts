/** One kept report as the list shows it: the few fields that the list needs, so that the reports themselves stay unread. */
import { seen } from '../../core/observations/observation';
import { kindOf, type ReportKind } from '../../core/report/recordings';
import { headlineWords } from '../../core/report/headline-words';
import type { Tone } from '../../core/report/tones';
import type { WrittenReport } from '../../core/report/with-text';

export interface HistoryEntry {
	/** The report's own id. */
	id: string;
	kind: ReportKind;
	/** ISO 8601, UTC: when it was measured. */
	createdAt: string;
	/** What the user calls the network; empty until somebody named it. */
	label: string;
	/** The public addresses, by which a network is known again; empty where none was seen. */
	network: string;
	/** The verdict in a few words: of the network for a check, of the quality for a call. */
	title: string;
	tone: Tone;
	/** The verdict in a sentence, as it was judged when it was kept. */
	text: string;
	browser: string;
	/** Icelens that made the report. */
	version: string;
	/** The file that imported statistics came from; absent otherwise. */
	source?: string;
	/** Tells whether the same statistics were imported before (core/base/content-key.ts); absent for what was measured here. */
	content?: string;
	/** Length of the report as JSON, characters. */
	characters: number;
}

export function entryOf(report: WrittenReport, characters: number, content?: string): HistoryEntry {
	const { conclusions } = report;
	const { title, tone } = headlineWords(conclusions);
	const addresses = [...(conclusions.nat.ipv4?.publicAddresses ?? []), ...(conclusions.nat.ipv6?.publicAddresses ?? [])];
	const source = seen(report.observations, 'imported-stats')[0]?.data.fileName ?? '';
	return {
		...(source === '' ? {} : { source }),
		...(content === undefined ? {} : { content }),
		id: report.id,
		kind: kindOf(report),
		createdAt: report.createdAt,
		label: '',
		network: addresses.toSorted().join(', '),
		title,
		tone,
		text: conclusions.headline.text,
		browser: report.environment.browser,
		version: report.tool.version,
		characters
	};
}

/** Every word has to be somewhere in what the row shows. */
export function matches(entry: HistoryEntry, search: string, shown: readonly string[]): boolean {
	const text = [
		entry.label,
		entry.network,
		entry.source ?? '',
		entry.title,
		entry.text,
		entry.browser,
		entry.createdAt,
		entry.kind,
		...shown
	]
		.join(' ')
		.toLowerCase();
	return search
		.toLowerCase()
		.split(/\s+/)
		.every((word) => text.includes(word));
}
