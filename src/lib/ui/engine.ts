/** What a run and its judgement need, in one part that is loaded when somebody is about to check or to open a report. */
import { everySentence } from '../core/messages/en/every-sentence';
import { compareConclusions as compare } from '../core/report/compare';
import { written } from '../core/report/with-text';
import type { Conclusions } from '../core/verdict/conclusion';

export { sentence } from '../core/messages/en/sentence';
export { withText } from '../core/report/with-text';
export { concludeOwn } from '../core/verdict/conclude-own';
export { run } from '../probes/check/run';
export { reportOf } from './report-of';

/** What this version concludes otherwise than the one that saved the report, each with its sentence. */
export function compareConclusions(saved: Conclusions, fresh: Conclusions) {
	return written(compare(saved, fresh), everySentence);
}
