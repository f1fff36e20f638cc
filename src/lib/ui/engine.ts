/** What a run and its judgement need, in one part that is loaded when somebody is about to check or to open a report. */
export { compareConclusions } from '../core/report/compare';
export { sentence } from '../core/messages/en/sentence';
export { withText } from '../core/report/with-text';
export { conclude } from '../core/verdict/conclude';
export { run } from '../probes/check/run';
export { reportOf } from './report-of';
