/**
 * Who asks over HTTP. Behind a proxy the socket's address is the proxy's, and the visitor's stands in a header, which everybody
 * can write who is not behind that proxy: it is read only where the operator names it (ADDRESS_HEADER).
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { formatIp, parseIp, scopeOf, unmapIpv4 } from '../../core/base/ip';
import { sourceKey } from '../turn/limits';

export interface Visitor {
	/** In canonical form (RFC 5952); null where a proxy names none, or something else, or in a header that is not read. */
	address: string | null;
	/**
	 * What limits count by: an IPv4 address, an IPv6 /64, `unknown`. Null for a program on this machine that asks without a proxy:
	 * nobody outside can be that.
	 */
	source: string | null;
}

export interface VisitorSettings {
	/** Lower case; null: the socket's address is the visitor's. */
	addressHeader: string | null;
	/** Which address of X-Forwarded-For counts, from the right: how many proxies there are. */
	proxies: number;
}

/** Set by proxies: with any of them the request has come from elsewhere, whatever the socket says. */
const FORWARDING = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'x-client-ip', 'true-client-ip', 'cf-connecting-ip', 'via'];

export const isForwarded = (headers: IncomingHttpHeaders) => FORWARDING.some((name) => headers[name] !== undefined);

/** `socketAddress`: undefined when the connection has ended meanwhile. */
export function readVisitor(
	headers: IncomingHttpHeaders,
	socketAddress: string | undefined,
	{ addressHeader, proxies }: VisitorSettings
): Visitor {
	const header = addressHeader === null ? undefined : headers[addressHeader];
	if (header === undefined) {
		const address = canonical(socketAddress ?? '');
		const forwarded = isForwarded(headers);
		const local = address !== null && scopeOf(parseIp(address)!) === 'loopback';
		// The socket's address is the proxy's then, and stands for nobody.
		return { address: forwarded ? null : address, source: !local ? sourceOf(address) : forwarded ? 'a proxy here' : null };
	}
	const parts = [header].flat().join(',').split(',');
	const address = canonical((addressHeader === 'x-forwarded-for' ? parts.at(-proxies) : parts.at(-1)) ?? '');
	return { address, source: sourceOf(address) };
}

const sourceOf = (address: string | null) => (address === null ? 'unknown' : sourceKey(address));

/** On a socket for both families an IPv4 client appears as ::ffff:a.b.c.d. */
function canonical(text: string): string | null {
	const address = parseIp(text.trim());
	return address && formatIp(unmapIpv4(address));
}

const KEY = Symbol.for('icelens.visitor');

/** The http server tells the app by a property that no header can set. */
export function tellVisitor(request: IncomingMessage, visitor: Visitor): void {
	Object.assign(request, { [KEY]: visitor });
}

interface Asked {
	platform?: Readonly<{ req?: object }>;
	getClientAddress(): string;
}

/** Of a request that the app handles; the development server, which has no proxy before it, tells the address itself. */
export function visitorOf({ platform, getClientAddress }: Asked): Visitor {
	const told = (platform?.req as { [KEY]?: Visitor } | undefined)?.[KEY];
	return told ?? readVisitor({}, getClientAddress(), { addressHeader: null, proxies: 1 });
}
