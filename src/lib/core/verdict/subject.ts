/** What findings are about, and how it is written in a few letters. */
import type { Family } from '../base/ip';
import type { Subject } from './conclusion';

export const NETWORK: Subject = { kind: 'network', family: null };
/** The page itself, with the machine that it runs on. */
export const OWN_PAGE: Subject = { kind: 'page', url: null };
export const SERVER_LIST: Subject = { kind: 'server-list' };

export const inFamily = (family: Family): Subject => ({ kind: 'network', family });
export const atServer = (url: string): Subject => ({ kind: 'server', url });
/** Where a call went: the relay it was confined to, or this network. */
export const onPath = (url: string | null): Subject => (url === null ? NETWORK : atServer(url));

/** The server's URL, `network`, `ipv4`, `ipv6`, `page`, `list`, the connection's id, or `dump`. */
export function placeOf(subject: Subject): string {
	switch (subject.kind) {
		case 'server':
			return subject.url;
		case 'network':
			return subject.family ?? 'network';
		case 'connection':
			return subject.id ?? 'dump';
		case 'page':
			return subject.url ?? 'page';
		case 'server-list':
			return 'list';
	}
}
