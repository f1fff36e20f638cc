/** Findings about session descriptions in English. */
import type { Finding, Refuser } from '../../sdp/lint/rules/rule';
import type { RuleEntry } from '../../sdp/lint/rules/all-rules';
import type { SdpRuleId } from '../../sdp/lint/values/sdp-values';
import { wordsOf, type FindingWords, type SdpLanguage } from '../sdp-language';
import { SDP_ICE } from './sdp-ice';
import { SDP_DTLS } from './sdp-dtls';
import { SDP_BUNDLE } from './sdp-bundle';
import { SDP_SOURCES } from './sdp-sources';
import { SDP_PAYLOAD_TYPES } from './sdp-payload-types';
import { SDP_EXCHANGE } from './sdp-exchange';
import { SDP_ADVICE } from './sdp-advice';

const BROWSERS: Readonly<Record<Refuser, string>> = { chromium: 'Chromium', firefox: 'Firefox' };

export const SDP_ENGLISH: SdpLanguage = {
	rules: { ...SDP_ADVICE, ...SDP_EXCHANGE, ...SDP_PAYLOAD_TYPES, ...SDP_SOURCES, ...SDP_BUNDLE, ...SDP_DTLS, ...SDP_ICE },
	refused: (by) => `${by.map((each) => BROWSERS[each]).join(' and ')} ${by.length === 1 ? 'refuses' : 'refuse'} it.`,
	more: (findings) => `(${findings} more like this.)`
};

/** What a rule is called, and what to do about what it finds. */
export function ruleWords(rule: RuleEntry): { title: string; advice: string } {
	const words = Object.hasOwn(SDP_ENGLISH.rules, rule.id) ? SDP_ENGLISH.rules[rule.id as SdpRuleId] : rule;
	return { title: words.title!, advice: words.advice! };
}

/** A finding with its sentence and what to do. */
export function told<F extends Finding>(finding: F): F & FindingWords {
	return { ...finding, ...wordsOf(SDP_ENGLISH, finding) };
}
