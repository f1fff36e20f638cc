import { json } from '@sveltejs/kit';
import { visitorOf } from '$lib/server/http/visitor';
import { currentServices } from '$lib/server/services';
import type { RequestHandler } from './$types';

/**
 * What the page's own load gives, for the command line; with `?for=load-test` credentials that may relay more. Not for pages of
 * other sites, which would use up what their visitors may ask for.
 */
export const GET: RequestHandler = async (event) => {
	const { request, url } = event;
	const headers = { 'cache-control': 'no-store' };
	if (/^(cross|same)-site$/.test(request.headers.get('sec-fetch-site') ?? ''))
		return json({ iceServers: [], notes: ['Only this app’s own page may ask for this.'] }, { status: 403, headers });
	const services = await currentServices();
	const purpose = url.searchParams.get('for') === 'load-test' ? 'load-test' : 'check';
	return json(await services.iceServersFor(url.host, visitorOf(event).source, purpose), { headers });
};
