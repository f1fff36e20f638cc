/** The call that an outcome was concluded from: its recording, for charts and for the handshake. */
import type { Observation, PairCall } from '../../core/observations/observation';
import type { PairOutcome } from '../../core/report/report';

export function callAt(observations: readonly Observation[], { observation }: PairOutcome): PairCall | null {
	const found = observations[observation];
	return found?.probe === 'pair-call' && found.outcome.state === 'seen' ? found.outcome.data : null;
}
