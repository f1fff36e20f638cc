/**
 * What a program changed between createOffer or createAnswer and setLocalDescription. RFC 9429 §5.4 asks it to change
 * nothing; many do, and browsers refuse more and more of it.
 */
import type { Description } from '../text/description';
import { diffDescriptions } from './diff';
import type { Difference } from './difference';
import { MUNGING } from './munging-table';

export interface Munging {
	/** An id of the table: `codec-order`, `opus-stereo`, … */
	kind: string;
	title: string;
	advice: string;
	differences: Difference[];
}

/** Empty when both say the same, whatever the order of their lines. */
export function classifyMunging(created: Description, set: Description): Munging[] {
	const kinds = new Map<string, Munging>();
	for (const difference of diffDescriptions(created, set).differences) {
		const { kind, title, advice } = MUNGING.find((entry) => entry.match(difference))!;
		const known = kinds.get(kind);
		if (known) known.differences.push(difference);
		else kinds.set(kind, { kind, title, advice, differences: [difference] });
	}
	const order = MUNGING.map(({ kind }) => kind);
	return [...kinds.values()].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}
