/**
 * `icelens/sdp`: session descriptions read, judged, explained and compared, as the app and the command line do it. Pure: no DOM, no
 * Node, no network, no other package.
 */
export { readDescription } from '../lib/core/sdp/text/description';
export type { Codec, Description, Direction, Role, Section } from '../lib/core/sdp/text/description';
export { lintRounds, lintSet, lintSingle } from '../lib/core/sdp/lint/lint';
export type { LintOptions } from '../lib/core/sdp/lint/lint';
export { guessProfile } from '../lib/core/sdp/lint/profile-guess';
export { ALL_RULES } from '../lib/core/sdp/lint/rules/all-rules';
export type { RuleEntry } from '../lib/core/sdp/lint/rules/all-rules';
export type { Finding, Profile, Round } from '../lib/core/sdp/lint/rules/rule';
export { fixOf } from '../lib/core/sdp/lint/fixes/all-fixes';
export { applyFixes } from '../lib/core/sdp/lint/fixes/apply';
export type { FixedText } from '../lib/core/sdp/lint/fixes/apply';
export type { Fix, LineEdit } from '../lib/core/sdp/lint/fixes/fix';
export type { SdpRuleId, SdpValues } from '../lib/core/sdp/lint/values/sdp-values';
export { annotate } from '../lib/core/sdp/explain/annotate';
export type { Annotation } from '../lib/core/sdp/explain/annotate';
export { diffDescriptions } from '../lib/core/sdp/compare/diff';
export type { SdpDiff } from '../lib/core/sdp/compare/diff';
export type { Difference } from '../lib/core/sdp/compare/difference';
export { classifyMunging } from '../lib/core/sdp/compare/munging';
export type { Munging } from '../lib/core/sdp/compare/munging';
export { decodeBrowserError } from '../lib/core/sdp/errors/decode';
export type { DecodedError } from '../lib/core/sdp/errors/decode';
export { SDP_ENGLISH, told } from '../lib/core/messages/en/sdp';
export { wordsOf } from '../lib/core/messages/sdp-language';
export type { FindingWords, SdpLanguage } from '../lib/core/messages/sdp-language';
