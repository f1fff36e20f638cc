/** The ends of a call in English. Connections of a dump have ids of their own, which are shown as they are. */
import { entryOf } from '../../base/record';
import { OTHER_SIDE } from '../../call/call-direction';
import type { CallDirection } from '../../call/call-figure-shapes';

const ENDS: Readonly<Record<string, string>> = { caller: 'caller', callee: 'callee', [OTHER_SIDE]: 'other side' };

export function endName(id: string): string {
	return entryOf(ENDS, id) ?? id;
}

/** `caller to other side`. */
export function directionName({ from, to }: CallDirection): string {
	return `${endName(from)} to ${endName(to)}`;
}
