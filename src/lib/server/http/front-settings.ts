/** What the operator's settings say about who may ask for this app, and how. */
import { namesOf } from '../embedded';
import { hostOf } from '../ice-servers';
import type { Settings } from '../settings';
import type { FrontSettings } from './front';

export const PROXY_UNREAD =
	'ORIGIN is set, so a proxy stands before this app, and ADDRESS_HEADER is not: all visitors share the limits of one, and their addresses are not known. Set ADDRESS_HEADER=x-forwarded-for if the proxy writes that header.';

export function frontSettingsOf({ host, hosts, origin, tlsCert, addressHeader, proxies }: Settings): Omit<FrontSettings, 'warn'> {
	const named = [host, origin === null ? '' : new URL(origin).host].flatMap((each) => hostOf(each) ?? []);
	return {
		hosts: [...hosts, ...named, ...(tlsCert === null ? [] : namesOf(tlsCert))],
		https: origin?.startsWith('https:') ?? false,
		addressHeader,
		proxies
	};
}
