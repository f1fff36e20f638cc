/** What stands out in calls that were made elsewhere. */
import { bare } from '../../base/said';
import { findingsOf } from '../../call/findings/findings';
import type { FoundHere } from '../check/findings';
import type { View } from '../view';

/** What the rules of statistics find in a dump; of a single connection it is the dump that is spoken of. */
export function importedFindings({ observed }: View): FoundHere[] {
	return observed.seen('imported-stats').flatMap(({ index, data: { recording } }) =>
		findingsOf(recording).map(({ connection, severity, atMs, untilMs, track, metric, ...found }) => ({
			...bare(found),
			severity,
			subject: { kind: 'connection', id: recording.connections.length < 2 ? null : connection } as const,
			observations: [index],
			moment: { connection, atMs, untilMs, track, metric }
		}))
	);
}
