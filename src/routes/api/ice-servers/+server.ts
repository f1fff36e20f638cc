import { json } from '@sveltejs/kit';
import { currentServices } from '$lib/server/services';
import type { RequestHandler } from './$types';

/** What the page's own load gives, for the command line and for a page that has been open longer than its credentials live. */
export const GET: RequestHandler = async ({ url }) => {
	const services = await currentServices();
	return json(
		{ iceServers: await services.iceServersFor(url.host), notes: services.notes },
		{ headers: { 'cache-control': 'no-store' } }
	);
};
