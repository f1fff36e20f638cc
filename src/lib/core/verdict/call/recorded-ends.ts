/** The connections of dumps among conclusions. */
import type { Conclusions, Finding } from '../conclusion';
import type { RecordedEnd } from './call-conclusion';

/** In the order of the dump. */
export function endsOf({ calls }: Pick<Conclusions, 'calls'>): RecordedEnd[] {
	return calls.flatMap(({ ends }) => ends);
}

/** The name of the connection that a finding is about; empty where it is about the whole dump. */
export function labelOf(ends: readonly RecordedEnd[], { moment }: Pick<Finding, 'moment'>): string {
	const id = moment?.connection ?? null;
	return id === null ? '' : (ends.find((end) => end.id === id)?.label ?? id);
}
