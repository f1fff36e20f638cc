/** The connections of dumps among conclusions. */
import type { Recording } from '../../recording/recording';
import type { Conclusions, Finding } from '../conclusion';
import type { RecordedEnd } from './call-conclusion';

/** In the order of the dump. */
export function endsOf({ calls }: Pick<Conclusions, 'calls'>): RecordedEnd[] {
	return calls.flatMap(({ ends }) => ends);
}

/** The connection that a finding is about; null where it is about the whole dump. */
export function endOf(
	ends: readonly RecordedEnd[],
	{ moment }: Pick<Finding, 'moment'>
): Pick<RecordedEnd, 'id' | 'label'> | null {
	const id = moment?.connection ?? null;
	return id === null ? null : (ends.find((end) => end.id === id) ?? { id, label: id });
}

/** When a finding begins, from the beginning of its connection on; null where it is of no moment, or nothing has a time. */
export function momentOf(
	ends: readonly RecordedEnd[],
	{ moment }: Pick<Finding, 'moment'>,
	clock: Recording['clock']
): number | null {
	const startMs = ends.find(({ id }) => id === moment?.connection)?.startMs ?? null;
	return clock === 'none' || startMs === null || !moment || moment.atMs === null ? null : moment.atMs - startMs;
}
