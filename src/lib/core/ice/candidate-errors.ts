/**
 * What the end of one server's gathering means: the browser's error, or its silence, explained from code, text, elapsed
 * time and browser by a table, first match wins. Each browser is believed as far as it was measured to be telling, and no
 * further: bad certificate and closed port look the same in all of them, and Firefox gives no text at all.
 */
import { isUnspecifiedIpv6, type ErrorFacts, type Explanation } from './error-facts';
import { ERROR_RULES } from './error-rules';

export type { ErrorFacts, ErrorRule, ExplainedState, Explanation } from './error-facts';
export { ERROR_RULES } from './error-rules';

export function explainError(observed: ErrorFacts): Explanation {
	const facts = openAttemptLeft(observed)
		? { ...observed, code: null, text: '', elapsedMs: observed.waitedMs ?? observed.elapsedMs }
		: observed;
	const rule = ERROR_RULES.find(({ when }) => when(facts))!;
	return {
		rule: rule.id,
		values: { ...rule.values(facts) },
		state: rule.state,
		nextStep: { rule: rule.nextStep, values: {} }
	};
}

/**
 * A browser tries each address family, and both of a name. Where the name has none of one family, that attempt fails at
 * once with a 701 of its own, in Firefox without text (measured in 153: 53 ms), while the other still waits. So a 701 of a
 * name before gathering was complete says nothing of the server: what counts is that the other attempt had no answer. Where
 * Chromium has named the family of a failed lookup the other one is a row of its own (verdict/check/server-facts), and over TCP it
 * raises one error an attempt (measured in 156).
 */
function openAttemptLeft(facts: ErrorFacts): boolean {
	const { code, hostKind, endedBy, elapsedMs, waitedMs = elapsedMs, text, candidates } = facts;
	if ((/host lookup/.test(text) && facts.address !== null) || (facts.transport !== 'udp' && (facts.events ?? 1) > 1))
		return false;
	const answered = candidates.includes('srflx') || candidates.includes('relay');
	const early = elapsedMs !== null && waitedMs !== null && elapsedMs < waitedMs / 2 && !/timed out/.test(text);
	return code === 701 && hostKind === 'name' && endedBy === 'deadline' && early && !answered;
}

/** One event, reduced to what telling needs. */
interface ErrorEvent {
	url: string;
	errorCode: number;
	errorText: string;
	address: string | null;
}

/**
 * The event that says most about `url`, null when there is none. A server's own answer says more than a 701; an event of
 * the URL itself more than one of the STUN server that Chromium makes of every TURN/UDP URL; and Chromium's complaints
 * about an address family that this device lacks (local address `[0:0:0:x…]`) say least.
 */
export function mostTelling<E extends ErrorEvent>(url: string, events: readonly E[]): E | null {
	const turn = /^\s*turns?:/i.test(url);
	const weight = (event: E) =>
		(event.errorCode !== 701 ? 4 : 0) +
		(turn && !/^turns?:/i.test(event.url) ? -8 : 0) +
		(isUnspecifiedIpv6(event.address) ? 0 : 2) +
		(/host lookup/.test(event.errorText) ? 0 : 1);
	return events.reduce<E | null>((best, event) => (best === null || weight(event) > weight(best) ? event : best), null);
}
