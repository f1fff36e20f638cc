/** What a check is asked to do. Lives in memory; only `withoutSecrets` of it enters a report, a link or a log. */

import type { IceServer } from '../ice/server';

export type { IceServer } from '../ice/server';
export { withoutSecrets } from '../ice/server';

/** `quick` leaves out the relay-to-relay runs across servers and the second, later look at the NAT's mapping. */
export type Profile = 'quick' | 'full';

export interface Limits {
	/** How long one server and transport is waited for, ms. 5 s: Chromium itself needs 40 s to call a silent server dead. */
	deadlineMs: number;
	/** Pause between the starts of two probes, ms, so that a run is not a burst (some firewalls drop bursts). */
	staggerMs: number;
	/** Payload sent each way through a relay to prove it, bytes. 16 messages of 1 kB: plenty for a proof, cheap on a phone. */
	relayBytes: number;
}

export const DEFAULT_LIMITS: Limits = { deadlineMs: 5000, staggerMs: 40, relayBytes: 16384 };

export interface CheckConfig {
	iceServers: IceServer[];
	profile: Profile;
	limits: Limits;
	/** Ask for the microphone, so that host addresses become visible. Off unless the user asks for it. */
	mediaPermission: boolean;
	/** Send packets from this device to its own public address. Off unless the user asks: some firewalls take it for an attack. */
	hairpin?: boolean;
}
