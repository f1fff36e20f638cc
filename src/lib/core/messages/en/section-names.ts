/** Sections of descriptions, in English. */
import { list } from '../../base/list';
import type { SectionValues } from '../../call/findings/finding-values';

export function sectionNames(sections: readonly SectionValues[]): string {
	return list(sections.map(({ kind, mid }) => (mid === null ? kind : `${kind} (mid ${mid})`)));
}
