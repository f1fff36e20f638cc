/** What a check is asked to do. Lives in memory; only `withoutSecrets` of it enters a report, a link or a log. */

import { withoutUserInfo } from '../base/secrets';
import type { IceServer, ListedServer } from '../ice/server';
import type { Limits } from './plan-shapes';

export type { IceServer } from '../ice/server';
export type { Limits } from './plan-shapes';

/** `quick` leaves out the relay-to-relay runs across servers and the second, later look at the NAT's mapping. */
export type Profile = 'quick' | 'full';

export const DEFAULT_LIMITS: Limits = { deadlineMs: 5000, staggerMs: 40, relayBytes: 16384 };

export interface CheckConfig {
	iceServers: IceServer[];
	profile: Profile;
	limits: Limits;
	/** Ask for the microphone, so that host addresses become visible. Off unless the user asks for it. */
	mediaPermission: boolean;
	/** Send packets from this device to its own public address. Off unless the user asks: some firewalls take it for an attack. */
	hairpin?: boolean;
	/** Firefox was told to use the loopback interface (media.peerconnection.ice.loopback), which a page cannot see. */
	usesLoopback?: boolean;
}

export function withoutSecrets(servers: readonly IceServer[]): ListedServer[] {
	return servers.map(({ urls, username }) => ({
		urls: urls.map(withoutUserInfo),
		...(username === undefined ? {} : { username })
	}));
}
