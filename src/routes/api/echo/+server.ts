import { json } from '@sveltejs/kit';
import type { EchoAnswer } from '$lib/core/observations/app-answers';
import { visitorOf } from '$lib/server/http/visitor';
import type { RequestHandler } from './$types';

/** The address this request came from: what the web sees of the visitor, to be held against what STUN sees. */
export const GET: RequestHandler = (event) => {
	// Behind a proxy that names none it is not known, and no address of the proxy's stands in for it.
	const answer: EchoAnswer = { address: visitorOf(event).address ?? 'unknown' };
	return json(answer, { headers: { 'cache-control': 'no-store' } });
};
