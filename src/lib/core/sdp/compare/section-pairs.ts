/** Which section of an answer belongs to which of its offer, where their order does not tell: by mid and kind (RFC 5888 §9, RFC 3264 §6). */
import type { Description, Section } from '../text/description';

export interface SectionPair {
	/** Null for one of the answer that answers nothing. */
	offered: Section | null;
	/** Null for one of the offer that has no answer. */
	answered: Section | null;
	by: 'mid' | 'kind' | null;
}

/** In the order of the offer, then what is left of the answer. */
export function pairSections(offer: Description, answer: Description): SectionPair[] {
	const free = new Set(answer.sections);
	const take = (wanted: (section: Section) => boolean): Section | null => {
		const found = [...free].find(wanted) ?? null;
		if (found) free.delete(found);
		return found;
	};
	const kindOf = ({ kind }: Section) => kind.toLowerCase();
	const mids = new Set(offer.sections.map(({ mid }) => mid));
	const byMid = offer.sections.map((offered) =>
		offered.mid === null ? null : take((section) => section.mid === offered.mid && kindOf(section) === kindOf(offered))
	);
	const pairs = offer.sections.map((offered, index): SectionPair => {
		const named = byMid[index];
		if (named) return { offered, answered: named, by: 'mid' };
		// A section that has the name of another answers that one.
		const alike = take((section) => kindOf(section) === kindOf(offered) && (section.mid === null || !mids.has(section.mid)));
		return { offered, answered: alike, by: alike && 'kind' };
	});
	return [...pairs, ...[...free].map((answered): SectionPair => ({ offered: null, answered, by: null }))];
}
