import { currentServices } from '$lib/server/services';
import type { LayoutServerLoad } from './$types';

/** The servers a page starts with. Fresh credentials come with every load and on `invalidate('icelens:embedded')`. */
export const load: LayoutServerLoad = async ({ url, setHeaders, depends, untrack }) => {
	depends('icelens:embedded');
	setHeaders({ 'cache-control': 'no-store' });
	const services = await currentServices();
	// Untracked: moving from screen to screen is no reason for new credentials.
	const host = untrack(() => url.host);
	return {
		embedded: { iceServers: await services.iceServersFor(host), notes: [...services.notes] },
		version: __ICELENS_VERSION__
	};
};
