/** Keeps what was read out of a dump on this device, once. Runs in the worker: large texts are made and written. */
import { contentKey } from '../../core/base/content-key';
import { sentence } from '../../core/messages/en/sentence';
import { boundedImport, importedReport } from '../../core/report/imported';
import type { Recording } from '../../core/recording/recording';
import { openHistory } from '../reports/history';
import type { Kept } from './protocol';
import { randomId } from '../report-of';

export async function keepImport(recording: Recording, fileName: string): Promise<Kept> {
	const bounded = boundedImport(recording);
	if (!bounded.ok) return { state: 'not-kept', why: bounded.error.message };
	const leftOut = bounded.value.leftOut.map(sentence);
	// Of the content alone: the same dump packed, pasted or under another name is the same.
	const content = contentKey(JSON.stringify(bounded.value.recording));
	const history = await openHistory();
	if (!history.ok) return { state: 'not-kept', why: history.error.message };
	try {
		const known = await history.value.withContent(content);
		if (!known.ok) return { state: 'not-kept', why: known.error.message };
		if (known.value) return { state: 'already', id: known.value.id, createdAt: known.value.createdAt, leftOut };
		const report = importedReport(bounded.value, {
			version: __ICELENS_VERSION__,
			id: randomId(),
			createdAt: new Date().toISOString(),
			fileName
		});
		const kept = await history.value.keep(report, content);
		return kept.ok
			? { state: 'kept', id: kept.value.id, createdAt: kept.value.createdAt, leftOut }
			: { state: 'not-kept', why: kept.error.message };
	} finally {
		history.value.close();
	}
}
