/** Every rule that Icelens judges by, from its tables: those of the check, those of the SDP linter; then what messages, codes and words mean. */
import { ruleBook, type RuleSection } from '../../core/report/rule-book';
import { sdpRuleBook } from '../../core/report/sdp-rule-book';
import { explainedBy, meaningSections } from './meanings';

export interface ShownRule {
	id: string;
	/** Where a link leads: the id, with its section before it where an earlier table has the same id. */
	anchor: string;
	/** Short code, for SDP rules; empty for others. */
	code: string;
	title: string;
	/** What it concludes or how grave it is; null where it only explains. */
	says: string | null;
	cite: string;
	/** What it is given; null where all rules of its table are given the same. */
	reads: string | null;
	advice: string | null;
	good: string | null;
	bad: string | null;
	/** Lower case, for the search. */
	searched: string;
}

export interface ShownSection {
	id: string;
	title: string;
	intro: string;
	rules: ShownRule[];
}

const FAMILIES: readonly (readonly [prefix: string, id: string, title: string])[] = [
	['SYN', 'sdp-syntax', 'SDP: lines and session'],
	['BRW', 'sdp-browsers', 'SDP: what browsers refuse'],
	['PT', 'sdp-codecs', 'SDP: payload types and codecs'],
	['ICE', 'sdp-ice', 'SDP: ICE'],
	['DTLS', 'sdp-dtls', 'SDP: DTLS and keys'],
	['BND', 'sdp-bundle', 'SDP: BUNDLE and multiplexing'],
	['EXT', 'sdp-extensions', 'SDP: header extensions'],
	['OA', 'sdp-exchange', 'SDP: offer and answer'],
	['SRC', 'sdp-sources', 'SDP: sources'],
	['SIM', 'sdp-simulcast', 'SDP: simulcast'],
	['DC', 'sdp-data', 'SDP: data channels'],
	['X', 'sdp-advice', 'SDP: good to know']
];

const SCOPES = {
	single: 'Looks at one description.',
	pair: 'Looks at an offer with its answer.',
	rounds: 'Looks at one round against the one before.',
	set: 'Looks at a description that was set, beside the one that was created.'
} as const;

export function shownSections(): ShownSection[] {
	const sections: ShownSection[] = [];
	const book = sdpRuleBook();
	const sdp = FAMILIES.map(([prefix, id, title]) => ({
		id,
		title,
		intro: 'Applied by the SDP workbench and by `icelens lint-sdp`. All rules that match speak.',
		rules: book
			.filter(({ code }) => code.startsWith(`${prefix}-`))
			.map((rule) =>
				shown({
					id: rule.id,
					code: rule.code,
					title: rule.title,
					says: rule.severity,
					cite: rule.cite,
					reads: null,
					advice: `${rule.advice} ${SCOPES[rule.scope]}`,
					good: rule.good,
					bad: rule.bad
				})
			)
	})).filter(({ rules }) => rules.length > 0);
	const meanings = meaningSections().map(({ meanings: all, ...section }) => ({
		...section,
		rules: all.map(({ id, title, means, cite }) =>
			shown({ id, code: '', title, says: null, cite, reads: null, advice: means, good: null, bad: null })
		)
	}));
	const seen = new Set<string>();
	for (const section of [...ruleBook().map(fromBook), ...sdp, ...meanings]) sections.push(withAnchors(section, seen));
	return sections;
}

function withAnchors(section: ShownSection, seen: Set<string>): ShownSection {
	const rules = section.rules.map((rule) => {
		const anchor = seen.has(rule.id) ? `${section.id}-${rule.id}` : rule.id;
		seen.add(anchor);
		return { ...rule, anchor };
	});
	return { ...section, rules };
}

function fromBook({ id, title, intro, rules }: RuleSection): ShownSection {
	return {
		id,
		title,
		intro,
		rules: rules.map((rule) => shown({ ...rule, code: '', advice: null, good: null, bad: null }))
	};
}

function shown(rule: Omit<ShownRule, 'searched' | 'anchor'>): ShownRule {
	const searched = [rule.id, rule.code, rule.title, rule.says, rule.cite, rule.advice].join(' ').toLowerCase();
	return { ...rule, anchor: rule.id, searched };
}

/** Rules that hold every word of the query, in their sections; sections without any are left out. A message finds what explains it. */
export function search(sections: readonly ShownSection[], query: string): ShownSection[] {
	const words = query.toLowerCase().split(/\s+/).filter(Boolean);
	if (words.length === 0) return [...sections];
	const explained = explainedBy(query);
	return sections
		.map((section) => ({
			...section,
			rules: section.rules.filter(
				({ id, searched }) =>
					explained?.includes(id) || words.every((word) => searched.includes(word) || section.title.toLowerCase().includes(word))
			)
		}))
		.filter(({ rules }) => rules.length > 0);
}
