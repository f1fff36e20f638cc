/** `stun:`, `stuns:`, `turn:` and `turns:` addresses (RFC 7064, RFC 7065), read strictly and with the reason when refused. */
import { formatEndpoint, formatIp, parseIpv4, parseIpv6 } from '../base/ip';
import { fail, ok, type Result } from '../base/result';

export type IceScheme = 'stun' | 'stuns' | 'turn' | 'turns';

export interface IceUrl {
	scheme: IceScheme;
	/** Lower-case name, dotted quad or canonical IPv6; never with brackets. */
	host: string;
	hostKind: 'ipv4' | 'ipv6' | 'name';
	/** 1 to 65535. Without a port in the text: 3478, and 5349 for the secure schemes. */
	port: number;
	/** How the server is reached by the letter of the RFCs; the secure schemes are `tls`. */
	transport: 'udp' | 'tcp' | 'tls';
	/** Whether the text named the port. */
	explicitPort: boolean;
	/** What `?transport=` said, null without it. `turns:…?transport=udp` would be DTLS, which no browser speaks. */
	explicitTransport: 'udp' | 'tcp' | null;
}

const SCHEMES: readonly string[] = ['stun', 'stuns', 'turn', 'turns'];

export function defaultPort(scheme: IceScheme): number {
	return scheme === 'stun' || scheme === 'turn' ? 3478 : 5349;
}

/** Refusals carry one of the codes used below; the message quotes the part that is wrong and says what to write instead. */
export function parseIceUrl(text: string): Result<IceUrl> {
	if (text.trim() === '') return fail('empty', 'The address is empty. Write one such as stun:stun.example.org:3478.');
	const unprintable = findUnprintable(text);
	if (unprintable !== null) {
		return fail('character', `“${text.trim()}” contains ${unprintable}. An address has none: take it out.`);
	}
	const colon = text.indexOf(':');
	const scheme = (colon < 0 ? '' : text.slice(0, colon)).toLowerCase();
	if (!SCHEMES.includes(scheme)) return refuseScheme(text, scheme);
	const split = splitRest(scheme as IceScheme, text.slice(colon + 1));
	if (!split.ok) return split;
	const host = parseHost(scheme, split.value.host);
	if (!host.ok) return host;
	const port = parsePort(scheme as IceScheme, split.value.port);
	if (!port.ok) return port;
	const query = parseQuery(scheme as IceScheme, split.value.query, text);
	if (!query.ok) return query;
	return ok({
		scheme: scheme as IceScheme,
		...host.value,
		port: port.value,
		transport: scheme.endsWith('s') ? 'tls' : (query.value ?? 'udp'),
		explicitPort: split.value.port !== null,
		explicitTransport: query.value
	});
}

/** The shortest text that means the same: what the text did not say is not added. */
export function formatIceUrl(url: IceUrl): string {
	const host = url.hostKind === 'ipv6' ? `[${url.host}]` : url.host;
	const port = url.explicitPort || url.port !== defaultPort(url.scheme) ? `:${url.port}` : '';
	const spoken = url.explicitTransport ?? (url.scheme === 'turn' && url.transport === 'tcp' ? 'tcp' : null);
	const query = spoken !== null && url.scheme.startsWith('turn') ? `?transport=${spoken}` : '';
	return `${url.scheme}:${host}${port}${query}`;
}

/** Where the address leads, for people: `udp 203.0.113.7:3478`, `tls [2001:db8::1]:5349`. */
export function describeIceUrl(url: IceUrl): string {
	return `${url.transport} ${formatEndpoint(url.host, url.port)}`;
}

function findUnprintable(text: string): string | null {
	if (/\s/.test(text)) return 'a space or a line break';
	for (const character of text) if (character < ' ' || character === '\x7f') return 'a control character';
	return null;
}

function refuseScheme(text: string, scheme: string): Result<never> {
	if (/^[a-z][a-z0-9+-]*$/.test(scheme) && !/^\d+([?/]|$)/.test(text.slice(scheme.length + 1))) {
		const kind = /^(https?|wss?)$/.test(scheme) ? 'a web address, not a STUN or TURN server' : `of the kind “${scheme}:”`;
		return fail('scheme', `“${text}” is ${kind}. Use stun:, stuns:, turn: or turns: followed by the host.`);
	}
	return fail('no-scheme', `“${text}” does not say what kind of server it is. Write stun:${text} or turn:${text}.`);
}

interface Parts {
	host: string;
	port: string | null;
	query: string | null;
}

function splitRest(scheme: IceScheme, rest: string): Result<Parts> {
	if (rest.startsWith('//')) {
		return fail('slashes', `“${scheme}:${rest}” has slashes after the colon. Write ${scheme}:${rest.replace(/^\/+/, '')}.`);
	}
	const hash = rest.indexOf('#');
	if (hash >= 0) return fail('fragment', `“${rest.slice(hash)}” after the server means nothing here. Leave it out.`);
	const mark = rest.indexOf('?');
	const query = mark < 0 ? null : rest.slice(mark + 1);
	const place = mark < 0 ? rest : rest.slice(0, mark);
	const at = place.lastIndexOf('@');
	if (at >= 0) {
		// What stands before the @ may hold a password, so it is not repeated.
		const bare = `${scheme}:${place.slice(at + 1)}`;
		return fail(
			'user-info',
			`The address contains a user name before “@”. Write ${bare} and give username and credential apart.`
		);
	}
	const slash = place.indexOf('/');
	if (slash >= 0) {
		return fail(
			'path',
			`“${place.slice(slash)}” is a path, and STUN and TURN servers have none. Write ${scheme}:${place.slice(0, slash)}.`
		);
	}
	return splitHostAndPort(scheme, place, query);
}

