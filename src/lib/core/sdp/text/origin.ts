import type { Description } from './description';

/** User name and session id of the o= line: what stays the same while one end keeps its connection (RFC 3264 §8). */
export function sessionOf(sdp: Description | null): string | null {
	return sdp?.origin ? `${sdp.origin.value.username} ${sdp.origin.value.sessionId}` : null;
}
