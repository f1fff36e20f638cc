/** Every rule, by what it looks at. The order within a family is the order of the documentation. */
import { ADVICE_RULES } from './advice';
import { ANSWERED_CODEC_RULES, ANSWERED_CODEC_PAIR_RULES } from './answered-codecs';
import { ANSWERED_SECTION_RULES, ANSWERED_SECTION_PAIR_RULES } from './answered-sections';
import { ATTRIBUTE_RULES } from './attributes';
import { BROWSER_LINE_RULES } from './browser-lines';
import { BROWSER_SECTION_RULES } from './browser-sections';
import { BROWSER_VALUE_RULES } from './browser-values';
import { BUNDLE_RULES, BUNDLE_PAIR_RULES } from './bundle';
import { ANSWER_PAIR_RULES, BUNDLE_ROUND_RULES } from './bundle-rounds';
import { CANDIDATE_PAIR_RULES, CANDIDATE_RULES } from './candidates';
import { CODEC_AGREEMENT_RULES } from './codec-agreement';
import { CODEC_PARAMETER_RULES } from './codec-parameters';
import { CODEC_RULES, CODEC_PAIR_RULES } from './codecs';
import { DATA_CHANNEL_RULES, DATA_CHANNEL_PAIR_RULES } from './data-channels';
import { DTLS_ROLE_RULES, DTLS_ROLE_PAIR_RULES, DTLS_ROLE_ROUND_RULES } from './dtls-roles';
import { EXCHANGE_LATER_RULES } from './exchange-rounds';
import { FINGERPRINT_RULES, FINGERPRINT_PAIR_RULES } from './fingerprints';
import { HEADER_EXTENSION_RULES, HEADER_EXTENSION_PAIR_RULES } from './header-extensions';
import { ICE_CREDENTIAL_PAIR_RULES, ICE_CREDENTIAL_ROUND_RULES, ICE_CREDENTIAL_RULES } from './ice-credentials';
import { LINE_RULES } from './lines';
import { MID_RULES } from './mids';
import { MUNGING_RULES } from './munging';
import { PAYLOAD_TYPE_RULES } from './payload-types';
import { EXCHANGE_ROUND_RULES } from './rounds';
import type { PairRule, RoundRule, RuleInfo, Scope, SetRule, SingleRule } from './rule';
import { SESSION_LINE_RULES } from './session-lines';
import { SIMULCAST_RULES, SIMULCAST_PAIR_RULES } from './simulcast';
import { SOURCE_RULES } from './sources';

const FAMILIES = ['SYN', 'BRW', 'PT', 'ICE', 'DTLS', 'BND', 'EXT', 'OA', 'SRC', 'SIM', 'DC', 'X'];

export const SINGLE_RULES: readonly SingleRule[] = [
	...SESSION_LINE_RULES,
	...LINE_RULES,
	...ATTRIBUTE_RULES,
	...BROWSER_LINE_RULES,
	...BROWSER_VALUE_RULES,
	...BROWSER_SECTION_RULES,
	...PAYLOAD_TYPE_RULES,
	...CODEC_RULES,
	...CODEC_PARAMETER_RULES,
	...ICE_CREDENTIAL_RULES,
	...CANDIDATE_RULES,
	...FINGERPRINT_RULES,
	...DTLS_ROLE_RULES,
	...MID_RULES,
	...BUNDLE_RULES,
	...HEADER_EXTENSION_RULES,
	...ANSWERED_SECTION_RULES,
	...ANSWERED_CODEC_RULES,
	...SOURCE_RULES,
	...SIMULCAST_RULES,
	...DATA_CHANNEL_RULES,
	...ADVICE_RULES
];

export const PAIR_RULES: readonly PairRule[] = [
	...CODEC_PAIR_RULES,
	...CODEC_AGREEMENT_RULES,
	...ICE_CREDENTIAL_PAIR_RULES,
	...CANDIDATE_PAIR_RULES,
	...FINGERPRINT_PAIR_RULES,
	...DTLS_ROLE_PAIR_RULES,
	...BUNDLE_PAIR_RULES,
	...ANSWER_PAIR_RULES,
	...HEADER_EXTENSION_PAIR_RULES,
	...ANSWERED_SECTION_PAIR_RULES,
	...ANSWERED_CODEC_PAIR_RULES,
	...SIMULCAST_PAIR_RULES,
	...DATA_CHANNEL_PAIR_RULES
];

export const ROUND_RULES: readonly RoundRule[] = [
	...ICE_CREDENTIAL_ROUND_RULES,
	...DTLS_ROLE_ROUND_RULES,
	...EXCHANGE_ROUND_RULES,
	...EXCHANGE_LATER_RULES,
	...BUNDLE_ROUND_RULES
];

export const SET_RULES: readonly SetRule[] = MUNGING_RULES;

export interface RuleEntry extends RuleInfo {
	scope: Scope;
}

/** All rules as documentation shows them, by code. */
export const ALL_RULES: readonly RuleEntry[] = [
	...SINGLE_RULES.map((rule): RuleEntry => ({ ...rule, scope: 'single' })),
	...PAIR_RULES.map((rule): RuleEntry => ({ ...rule, scope: 'pair' })),
	...ROUND_RULES.map((rule): RuleEntry => ({ ...rule, scope: 'rounds' })),
	...SET_RULES.map((rule): RuleEntry => ({ ...rule, scope: 'set' }))
].sort((a, b) => familyRank(a.code) - familyRank(b.code) || a.code.localeCompare(b.code, 'en', { numeric: true }));

function familyRank(code: string): number {
	return FAMILIES.indexOf(code.split('-')[0]!);
}
