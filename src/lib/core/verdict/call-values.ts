/** The values of what is said about a call. */
import type { Prose } from '../base/said';

export interface CallQualityValues {
	'quality-call-poor': Prose;
	'quality-call-fair': Prose;
	'quality-call-good': Prose;
	'quality-call-not-decided': Prose;
	'quality-call-not-connected': Prose;
	'quality-not-measured': Prose;
}
