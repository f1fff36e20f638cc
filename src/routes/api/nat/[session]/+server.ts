import { json } from '@sveltejs/kit';
import { currentServices } from '$lib/server/services';
import type { RequestHandler } from './$types';

/**
 * Waits for a session's result, which the prober has within seconds, and hands it out once. 202: the page is to check the
 * addresses in `check` too, and then to ask again.
 */
export const GET: RequestHandler = async ({ params }) => {
	const { prober } = await currentServices();
	const result = (await prober?.result(params.session)) ?? null;
	const headers = { 'cache-control': 'no-store' };
	return result
		? json(result, { status: 'check' in result ? 202 : 200, headers })
		: json({ why: 'There is no such session, or it has ended.' }, { status: 404, headers });
};
