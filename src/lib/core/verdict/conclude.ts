/**
 * Every judgement about any observations. Pure; the report's conclusions are only its cache. No rule reads a limit: how long was
 * waited stands in each observation.
 */
import type { Observation } from '../observations/observation';
import type { Limits } from '../plan/config';
import { importedFindings } from './call/imported-findings';
import { concludeWith } from './conclude-with';
import type { Conclusions } from './conclusion';
import { concludePair } from './pair/pair';

export function conclude(_limits: Limits, observations: readonly Observation[]): Conclusions {
	return concludeWith({ elsewhere: importedFindings, pair: concludePair }, observations);
}
