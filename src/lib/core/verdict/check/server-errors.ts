/** Why nothing came from a server: its gathering reduced to what the table of explanations (ice/candidate-errors) asks for. */
import type { Said } from '../../base/said';
import { explainError, mostTelling } from '../../ice/candidate-errors';
import type { IceScheme } from '../../stun/uri';
import type { ServerError, ServerState } from '../conclusion';
import type { ServerFacts } from './server-facts';

export interface Explained {
	state: ServerState;
	explanation: Said;
	error: ServerError;
}

export function explainServer(facts: ServerFacts): Explained {
	const event = mostTelling(facts.url, facts.errors);
	const gathered = facts.gathered;
	const waitedMs = gathered?.completeMs ?? facts.tookMs;
	const elapsedMs = event?.atMs ?? waitedMs;
	const { rule, values, state, nextStep } = explainError({
		...placeOf(facts),
		transport: facts.transport,
		engine: gathered?.engine ?? 'unknown',
		code: event?.errorCode ?? null,
		text: event?.errorText ?? '',
		events: facts.errors.length,
		elapsedMs,
		waitedMs,
		endedBy: gathered?.endedBy ?? 'deadline',
		candidates: [
			...new Set([...(gathered?.candidates ?? []).map((c) => c.type), ...(facts.relays.length > 0 ? ['relay' as const] : [])])
		],
		address: event?.address ?? null,
		familyHere: facts.familyHere,
		notFoundIn: facts.notFoundIn,
		noErrorEvents: gathered?.noErrorEvents ?? false,
		endsUntold: facts.endsUntold,
		usesLoopback: facts.usesLoopback,
		agreementUntold: facts.agreementUntold,
		expiredForMs: gathered?.credentialExpiredForMs ?? null
	});
	const explanation = { rule, values };
	const error = { rule, code: event?.errorCode ?? null, text: event?.errorText ?? '', elapsedMs, explanation, nextStep };
	return { state, explanation, error };
}

/** A URL that could not be read is named as it stands; the browser's refusal has been judged before this. */
function placeOf(facts: ServerFacts): { scheme: IceScheme; host: string; hostKind: 'ipv4' | 'ipv6' | 'name'; port: number } {
	const { place } = facts;
	return place ?? { scheme: facts.kind, host: facts.url, hostKind: 'name', port: 3478 };
}
