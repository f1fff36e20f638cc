import { json } from '@sveltejs/kit';
import type { IceServersAnswer } from '$lib/core/observations/app-answers';
import { currentServices } from '$lib/server/services';
import type { RequestHandler } from './$types';

/** What the page's own load gives, for the command line and for a page that has been open longer than its credentials live. */
export const GET: RequestHandler = async ({ url }) => {
	const services = await currentServices();
	const answer: IceServersAnswer = { iceServers: await services.iceServersFor(url.host), notes: [...services.notes] };
	return json(answer, { headers: { 'cache-control': 'no-store' } });
};
