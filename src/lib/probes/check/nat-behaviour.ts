/** How the NAT maps one local socket towards several observers (RFC 5780 §4.3, as far as a browser can). */
import type { NatMapping, Outcome } from '../../core/observations/observation';
import { gather } from './gathering';
import { refusal } from '../refusal';

/**
 * One connection that asks all `observers`, each of which answered alone before. Waits for `complete`, the only probe that
 * does: equal answers give one candidate only, so that the browser is done without an error is the proof that each answered.
 */
export async function askObservers(
	observers: readonly string[],
	options: { deadlineMs: number; signal: AbortSignal }
): Promise<Outcome<NatMapping>> {
	try {
		const gathered = await gather({ iceServers: observers.map((urls) => ({ urls })) }, options);
		return { state: 'seen', data: { observers: [...observers], ...gathered } };
	} catch (error) {
		return refusal(error);
	}
}
