/** Every rule, by what it looks at. The order within a family is the order of the documentation. */
import type { ProsePairRule, ProseRoundRule, ProseSingleRule } from './rule';
import type { PairRule, RoundRule, RuleInfo, RuleProse, Scope, SingleRule } from './rule';
import { ADVICE_RULES } from './advice';
import { BROWSER_LINE_RULES } from './browser-lines';
import { BROWSER_VALUE_RULES } from './browser-values';
import { CANDIDATE_PAIR_RULES, CANDIDATE_RULES } from './candidates';
import { ICE_CREDENTIAL_PAIR_RULES, ICE_CREDENTIAL_ROUND_RULES, ICE_CREDENTIAL_RULES } from './ice-credentials';
import { EXCHANGE_PAIR_RULES, EXCHANGE_ROUND_RULES, EXCHANGE_RULES } from './offer-answer';
import { PAYLOAD_TYPE_PAIR_RULES, PAYLOAD_TYPE_RULES } from './payload-types';
import { SOURCE_PAIR_RULES, SOURCE_RULES } from './sources';
import { SYNTAX_RULES } from './syntax';
import { FINGERPRINT_RULES, FINGERPRINT_PAIR_RULES } from './fingerprints';
import { DTLS_ROLE_RULES, DTLS_ROLE_PAIR_RULES, DTLS_ROLE_ROUND_RULES } from './dtls-roles';
import { MID_RULES } from './mids';
import { BUNDLE_RULES, BUNDLE_PAIR_RULES } from './bundle';
import { HEADER_EXTENSION_RULES, HEADER_EXTENSION_PAIR_RULES } from './header-extensions';

const FAMILIES = ['SYN', 'BRW', 'PT', 'ICE', 'DTLS', 'BND', 'EXT', 'OA', 'SRC', 'SIM', 'DC', 'X'];

export const SINGLE_RULES: readonly (SingleRule | ProseSingleRule)[] = [
	...SYNTAX_RULES,
	...BROWSER_LINE_RULES,
	...BROWSER_VALUE_RULES,
	...PAYLOAD_TYPE_RULES,
	...ICE_CREDENTIAL_RULES,
	...CANDIDATE_RULES,
	...FINGERPRINT_RULES,
	...DTLS_ROLE_RULES,
	...MID_RULES,
	...BUNDLE_RULES,
	...HEADER_EXTENSION_RULES,
	...EXCHANGE_RULES,
	...SOURCE_RULES,
	...ADVICE_RULES
];

export const PAIR_RULES: readonly (PairRule | ProsePairRule)[] = [
	...PAYLOAD_TYPE_PAIR_RULES,
	...ICE_CREDENTIAL_PAIR_RULES,
	...CANDIDATE_PAIR_RULES,
	...FINGERPRINT_PAIR_RULES,
	...DTLS_ROLE_PAIR_RULES,
	...BUNDLE_PAIR_RULES,
	...HEADER_EXTENSION_PAIR_RULES,
	...EXCHANGE_PAIR_RULES,
	...SOURCE_PAIR_RULES
];

export const ROUND_RULES: readonly (RoundRule | ProseRoundRule)[] = [
	...ICE_CREDENTIAL_ROUND_RULES,
	...DTLS_ROLE_ROUND_RULES,
	...EXCHANGE_ROUND_RULES
];

export interface RuleEntry extends RuleInfo, Partial<RuleProse> {
	scope: Scope;
}

/** All rules as documentation shows them, by code. */
export const ALL_RULES: readonly RuleEntry[] = [
	...SINGLE_RULES.map((rule): RuleEntry => ({ ...rule, scope: 'single' })),
	...PAIR_RULES.map((rule): RuleEntry => ({ ...rule, scope: 'pair' })),
	...ROUND_RULES.map((rule): RuleEntry => ({ ...rule, scope: 'rounds' }))
].sort((a, b) => familyRank(a.code) - familyRank(b.code) || a.code.localeCompare(b.code, 'en', { numeric: true }));

function familyRank(code: string): number {
	return FAMILIES.indexOf(code.split('-')[0]!);
}
