/** What can be chosen for a call, and what it means. Pure. */
import type { IceServer } from '../../core/ice/server';
import { callPathName } from '../../core/messages/en/path-names';
import { callCost } from '../../core/plan/call-steps';
import type { Cost } from '../../core/plan/plan';
import { observersOf } from '../../core/plan/observers';
import type { LoopbackCall } from '../../core/observations/observation';
import { relayRoute, type CallRoute } from '../../probes/call/loopback-call-route';

/** `any`, `host`, `srflx`, or a TURN URL: what the path menu holds. */
export type PathChoice = string;

export interface PathOption {
	value: PathChoice;
	label: string;
	group: 'ice' | 'relay';
}

export interface Size {
	width: number;
	height: number;
}

export const SIZES: readonly Size[] = [
	{ width: 320, height: 180 },
	{ width: 640, height: 360 },
	{ width: 1280, height: 720 },
	{ width: 1920, height: 1080 }
];
export const FRAME_RATES: readonly number[] = [10, 15, 24, 30, 60];
/** null: no limit. */
export const CAPS_BPS: readonly (number | null)[] = [null, 100_000, 300_000, 500_000, 1_000_000, 2_500_000, 5_000_000];
/** Seconds; null: until stopped. */
export const DURATIONS_S: readonly (number | null)[] = [10, 30, 60, 300, null];
export const POLLS_MS: readonly number[] = [200, 500, 1000, 2000, 5000];

/** The cost of an endless call is given for this long. */
export const ENDLESS_S = 60;

/** The paths that these servers offer. */
export function pathOptions(servers: readonly IceServer[], names: Record<'any' | 'host' | 'srflx', string>): PathOption[] {
	const urls = servers.flatMap((server) => server.urls.map((url) => url.trim()));
	const options: PathOption[] = [
		{ value: 'any', label: names.any, group: 'ice' },
		{ value: 'host', label: names.host, group: 'ice' }
	];
	if (observersOf(urls).length > 0) options.push({ value: 'srflx', label: names.srflx, group: 'ice' });
	for (const url of new Set(urls)) if (/^turns?:/i.test(url)) options.push({ value: url, label: url, group: 'relay' });
	return options;
}

/** Null where the server of a chosen relay is no longer in the list. */
export function routeOf(choice: PathChoice, far: 'relay' | 'direct', servers: readonly IceServer[]): CallRoute | null {
	if (choice === 'any' || choice === 'host' || choice === 'srflx') {
		return { path: { kind: choice, url: null, transport: null, far: null }, servers: choice === 'host' ? [] : [...servers] };
	}
	const server = servers.find(({ urls }) => urls.some((url) => url.trim() === choice));
	if (!server) return null;
	const route = relayRoute(server, choice, far);
	// The far end learns its outside address from the other servers.
	return far === 'direct' ? { ...route, servers: [...route.servers, ...servers.filter((one) => one !== server)] } : route;
}

export function costOf(route: CallRoute | null, media: LoopbackCall['media'], seconds: number | null): Cost | null {
	return route ? callCost(route.path, media, seconds ?? ENDLESS_S) : null;
}

/** A path in a table: short, the host's name in it. */
export function shortPath(route: Pick<CallRoute, 'path'>, names: Record<'any' | 'host' | 'srflx', string>): string {
	const { kind } = route.path;
	return kind === 'relay' ? callPathName(route.path) : names[kind];
}
