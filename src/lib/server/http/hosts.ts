/**
 * Which names this app answers to. A page of another site can give its own name this machine's address (DNS rebinding) and is then
 * of one origin with the app, as far as its visitor's browser knows; what the browser sends as Host tells the two apart. An
 * address cannot be rebound, so addresses are always answered.
 */
import { hostname } from 'node:os';
import { parseIp } from '../../core/base/ip';
import { hostOf } from '../ice-servers';

/** `names`: lower case, `*.example.org` for every name below; returns whether a Host header may be answered. */
export function makeHostList(names: readonly string[]): (host: string | undefined) => boolean {
	const own = hostname().toLowerCase();
	const exact = new Set(['localhost', own, `${own}.local`, ...names.filter((name) => !name.startsWith('*.'))]);
	const below = ['.localhost', ...names.filter((name) => name.startsWith('*.')).map((name) => name.slice(1))];
	return (host) => {
		const name = hostOf(host ?? null);
		if (name === null) return false;
		return parseIp(name) !== null || exact.has(name) || below.some((end) => name.endsWith(end) && name.length > end.length);
	};
}
