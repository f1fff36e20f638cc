/**
 * Every judgement about any observations. Pure; the report's conclusions are only its cache. No rule reads a limit: how long was
 * waited stands in each observation.
 */
import type { Observation } from '../observations/observation';
import type { Limits } from '../plan/config';
import { importedFindings } from './call/imported-findings';
import { recordedCalls } from './call/recorded-calls';
import { ELSEWHERE_HEADLINE_RULES } from './check/elsewhere-headlines';
import { networkCheckFindings } from './check/network-check-rules';
import { reachFindings } from './check/reach-findings';
import { concludeWith, type Elsewhere } from './conclude-with';
import type { Conclusions } from './conclusion';
import { concludePair } from './pair/pair';

const ELSEWHERE: Elsewhere = {
	calls: recordedCalls,
	findings: (view) => [...importedFindings(view), ...networkCheckFindings(view), ...reachFindings(view)],
	headlines: ELSEWHERE_HEADLINE_RULES
};

export function conclude(_limits: Limits, observations: readonly Observation[]): Conclusions {
	return concludeWith({ elsewhere: ELSEWHERE, pair: concludePair }, observations);
}
