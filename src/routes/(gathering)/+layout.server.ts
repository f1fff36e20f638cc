import { visitorOf } from '$lib/server/http/visitor';
import { currentServices } from '$lib/server/services';
import type { LayoutServerLoad } from './$types';

/** The servers a screen that gathers starts with. Fresh credentials come with every load and on `invalidate('icelens:embedded')`. */
export const load: LayoutServerLoad = async (event) => {
	event.depends('icelens:embedded');
	event.setHeaders({ 'cache-control': 'no-store' });
	const services = await currentServices();
	// Untracked: moving from screen to screen is no reason for new credentials.
	const host = event.untrack(() => event.url.host);
	return { embedded: await services.iceServersFor(host, visitorOf(event).source) };
};