function splitHostAndPort(scheme: IceScheme, place: string, query: string | null): Result<Parts> {
	if (place.startsWith('[')) {
		const close = place.indexOf(']');
		if (close < 0) return fail('host', `“${place}” opens a bracket and does not close it. Write ${scheme}:[2001:db8::1]:3478.`);
		const after = place.slice(close + 1);
		if (after !== '' && !after.startsWith(':')) {
			return fail('host', `“${after}” follows the bracket of “${place}”. Only a colon and the port may stand there.`);
		}
		return ok({ host: place.slice(0, close + 1), port: after === '' ? null : after.slice(1), query });
	}
	const colon = place.indexOf(':');
	if (colon < 0) return ok({ host: place, port: null, query });
	if (colon !== place.lastIndexOf(':')) {
		if (/^[0-9a-fA-F:.]+$/.test(place)) {
			return fail(
				'ipv6-brackets',
				`“${place}” is an IPv6 address without brackets. Write ${scheme}:[2001:db8::1] or ${scheme}:[2001:db8::1]:3478.`
			);
		}
		return fail('host', `“${place}” has more than one colon. Write one address per line, as ${scheme}:host:port.`);
	}
	return ok({ host: place.slice(0, colon), port: place.slice(colon + 1), query });
}

function parseHost(scheme: string, host: string): Result<Pick<IceUrl, 'host' | 'hostKind'>> {
	if (host === '') return fail('host-missing', `The address names no host after “${scheme}:”. Write ${scheme}:stun.example.org.`);
	if (host.startsWith('[')) {
		const inside = host.slice(1, -1);
		if (inside.includes('%')) {
			return fail('zone', `“${host}” names a network interface after “%”, which only this machine understands. Leave it out.`);
		}
		const bytes = parseIpv6(inside);
		if (!bytes) return fail('ipv6', `“${inside}” inside the brackets is not an IPv6 address. Write it as in [2001:db8::1].`);
		return ok({ host: formatIp({ family: 'ipv6', bytes }), hostKind: 'ipv6' });
	}
	if (parseIpv4(host)) return ok({ host, hostKind: 'ipv4' });
	// A last label of digits alone is an IPv4 address to every resolver, so a wrong one is not a name (WHATWG URL, host parsing).
	if (/(^|\.)\d+\.?$/.test(host)) return fail('ipv4', `“${host}” is not an IPv4 address. It needs four numbers from 0 to 255.`);
	if (/[^\0-\x7f]/.test(host)) {
		return fail('host', `“${host}” has letters outside ASCII. Write its punycode form, which starts with “xn--”.`);
	}
	const label = host
		.replace(/\.$/, '')
		.split('.')
		.find((part) => !/^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i.test(part));
	if (label !== undefined || host.length > 254) {
		const what = label === '' ? 'has two dots in a row or begins with one' : 'is not a host name';
		return fail('host', `“${host}” ${what}. Host names consist of letters, digits, hyphens and dots.`);
	}
	return ok({ host: host.toLowerCase(), hostKind: 'name' });
}

function parsePort(scheme: IceScheme, port: string | null): Result<number> {
	if (port === null) return ok(defaultPort(scheme));
	const usual = `Write a number from 1 to 65535, or leave the colon out for ${defaultPort(scheme)}.`;
	if (!/^\d+$/.test(port))
		return fail('port', port === '' ? `The colon is not followed by a port. ${usual}` : `“${port}” is not a port. ${usual}`);
	const value = Number(port);
	if (value < 1 || value > 65535) return fail('port', `Port ${port} does not exist. ${usual}`);
	return ok(value);
}

function parseQuery(scheme: IceScheme, query: string | null, text: string): Result<'udp' | 'tcp' | null> {
	if (query === null) return ok(null);
	const bare = text.slice(0, text.indexOf('?'));
	if (scheme === 'stun' || scheme === 'stuns') {
		return fail(
			'stun-transport',
			`“?${query}” is not allowed on ${scheme}: addresses, and browsers refuse the whole list. Write ${bare}.`
		);
	}
	const named = /^transport=(.*)$/i.exec(query);
	if (!named) return fail('query', `“?${query}” is not known. Only ?transport=udp or ?transport=tcp may follow.`);
	const transport = named[1]!.toLowerCase();
	if (transport === 'udp' || transport === 'tcp') return ok(transport);
	if (transport === 'tls' || transport === 'dtls') {
		const secure = bare.replace(/^turns?:/i, 'turns:');
		return fail(
			'transport',
			`“transport=${named[1]}” does not exist. Encryption is chosen by the scheme: write ${secure}?transport=tcp.`
		);
	}
	return fail('transport', `“transport=${named[1]}” is not a transport. Write ?transport=udp or ?transport=tcp.`);
}
