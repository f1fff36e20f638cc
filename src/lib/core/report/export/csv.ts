/**
 * The report's tables and the series of its calls as CSV (RFC 4180), for spreadsheets and scripts. Several tables in one
 * file: each begins with a line of its id and title and ends with an empty line.
 *
 * Ids of tables and the columns that are not for reading (`name` and `value`, those of the series) are identifiers, the same in every
 * language, so that scripts find them. The other columns are words, as what stands below them is: scripts read the JSON report.
 */
import { ENGLISH } from '../../messages/en/english';
import type { Language } from '../../messages/language';
import { metricSeries } from '../../recording/metric-series';
import { recordingsOf } from '../recordings';
import type { Report } from '../report';
import { cellText, documentOf } from './document';
import { csvRows } from '../../base/escape';

type Row = readonly (string | number | null)[];

export function toCsv(report: Report, language: Language = ENGLISH): string {
	const { facts, verdict, headline, notes, tables } = documentOf(report, language);
	const words = language.document.csv;
	const about: Row[] = [
		[words.verdict, verdict],
		[words.sentence, headline],
		...facts,
		...notes.map((note) => [words.note, note])
	];
	const parts = [
		table('report', words.report, [['name', 'value'], ...about]),
		...tables.map(({ id, title, columns, rows }) => table(id, title, [columns, ...rows.map((row) => row.map(cellText))])),
		...series(report, language)
	];
	return parts.join('\r\n');
}

/** One row for each time and series: a long table takes series whose times differ, and gaps stay empty. */
function series(report: Report, { document, recording: recordingName, subject: nameOf }: Language): string[] {
	return recordingsOf(report).flatMap(({ recording, observation }) => {
		const rows = recording.connections.flatMap((connection) =>
			metricSeries(connection).flatMap(({ metric, subject, series: { tMs, v } }) => {
				const name = nameOf(subject);
				return tMs.map((t, i): Row => [connection.id, metric.id, metric.unit, subject.id, name, t, v[i] ?? null]);
			})
		);
		if (rows.length === 0) return [];
		const columns = ['connection', 'metric', 'unit', 'object', 'what', 'tMs', 'value'];
		return [table(`series-${observation + 1}`, document.csv.series(recordingName(recording.formatName)), [columns, ...rows])];
	});
}

function table(id: string, title: string, rows: readonly Row[]): string {
	return csvRows([[id, title], ...rows]);
}
