import { json } from '@sveltejs/kit';
import { formatIp, parseIp, unmapIpv4 } from '$lib/core/base/ip';
import type { EchoAnswer } from '$lib/core/observations/app-answers';
import type { RequestHandler } from './$types';

/** The address this request came from: what the web sees of the visitor, to be held against what STUN sees. */
export const GET: RequestHandler = ({ getClientAddress }) => {
	const text = getClientAddress();
	const address = parseIp(text);
	// On a dual-stack socket an IPv4 client appears as ::ffff:a.b.c.d.
	const answer: EchoAnswer = { address: address ? formatIp(unmapIpv4(address)) : text };
	return json(answer, { headers: { 'cache-control': 'no-store' } });
};
