/** Runs of this device that say something about its line: those kept on it, the newest first, or those of this page. */
import type { LineConclusion } from '../../core/verdict/call/access-lines';
import { callSteps } from '../../core/plan/call-steps';
import { DEFAULT_LIMITS } from '../../core/plan/config';
import { judgeAgain } from '../../core/report/judge-again';
import { parseReport } from '../../core/report/parse';
import { conclude } from '../../core/verdict/conclude';
import { openHistory } from '../reports/history';

export interface MeasuredRun {
	/** Unique among the runs offered. */
	key: string;
	/** ISO 8601; null for what this page measures now. */
	measuredAt: string | null;
	line: LineConclusion;
}

/** Reports of calls are large; further back than this the line may be another one anyway. */
const REPORTS_AT_MOST = 6;

/** What the Call screen did since the page was loaded, for where nothing is kept. */
export async function pageRuns(): Promise<MeasuredRun[]> {
	const { callSession } = await import('../call/call-session.svelte');
	const { observations } = callSteps(callSession().parts);
	const { lines } = conclude(DEFAULT_LIMITS, observations);
	return lines.map((line) => ({ key: `call ${line.observations[0]}`, measuredAt: null, line }));
}

/** Empty where nothing is kept, or where the storage is not to be had: numbers can be typed all the same. */
export async function keptRuns(): Promise<MeasuredRun[]> {
	const history = await openHistory();
	if (!history.ok) return [];
	try {
		const entries = await history.value.list();
		if (!entries.ok) return [];
		const runs: MeasuredRun[] = [];
		for (const { id, kind } of entries.value.filter(({ kind }) => kind === 'call' || kind === 'pair').slice(0, REPORTS_AT_MOST)) {
			const text = await history.value.text(id);
			const report = text.ok && text.value !== null ? parseReport(text.value) : null;
			if (!report?.ok) continue;
			const { createdAt, conclusions } = judgeAgain(report.value);
			for (const line of conclusions.lines)
				runs.push({ key: `${kind} ${id} ${line.observations[0]}`, measuredAt: createdAt, line });
		}
		return runs;
	} finally {
		history.value.close();
	}
}
