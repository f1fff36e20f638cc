/** What was left out of a report to make it small (report/trim.ts, report/imported.ts), by id. */
import type { NoValues } from '../base/said';

export interface LeftOutValues {
	/** Of a dump: samples of fields that no chart and no finding reads. */
	'left-out-unread-fields': { samples: number; samplesKept: number };
	/** One in so many was kept of the samples that are read. */
	'left-out-samples': { samples: number; keptEvery: number };
	'left-out-descriptions': NoValues;
	/** To fit into a link. */
	'left-out-of-link-samples': { keptEvery: number };
	'left-out-of-link-descriptions': NoValues;
	'left-out-of-link-statistics': NoValues;
	'left-out-of-link-candidate-lines': NoValues;
}
