/** How a finding names a media section: by its mid, or by number where it has none. */
import type { Section } from '../../text/description';

export interface NamedSection {
	kind: string;
	mid: string | null;
	/** From 1. */
	number: number;
}

export function named({ kind, mid, index }: Section): NamedSection {
	return { kind: /^[a-z]{1,12}$/.test(kind) ? kind : 'media', mid: mid ? mid.slice(0, 20) : null, number: index + 1 };
}
