/** The rules of the SDP linter with their words and examples, for the screen of the rules and as a document: docs/sdp-rules.md. */
import { SDP_ENGLISH } from '../messages/en/sdp';
import { EXAMPLES } from '../sdp/lint/examples/all-examples';
import { ALL_RULES, type RuleEntry } from '../sdp/lint/rules/all-rules';
import { cleanExample, type RuleExample } from '../sdp/lint/rules/rule';

export type SdpRule = RuleEntry & RuleExample & { title: string; advice: string };

/** By code; examples as they are shown. */
export function sdpRuleBook(): SdpRule[] {
	return ALL_RULES.map((rule) => {
		const { good, bad } = EXAMPLES[rule.id];
		const { title, advice } = SDP_ENGLISH.rules[rule.id];
		return { ...rule, title, advice, good: cleanExample(good), bad: cleanExample(bad) };
	});
}

const SCOPES = {
	single: 'one description',
	pair: 'an offer with its answer',
	rounds: 'one round against the one before',
	set: 'a description that was set, beside the one that was created'
} as const;

/** Examples that are long on purpose are shown by their beginning. */
const MOST_LINES = 14;
const MOST_COLUMNS = 120;

/** A linter that calls working calls broken is not believed: what browsers do decides the severity. */
const DEPARTURES: readonly (readonly [code: string, why: string])[] = [
	[
		'SYN-02',
		'inside a media section a wrong order is a warning, since every parser in use reads c=, b= and a= there in any order.'
	],
	['BND-09', 'a=bundle-only with a port is a warning in an offer, where it only has no meaning; in an answer it is a problem.'],
	[
		'BND-16',
		'a bundled section may leave a=rtcp-mux to the first one (RFC 9143 §7.1.3), and is only warned of there, though both browsers refuse it.'
	],

	[
		'DTLS-11',
		'another a=setup in a bundled section is a warning: the value of the first section counts, and Firefox 153 answers so to sections added later.'
	],
	[
		'ICE-20',
		'a first offer may bring a transport for each section, for a peer that does not bundle; answers and later offers may not.'
	],
	[
		'OA-05',
		'a codec that was not offered is a warning, since browsers use only what both sides listed; OA-05b is the problem of having none in common.'
	],
	[
		'OA-17',
		'a copied a=setup and a copied a=bundle-only have rules of their own (DTLS-06, BND-09); this one is for the whole offer come back.'
	]
];

export function sdpRuleBookMarkdown(): string {
	const intro = [
		'# Rules of the SDP linter',
		'',
		'Made from the tables in `src/lib/core/sdp/lint`; a test holds them together. Do not edit.',
		'',
		`${ALL_RULES.length} rules. \`icelens lint-sdp\` applies them; each example is a test.`,
		''
	];
	const departures = [
		'## Where a rule is milder than its standard',
		'',
		...DEPARTURES.map(([code, why]) => `- ${code}: ${why}`),
		''
	];
	return `${[...intro, ...departures, ...sdpRuleBook().flatMap(entry)].join('\n')}`;
}

function entry(rule: SdpRule): string[] {
	const profiles = rule.profiles ? `, profiles ${rule.profiles.join(' and ')}` : '';
	return [
		`## ${rule.code} \`${rule.id}\``,
		'',
		`${rule.title}. Severity ${rule.severity}, looks at ${SCOPES[rule.scope]}${profiles}. ${rule.cite}.`,
		'',
		rule.advice,
		'',
		'Passes:',
		'',
		...block(rule.good),
		'Is reported:',
		'',
		...block(rule.bad)
	];
}

function block(example: string): string[] {
	const lines = example.split('\n').map((line) => (line.length > MOST_COLUMNS ? `${line.slice(0, MOST_COLUMNS)}…` : line));
	const shown = lines.length > MOST_LINES * 2 ? [...lines.slice(0, 3), `… ${lines.length - 3} more lines`] : lines;
	return ['```', ...shown, '```', ''];
}
