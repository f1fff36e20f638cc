/**
 * The answers to the questions about a network: a table for each. A rule speaks only when the probes it needs were seen. Later evidence
 * may only make an answer more precise, so a rule that needs "all" or "none" of the servers waits until every listed server was
 * observed (`finished`).
 */
import type { AnswerTable } from '../answer-rule';
import { CALL_QUALITY_RULES } from '../call/call-quality';
import type { Question } from '../conclusion';
import { CALLS_RULES } from './calls-rules';
import { IPV6_RULES } from './ipv6-rules';
import { NEEDS_TURN_RULES } from './needs-turn-rules';
import { TURN_RULES } from './turn-rules';
import { UDP_RULES } from './udp-rules';

export const ANSWER_RULES: { readonly [Q in Question]: AnswerTable<Q> } = {
	'udp-usable': UDP_RULES,
	'ipv6-usable': IPV6_RULES,
	'turn-works': TURN_RULES,
	'needs-turn': NEEDS_TURN_RULES,
	'calls-will-work': CALLS_RULES,
	'call-quality': CALL_QUALITY_RULES
};
