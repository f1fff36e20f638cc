/** The rules of the SDP linter as a document: docs/sdp-rules.md is this text. */
import { cleanExample } from './rule';
import { ALL_RULES, type RuleEntry } from './rules/all-rules';

const SCOPES = {
	single: 'one description',
	pair: 'an offer with its answer',
	rounds: 'one round against the one before'
} as const;

/** Examples that are long on purpose are shown by their beginning. */
const MOST_LINES = 14;
const MOST_COLUMNS = 120;

export function ruleDocs(): string {
	const intro = [
		'# Rules of the SDP linter',
		'',
		'Made from the tables in `src/lib/core/sdp/rules`; a test holds them together. Do not edit.',
		'',
		`${ALL_RULES.length} rules. \`icelens lint-sdp\` applies them; each example is a test.`,
		''
	];
	return `${[...intro, ...ALL_RULES.flatMap(entry)].join('\n')}`;
}

function entry(rule: RuleEntry): string[] {
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
	const lines = cleanExample(example)
		.split('\n')
		.map((line) => (line.length > MOST_COLUMNS ? `${line.slice(0, MOST_COLUMNS)}…` : line));
	const shown = lines.length > MOST_LINES * 2 ? [...lines.slice(0, 3), `… ${lines.length - 3} more lines`] : lines;
	return ['```', ...shown, '```', ''];
}
