/** Statistics that this device keeps, for the stats screen. */
import { seen } from '../../core/observations/observation';
import { sentence } from '../../core/messages/en/sentence';
import { leftOutOf } from '../../core/report/left-out';
import { parseReport } from '../../core/report/parse';
import type { Recording } from '../../core/recording/recording';
import { openHistory } from '../reports/history';
import { words } from '../screen-words';
import type { Kept } from './protocol';
import { statsWords } from './stats-words';

const text = statsWords.keptCopy;

export async function readKept(id: string): Promise<{ name: string; recording: Recording; kept: Kept } | { problem: string }> {
	const history = await openHistory();
	if (!history.ok) return { problem: history.error.message };
	const read = await history.value.text(id);
	history.value.close();
	if (!read.ok) return { problem: read.error.message };
	if (read.value === null) return { problem: text.gone };
	const report = parseReport(read.value);
	if (!report.ok) return { problem: words.fault(report.error) };
	const [found] = seen(report.value.observations, 'imported-stats');
	if (!found) return { problem: text.notStats };
	const { createdAt } = report.value;
	const { recording, fileName } = found.data;
	return { name: fileName, recording, kept: { state: 'already', id, createdAt, leftOut: leftOutOf(report.value, sentence) } };
}
