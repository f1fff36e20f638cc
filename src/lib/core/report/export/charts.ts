/** Which charts of a call a document shows: a few that distinguish a good call from a bad one. The CSV has all series. */
import { metricSeries } from '../../recording/metric-series';
import { recordingsOf } from '../recordings';
import type { Report } from '../report';
import type { Language } from '../../messages/language';
import type { Chart } from './chart-svg';

const SHOWN: readonly (keyof Language['document']['charts']['metrics'])[] = [
	'round-trip-time',
	'available-outgoing-bitrate',
	'bitrate-in',
	'bitrate-out',
	'loss-in',
	'jitter-in',
	'one-way-delay',
	'frames-decoded'
];
/** More lines in one chart cannot be told apart. */
const LINES_AT_MOST = 8;

export function chartsOf(
	report: Report,
	{ document: { charts: words }, subject: nameOf, connection: connectionName }: Language
): Chart[] {
	return recordingsOf(report).flatMap(({ recording }) => {
		const all = recording.connections.flatMap((connection) => {
			const { id, label } = connection;
			const from = connectionName({ id, label });
			return metricSeries(connection).map((one) => ({ ...one, from }));
		});
		const ends = recording.connections.length > 1;
		return SHOWN.flatMap((id): Chart[] => {
			const lines = all.filter(
				({ metric, series }) => metric.id === id && series.v.some((value) => value !== null && value !== 0)
			);
			if (lines.length === 0) return [];
			const { unit } = lines[0]!.metric;
			return [
				{
					title: words.metrics[id],
					unit,
					lines: lines.slice(0, LINES_AT_MOST).map(({ subject, series, from }) => ({
						label: ends ? words.line(from, nameOf(subject)) : nameOf(subject),
						series
					}))
				}
			];
		});
	});
}
