/** How a call is confined to a path: what each end is configured with, and which candidates the other end is told. */
import type { IceServer } from '../../core/ice/server';
import type { CallPath, CandidateRecord } from '../../core/observations/observation';
import { observersOf } from '../../core/plan/observers';
import { formatEndpoint } from '../../core/base/ip';
import { parseIceUrl } from '../../core/stun/uri';

export type End = 'caller' | 'callee';

export interface CallRoute {
	path: CallPath;
	/** For a relay the one entry with its credentials; for the others the whole list. */
	servers: IceServer[];
}

/** `iceServers` of both ends hold only what the path needs, so that nothing else can even be gathered. */
export function configurationOf({ path, servers }: CallRoute, end: End): RTCConfiguration {
	if (path.kind === 'any') return { iceServers: servers };
	if (path.kind === 'host') return { iceServers: [] };
	const urls = servers.flatMap((server) => server.urls);
	if (path.kind === 'srflx') return { iceServers: observersOf(urls).slice(0, 2).map(asServer) };
	if (end === 'callee' && path.far === 'direct') return { iceServers: farObservers(path.url!, urls).map(asServer) };
	const url = (end === 'callee' && path.farUrl) || path.url!;
	const server = servers.find((one) => one.urls.includes(url));
	return { iceServers: [{ ...server, urls: url }], iceTransportPolicy: 'relay' };
}

/** Whether the other end may hear of this candidate of `end`. */
export function admits({ path }: CallRoute, end: End, type: CandidateRecord['type'] | null): boolean {
	if (path.kind === 'any' || type === null) return path.kind === 'any';
	if (path.kind === 'relay') return end === 'callee' && path.far === 'direct' ? type !== 'relay' : type === 'relay';
	return type === path.kind;
}

/** Who tells the callee its outside address, so that the relay lets its packets in: STUN servers, else the TURN server itself. */
function farObservers(turnUrl: string, urls: string[]): string[] {
	const parsed = parseIceUrl(turnUrl);
	const own = parsed.ok ? [parsed.value.port, 3478].map((port) => `stun:${formatEndpoint(parsed.value.host, port)}`) : [];
	return observersOf([...urls.filter((url) => url !== turnUrl), ...own]).slice(0, 2);
}

const asServer = (urls: string) => ({ urls });

/** The paths that a list of servers offers, each a call of its own: direct, then every TURN URL. */
export function routesOf(servers: readonly IceServer[]): CallRoute[] {
	const routes: CallRoute[] = [{ path: { kind: 'host', url: null, transport: null, far: null }, servers: [] }];
	if (observersOf(servers.flatMap(({ urls }) => urls)).length > 0) {
		routes.push({ path: { kind: 'srflx', url: null, transport: null, far: null }, servers: [...servers] });
	}
	for (const server of servers)
		for (const url of server.urls) if (/^turns?:/i.test(url.trim())) routes.push(relayRoute(server, url));
	return routes;
}

export function relayRoute(server: IceServer, url: string, far: 'relay' | 'direct' = 'relay'): CallRoute {
	const parsed = parseIceUrl(url);
	const transport = parsed.ok ? parsed.value.transport : 'udp';
	return { path: { kind: 'relay', url, transport, far }, servers: [{ ...server, urls: [url] }] };
}
