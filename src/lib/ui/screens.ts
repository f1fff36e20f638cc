/** The screens that exist, in the order of the navigation. A new screen is a route and a line here. */
import { words } from './screen-words';

export interface Screen {
	href: string;
	name: string;
}

/** Its policy alone lets a page ask other origins (hooks.server.ts): it is entered and left by loading a page, not within one. */
export const OPEN_SCREEN = '/reach';

export const SCREENS: readonly Screen[] = [
	{ href: '/', name: words.nav.check },
	{ href: '/call', name: words.nav.call },
	{ href: '/meet', name: words.nav.meet },
	{ href: '/ice', name: words.nav.ice },
	{ href: '/reach', name: words.nav.reach },
	{ href: '/sdp', name: words.nav.sdp },
	{ href: '/stats', name: words.nav.stats },
	{ href: '/reports', name: words.nav.reports },
	{ href: '/rules', name: words.nav.rules }
];
