/** Which ICE servers a visitor is offered, and under which addresses. Pure: credentials are made by the caller. */
import { formatIp, parseIp, scopeOf } from '../core/base/ip';
import type { IceServer } from '../core/ice/server';

export interface Credential {
	username: string;
	credential: string;
}

/** Gives the credential to every TURN server that has none. Servers with their own keep it. */
export function withCredential(servers: readonly IceServer[], fresh: Credential): IceServer[] {
	return servers.map((server) => {
		const isTurn = server.urls.some((url) => /^turns?:/i.test(url));
		return isTurn && server.username === undefined && server.credential === undefined ? { ...server, ...fresh } : server;
	});
}

/** Where the embedded server can be reached. Ports as they are, after a taken one was passed over. */
export interface EmbeddedServer {
	/** The host's own public addresses if the operator named them, else empty. */
	addresses: readonly string[];
	/** The address the server listens on; null: on every interface. */
	boundTo: 'loopback' | string | null;
	port: number;
	/** A second port, where STUN answers too; null: none. Two ports are two observers of a NAT's mapping. */
	alternatePort: number | null;
	/** Null: no TLS that a browser would accept. */
	tlsPort: number | null;
	relays: boolean;
}

/**
 * The embedded server as ICE servers, under addresses that are right for the visitor who asked for `requestHost` (the
 * request's `host`, with or without a port; null when unknown).
 */
export function embeddedIceServers(embedded: EmbeddedServer, requestHost: string | null, fresh: Credential): IceServer[] {
	const { port, alternatePort, tlsPort } = embedded;
	const hosts = hostsFor(embedded, requestHost);
	const stun = hosts.flatMap((host) => [port, alternatePort].flatMap((each) => (each === null ? [] : [`stun:${host}:${each}`])));
	const servers: IceServer[] = [{ urls: stun }];
	// One address is enough to relay: the second is there to be another observer.
	const main = hosts[0]!;
	if (embedded.relays) {
		const turn = [`turn:${main}:${port}?transport=udp`, `turn:${main}:${port}?transport=tcp`];
		if (tlsPort !== null) turn.push(`turns:${main}:${tlsPort}?transport=tcp`);
		servers.push({ urls: turn, ...fresh });
	}
	return servers;
}

/** Host parts for URLs, IPv6 in brackets, the one for TURN first. */
function hostsFor(embedded: EmbeddedServer, requestHost: string | null): string[] {
	if (embedded.addresses.length > 0) return embedded.addresses.map(inUrl);
	const name = hostOf(requestHost);
	const asked = name === null ? null : parseIp(name);
	if (embedded.boundTo === 'loopback') return [asked?.family === 'ipv6' ? '[::1]' : '127.0.0.1'];
	if (embedded.boundTo !== null) return [inUrl(embedded.boundTo)];
	// On every interface: what brought the visitor to the app brings the browser to this server too.
	return [asked ? inUrl(formatIp(asked)) : (name ?? '127.0.0.1')];
}

/** The host of a `Host` header, or null when it is none: the text comes from outside. */
export function hostOf(header: string | null): string | null {
	const found = /^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)(:\d{1,5})?$/i.exec(header ?? '');
	return found ? found[1]!.toLowerCase() : null;
}

export function inUrl(address: string): string {
	const parsed = parseIp(address);
	return parsed?.family === 'ipv6' ? `[${formatIp(parsed)}]` : address;
}

/** True for the addresses and names that never leave this machine. */
export function isLoopback(host: string): boolean {
	const address = parseIp(host);
	return address ? scopeOf(address) === 'loopback' : /^localhost\.?$/i.test(host);
}
