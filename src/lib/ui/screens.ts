/** The screens that exist, in the order of the navigation. A new screen is a route and a line here. */
import { words } from './words';

export interface Screen {
	href: string;
	name: string;
	title: string;
}

export const SCREENS: readonly Screen[] = [
	{ href: '/', name: words.nav.check, title: words.check.title },
	{ href: '/ice', name: words.nav.ice, title: words.ice.title }
];
