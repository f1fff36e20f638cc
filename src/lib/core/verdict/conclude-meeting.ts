/** The same as `conclude` for what this page observed with another device: without the rules for recordings of other calls. */
import type { MeetingObservation } from '../observations/observation';
import type { Limits } from '../plan/config';
import { concludeWith } from './conclude-with';
import type { Conclusions } from './conclusion';
import { concludePair } from './pair/pair';

export function concludeMeeting(_limits: Limits, observations: readonly MeetingObservation[]): Conclusions {
	return concludeWith({ elsewhere: null, pair: concludePair }, observations);
}
