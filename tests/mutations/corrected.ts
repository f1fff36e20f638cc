/** What safe corrections make of every recorded change to an offer or an answer. */
import type { GivenDescription } from '../../src/lib/core/dump/recognised';
import { fixSafely } from '../../src/lib/core/inspection/fixes';
import type { LocatedFinding } from '../../src/lib/core/inspection/analysis';
import type { Refuser } from '../../src/lib/core/sdp/lint/rules/rule';
import { OFFERS } from './bases';
import { changesOf } from './exchange-operators';
import { readExchangeRefusals, RECORDED } from './exchange-refusals';
import type { ExchangeBase } from './exchanges';
import { mutationsOf } from './operators';
import { BROWSERS, readRefusals } from './refusals';

export interface Corrected {
	name: string;
	/** The offer, or the offer and the changed answer. */
	texts: GivenDescription[];
	after: GivenDescription[];
	fixed: LocatedFinding[];
	/** The changed description before the change. */
	base: string;
	/** The exchange that it is the last of; null for an offer alone. */
	exchange: ExchangeBase | null;
	/** The browsers that were asked about the change, and those of them that refused it. */
	asked: readonly Refuser[];
	refusedBy: readonly Refuser[];
}

const given = (text: string, role: 'offer' | 'answer'): GivenDescription => ({
	label: role,
	role,
	text,
	places: null,
	peer: null,
	local: null
});

type Change = Omit<Corrected, 'after' | 'fixed'>;

function corrected(change: Change): Corrected[] {
	const { given: after, fixed } = fixSafely(change.texts, {});
	return fixed.length === 0 ? [] : [{ ...change, after, fixed }];
}

export function correctedOffers(): Corrected[] {
	const texts = new Map<string, string>(
		Object.entries(OFFERS).flatMap(([base, whole]) =>
			mutationsOf(whole).map(({ line, operator, text }) => [`${base} ${line} ${operator}`, text] as const)
		)
	);
	return readRefusals().flatMap((row) => {
		const name = `${row.base} ${row.line} ${row.operator}`;
		return corrected({
			name,
			texts: [given(texts.get(name)!, 'offer')],
			base: OFFERS[row.base],
			exchange: null,
			asked: BROWSERS,
			refusedBy: BROWSERS.filter((browser) => row[browser] !== '')
		});
	});
}

/** Of so many one. */
export function correctedAnswers(every: number): Corrected[] {
	const said = new Map(readExchangeRefusals().map((row) => [`${row.base} ${row.operator}`, row.said]));
	return RECORDED.flatMap((exchange) => {
		const { offer, before, text: base, asked } = exchange;
		if (offer === null || before.length > 0) return [];
		const changes = changesOf(exchange).filter((_, index) => index % every === 0);
		return changes.flatMap(({ operator, text }) => {
			const name = `${exchange.name} ${operator}`;
			const refusedBy = said.get(name) === '' ? [] : [asked];
			return corrected({
				name,
				texts: [given(offer, 'offer'), given(text, 'answer')],
				base,
				exchange,
				asked: [asked],
				refusedBy
			});
		});
	});
}
