/**
 * The same as `conclude` for what this page observed of its own device: without the rules for recordings of other calls, for session
 * descriptions and for two devices, which nothing here needs. A page that checks loads half.
 */
import type { OwnObservation } from '../observations/observation';
import type { Limits } from '../plan/config';
import { concludeWith } from './conclude-with';
import type { Conclusions } from './conclusion';

export function concludeOwn(_limits: Limits, observations: readonly OwnObservation[]): Conclusions {
	return concludeWith({ elsewhere: null, pair: null }, observations);
}
