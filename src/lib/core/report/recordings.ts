/** The recordings inside a report: calls of this page, and dumps that were kept with it. */
import { indexObservations } from '../observations/observation-index';
import type { Recording } from '../recording/recording';
import { recordingsIn } from '../verdict/call/foreign-recordings';
import { kindOf as kindOfRun, type ReportKind } from '../verdict/report-kind';
import type { Report } from './report';

export interface ReportRecording {
	/** Index of the observation that holds it. */
	observation: number;
	recording: Recording;
}

export function recordingsOf(report: Report): ReportRecording[] {
	return report.observations.flatMap(({ outcome }, observation) => {
		const data: unknown = outcome.state === 'seen' ? outcome.data : null;
		return recordingsIn(data).map((recording) => ({ observation, recording }));
	});
}

export type { ReportKind } from '../verdict/report-kind';

export function kindOf({ observations }: Report): ReportKind {
	return kindOfRun(indexObservations(observations));
}
