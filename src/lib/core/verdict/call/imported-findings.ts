/** What stands out in calls that were made elsewhere. */
import { bare } from '../../base/said';
import { otherEnds } from '../../call/call-ends';
import { findingsOf } from '../../call/findings/findings';
import type { FoundHere } from '../check/findings';
import type { View } from '../view';

/** What the rules of statistics find in a dump; of a single connection it is the dump that is spoken of. */
export function importedFindings({ observed }: View): FoundHere[] {
	return observed.seen('imported-stats').flatMap(({ index, data: { recording } }) => {
		const other = otherEnds(recording);
		const places = new Map(recording.connections.map(({ id }, place) => [id, place]));
		return findingsOf(recording).map((found): FoundHere => {
			const { connection, severity, atMs, untilMs, track, metric, nextStep, explains, explainsAtOtherEnd } = found;
			const explainsOther = ({ rule, moment, observations }: FoundHere) => {
				if (connection === null || !moment || observations[0] !== index) return false;
				if (moment.connection === connection) return explains.includes(rule);
				if (moment.connection === null || moment.connection !== other.get(connection)) return false;
				const first = rule !== found.rule || places.get(connection)! < places.get(moment.connection)!;
				return first && explainsAtOtherEnd.includes(rule);
			};
			return {
				...bare(found),
				severity,
				subject: { kind: 'connection', id: recording.connections.length < 2 ? null : connection },
				observations: [index],
				moment: { connection, atMs, untilMs, track, metric },
				...(nextStep && { nextStep }),
				explainsOther
			};
		});
	});
}
