/** Which ICE servers a visitor is offered, and under which addresses. Pure: the caller makes the credentials. */
import { formatIp, parseIp } from '../core/base/ip';
import type { IceServer } from '../core/ice/server';

export interface Credential {
	username: string;
	credential: string;
}

/** Gives the credential to every TURN server that has none. Servers with their own keep it. */
export function withCredential(servers: readonly IceServer[], { username, credential }: Credential): IceServer[] {
	return servers.map((server) => {
		const isTurn = server.urls.some((url) => /^turns?:/i.test(url));
		return isTurn && server.username === undefined && server.credential === undefined
			? { ...server, username, credential }
			: server;
	});
}

/** Where the embedded server can be reached, with the ports that it really has. */
export interface EmbeddedServer {
	/** The addresses it listens on, the preferred ones first. */
	addresses: readonly string[];
	/** Whether the operator named them: then all are meant for visitors. */
	named: boolean;
	port: number;
	/** A second port for STUN; null: none. Two ports are two observers of a NAT's mapping. */
	alternatePort: number | null;
	/** Null: no TLS that a browser would accept. `names`: hosts the certificate is good for, `*.example.org` too. */
	tls: { port: number; names: readonly string[] } | null;
	relays: boolean;
}

/**
 * The embedded server as ICE servers, under addresses that are right for the visitor who asked for `requestHost` (the
 * request's `host`, with or without a port; null when unknown).
 */
export function embeddedIceServers(embedded: EmbeddedServer, requestHost: string | null, fresh: Credential): IceServer[] {
	const { port, alternatePort, tls, relays } = embedded;
	const asked = hostOf(requestHost);
	const addresses = addressesFor(embedded, asked);
	const ports = alternatePort === null ? [port] : [port, alternatePort];
	const stun = addresses.flatMap((address) => ports.map((each) => `stun:${inUrl(address)}:${each}`));
	if (!relays) return [{ urls: stun }];
	// One address of a family is enough for relaying: the second one serves as another observer.
	const turn = FAMILIES.flatMap((family) => addresses.find((address) => familyOf(address) === family) ?? []).flatMap(
		(address) => [`turn:${inUrl(address)}:${port}?transport=udp`, `turn:${inUrl(address)}:${port}?transport=tcp`]
	);
	const name = tls && certifiedName(tls.names, asked);
	if (tls && name) turn.push(`turns:${inUrl(name)}:${tls.port}?transport=tcp`);
	return [{ urls: stun }, { urls: turn, ...fresh }];
}

const FAMILIES = ['ipv4', 'ipv6'] as const;
const familyOf = (address: string) => parseIp(address)?.family;

/**
 * All addresses that the operator named are offered; otherwise one family, the visitor's own: a server that a visitor without IPv6
 * cannot reach would look like a fault of the network.
 */
function addressesFor({ addresses, named }: EmbeddedServer, asked: string | null): readonly string[] {
	if (named) return addresses;
	const family = asked?.startsWith('[') ? 'ipv6' : 'ipv4';
	const own = addresses.filter((address) => familyOf(address) === family);
	return own.length > 0 ? own : addresses;
}

/** The visitor's own name for this host if the certificate has it, else the certificate's first complete one. */
export function certifiedName(names: readonly string[], asked: string | null): string | null {
	const matches = (name: string) =>
		name === asked || (name.startsWith('*.') && asked !== null && asked.replace(/^[^.]+/, '*') === name);
	return asked !== null && names.some(matches) ? asked : (names.find((name) => !name.startsWith('*')) ?? null);
}

/** The host of a `Host` header, or null when it is invalid: the text comes from outside. */
export function hostOf(header: string | null): string | null {
	const found = /^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)(:\d{1,5})?$/i.exec(header ?? '');
	return found ? found[1]!.toLowerCase() : null;
}

export function inUrl(address: string): string {
	const parsed = parseIp(address);
	return parsed?.family === 'ipv6' ? `[${formatIp(parsed)}]` : address;
}
