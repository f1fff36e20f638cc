/** What a run is mainly about: two devices, a check of the network, a call of this page, statistics from elsewhere, or a URL. */
import type { ObservationIndex } from '../observations/observation-index';
import { foreignRecordings } from './call/foreign-recordings';

export type ReportKind = 'check' | 'call' | 'stats' | 'pair' | 'reach';

export function kindOf(observed: ObservationIndex): ReportKind {
	if (observed.of('pair-call').length > 0) return 'pair';
	if (observed.of('server-gathering').length > 0 || observed.of('ice-gathering').length > 0) return 'check';
	// A load test alone has no recording, and is of the Call screen all the same.
	if (observed.of('throughput').length > 0 || observed.seen('loopback-call').length > 0) return 'call';
	if (observed.of('url-reach').length > 0) return 'reach';
	const dumps = observed.seen('imported-stats').map(({ data }) => data.recording);
	const all = [...dumps, ...foreignRecordings(observed).map(({ recording }) => recording)];
	if (all.length === 0) return 'check';
	return all.some(({ format }) => format === 'call') ? 'call' : 'stats';
}
