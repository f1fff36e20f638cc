import { json } from '@sveltejs/kit';
import { currentServices } from '$lib/server/services';
import type { RequestHandler } from './$types';

/** Ready once the embedded servers run. For process managers and tests. */
export const GET: RequestHandler = async () => {
	await currentServices();
	return json({ ok: true, version: __ICELENS_VERSION__ }, { headers: { 'cache-control': 'no-store' } });
};
