/**
 * The report's tables and the series of its calls as CSV (RFC 4180), for spreadsheets and scripts. Several tables in one
 * file: each begins with a line of its id and title and ends with an empty line.
 */
import { metricSeries } from '../../recording/metric-series';
import { recordingsOf } from '../recordings';
import type { Report } from '../report';
import { cellText, documentOf } from './document';
import { csvRows } from '../../base/escape';

type Row = readonly (string | number | null)[];

export function toCsv(report: Report): string {
	const { facts, verdict, headline, notes, tables } = documentOf(report);
	const about: Row[] = [['Verdict', verdict], ['In a sentence', headline], ...facts, ...notes.map((note) => ['Note', note])];
	const parts = [
		table('report', 'Report', [['name', 'value'], ...about]),
		...tables.map(({ id, title, columns, rows }) => table(id, title, [columns, ...rows.map((row) => row.map(cellText))])),
		...series(report)
	];
	return parts.join('\r\n');
}

/** One row for each time and series: a long table takes series whose times differ, and gaps stay empty. */
function series(report: Report): string[] {
	return recordingsOf(report).flatMap(({ recording, observation }) => {
		const rows = recording.connections.flatMap((connection) =>
			metricSeries(connection).flatMap(({ metric, subject, series: { tMs, v } }) =>
				tMs.map((t, i): Row => [connection.id, metric.id, metric.unit, subject.id, subject.label, t, v[i] ?? null])
			)
		);
		if (rows.length === 0) return [];
		const columns = ['connection', 'metric', 'unit', 'object', 'what', 'tMs', 'value'];
		return [table(`series-${observation + 1}`, `${recording.formatName}: series`, [columns, ...rows])];
	});
}

function table(id: string, title: string, rows: readonly Row[]): string {
	return csvRows([[id, title], ...rows]);
}
