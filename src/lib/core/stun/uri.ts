/** `stun:`, `stuns:`, `turn:` and `turns:` addresses (RFC 7064, RFC 7065), read strictly and with the reason when refused. */
import { formatEndpoint, formatIp, parseIpv4, parseIpv6 } from '../base/ip';
import { ok, type Result } from '../base/result';
import type { UrlFault } from './uri-fault';

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

type Read<T> = Result<T, UrlFault>;

function refuse(fault: UrlFault): { ok: false; error: UrlFault } {
	return { ok: false, error: fault };
}

export function parseIceUrl(text: string): Read<IceUrl> {
	if (text.trim() === '') return refuse({ code: 'empty' });
	const character = findUnprintable(text);
	if (character !== null) return refuse({ code: 'character', address: text.trim(), character });
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

function findUnprintable(text: string): 'space' | 'control' | null {
	if (/\s/.test(text)) return 'space';
	for (const character of text) if (character < ' ' || character === '\x7f') return 'control';
	return null;
}

function refuseScheme(address: string, scheme: string) {
	if (/^[a-z][a-z0-9+-]*$/.test(scheme) && !/^\d+([?/]|$)/.test(address.slice(scheme.length + 1)))
		return refuse({ code: 'scheme', address, scheme });
	return refuse({ code: 'no-scheme', address });
}

interface Parts {
	host: string;
	port: string | null;
	query: string | null;
}

function splitRest(scheme: IceScheme, rest: string): Read<Parts> {
	if (rest.startsWith('//')) {
		return refuse({ code: 'slashes', address: `${scheme}:${rest}`, instead: `${scheme}:${rest.replace(/^\/+/, '')}` });
	}
	const hash = rest.indexOf('#');
	if (hash >= 0) return refuse({ code: 'fragment', fragment: rest.slice(hash) });
	const mark = rest.indexOf('?');
	const query = mark < 0 ? null : rest.slice(mark + 1);
	const place = mark < 0 ? rest : rest.slice(0, mark);
	const at = place.lastIndexOf('@');
	if (at >= 0) return refuse({ code: 'user-info', instead: `${scheme}:${place.slice(at + 1)}` });
	const slash = place.indexOf('/');
	if (slash >= 0) return refuse({ code: 'path', path: place.slice(slash), instead: `${scheme}:${place.slice(0, slash)}` });
	return splitHostAndPort(scheme, place, query);
}

function splitHostAndPort(scheme: IceScheme, place: string, query: string | null): Read<Parts> {
	if (place.startsWith('[')) {
		const close = place.indexOf(']');
		if (close < 0) return refuse({ code: 'host', reason: 'bracket-not-closed', scheme, host: place });
		const after = place.slice(close + 1);
		if (after !== '' && !after.startsWith(':'))
			return refuse({ code: 'host', reason: 'text-after-bracket', host: place, text: after });
		return ok({ host: place.slice(0, close + 1), port: after === '' ? null : after.slice(1), query });
	}
	const colon = place.indexOf(':');
	if (colon < 0) return ok({ host: place, port: null, query });
	if (colon !== place.lastIndexOf(':')) {
		if (/^[0-9a-fA-F:.]+$/.test(place)) return refuse({ code: 'ipv6-brackets', scheme, host: place });
		return refuse({ code: 'host', reason: 'several-colons', scheme, host: place });
	}
	return ok({ host: place.slice(0, colon), port: place.slice(colon + 1), query });
}

function parseHost(scheme: string, host: string): Read<Pick<IceUrl, 'host' | 'hostKind'>> {
	if (host === '') return refuse({ code: 'host-missing', scheme });
	if (host.startsWith('[')) {
		const inside = host.slice(1, -1);
		if (inside.includes('%')) return refuse({ code: 'zone', host });
		const bytes = parseIpv6(inside);
		if (!bytes) return refuse({ code: 'ipv6', host: inside });
		return ok({ host: formatIp({ family: 'ipv6', bytes }), hostKind: 'ipv6' });
	}
	if (parseIpv4(host)) return ok({ host, hostKind: 'ipv4' });
	// A last label of digits alone is an IPv4 address to every resolver, so a wrong one is not a name (WHATWG URL, host parsing).
	if (/(^|\.)\d+\.?$/.test(host)) return refuse({ code: 'ipv4', host });
	if (/[^\0-\x7f]/.test(host)) return refuse({ code: 'host', reason: 'not-ascii', host });
	const label = host
		.replace(/\.$/, '')
		.split('.')
		.find((part) => !/^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i.test(part));
	if (label !== undefined || host.length > 254)
		return refuse({ code: 'host', reason: label === '' ? 'empty-label' : 'not-a-name', host });
	return ok({ host: host.toLowerCase(), hostKind: 'name' });
}

function parsePort(scheme: IceScheme, port: string | null): Read<number> {
	const usual = defaultPort(scheme);
	if (port === null) return ok(usual);
	if (!/^\d+$/.test(port))
		return refuse({ code: 'port', reason: port === '' ? 'missing' : 'not-a-number', port, defaultPort: usual });
	const value = Number(port);
	if (value < 1 || value > 65535) return refuse({ code: 'port', reason: 'out-of-range', port, defaultPort: usual });
	return ok(value);
}

function parseQuery(scheme: IceScheme, query: string | null, text: string): Read<'udp' | 'tcp' | null> {
	if (query === null) return ok(null);
	const bare = text.slice(0, text.indexOf('?'));
	if (scheme === 'stun' || scheme === 'stuns') return refuse({ code: 'stun-transport', scheme, query, instead: bare });
	const named = /^transport=(.*)$/i.exec(query);
	if (!named) return refuse({ code: 'query', query });
	const transport = named[1]!;
	const known = transport.toLowerCase();
	if (known === 'udp' || known === 'tcp') return ok(known);
	// Encryption is chosen by the scheme (RFC 7065 §3.1).
	const secure = known === 'tls' || known === 'dtls' ? `${bare.replace(/^turns?:/i, 'turns:')}?transport=tcp` : null;
	return refuse({ code: 'transport', transport, instead: secure });
}
