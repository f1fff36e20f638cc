/**
 * Who refuses a description for a finding of a rule at the severity that the rule usually has: the same in every case that was asked
 * (tests/mutations). A rule that is not here says it in its single findings, or nothing is known.
 */
import type { Refuser } from './rules/rule';

const CHROMIUM: readonly Refuser[] = ['chromium'];
const FIREFOX: readonly Refuser[] = ['firefox'];
const BOTH: readonly Refuser[] = ['chromium', 'firefox'];

export const MEASURED: Readonly<Record<string, readonly Refuser[]>> = {
	'connection-missing': FIREFOX,
	'direction-conflict': BOTH,
	'ice-restart-one-sided': FIREFOX,
	msid: CHROMIUM,
	'payload-type-rtcp-range': BOTH,
	'retransmission-target': CHROMIUM,
	'section-count': BOTH,
	'sections-removed': BOTH
};
