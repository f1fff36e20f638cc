/** The sentences of a report's conclusions in English. */
import type { LadderValues } from '../../recording/handshake';
import type { HeldValues, NodeReachValues } from '../../reach/reach-values';
import type { DiscoveryValues } from '../../nat/discovery-values';
import type { MissingCandidateValues } from '../../verdict/check/missing-candidate-values';
import type { ComparisonValues } from '../../verdict/comparison-values';
import { sayIn, type Messages } from '../messages';
import { ANSWERS } from './answers';
import { CALL_FINDINGS } from './call-findings';
import { CALL_QUALITY } from './call-quality';
import { CALL_STEPS } from './call-steps';
import { CALLS } from './calls';
import { ERRORS } from './errors';
import { FAILURES } from './failures';
import { FINDINGS } from './findings';
import { HEADLINE } from './headline';
import { LEFT_OUT } from './left-out';
import { LINES } from './access-lines';
import { MOS } from './mos';
import { NAT } from './nat';
import { NETWORK_CHECKS } from './network-checks';
import { NEXT_STEPS } from './next-steps';
import { PAGE_REACH } from './page-reach';
import { PAIR } from './pair';
import { PATHS } from './paths';
import { RECORDINGS } from './recordings';
import { SELECTED_PATH } from './selected-path';
import { LIST_FIXES, SERVER_LISTS } from './server-lists';
import { SERVERS } from './servers';
import { SERVER_STEPS } from './server-steps';
import { SKIPS } from './skips';
import { STEPS } from './steps';

export const CONCLUSIONS: Omit<
	Messages,
	| keyof ComparisonValues
	| keyof DiscoveryValues
	| Exclude<keyof NodeReachValues, keyof HeldValues>
	| keyof MissingCandidateValues
	| keyof LadderValues
> = {
	...HEADLINE,
	...FINDINGS,
	...NEXT_STEPS,
	...NETWORK_CHECKS,
	...PATHS,
	...PAIR,
	...ANSWERS,
	...CALLS,
	...CALL_QUALITY,
	...CALL_FINDINGS,
	...LEFT_OUT,
	...PAGE_REACH,
	...LINES,
	...MOS,
	...SELECTED_PATH,
	...NAT,
	...SERVERS,
	...ERRORS,
	...SERVER_STEPS,
	...SKIPS,
	...FAILURES,
	...STEPS,
	...SERVER_LISTS,
	...LIST_FIXES,
	...RECORDINGS,
	...CALL_STEPS
};

export const sentence = sayIn(CONCLUSIONS);
