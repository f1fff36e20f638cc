/**
 * Where on the way of a loopback call a loss may have happened. Both ends are on this device, so what goes from one to the other
 * by a relay leaves this device and comes back to it: its way is up and down added. Loss can be split all the same where one end
 * reaches the relay by TCP, which repairs loss by itself, and the other end meets the relay by UDP.
 */

export interface CallWay {
	kind: 'any' | 'host' | 'srflx' | 'relay';
	transport: 'udp' | 'tcp' | 'tls' | null;
	/** Whether the callee is behind a relay too; null where the caller is not. */
	far: 'relay' | 'direct' | null;
	/** The callee's TURN URL, where it is another one. */
	farUrl?: string | null;
}

export type LossPlace =
	/** The two ends meet on this device or at its own NAT. */
	| 'on-this-device'
	/** Up or down, by one relay in each direction or by another one. */
	| 'up-or-down'
	| 'up-or-down-by-two-relays'
	/** From caller to callee on the way down, from callee to caller on the way up. */
	| 'down-forth-up-back'
	/** Nowhere for good: TCP sends again what is lost. */
	| 'repaired-by-tcp';

export function lossPlaceOf({ kind, transport, far, farUrl }: CallWay): LossPlace {
	if (kind !== 'relay') return 'on-this-device';
	if (farUrl && far === 'relay') return 'up-or-down-by-two-relays';
	const overTcp = transport === 'tcp' || transport === 'tls';
	if (!overTcp) return 'up-or-down';
	return far === 'direct' ? 'down-forth-up-back' : 'repaired-by-tcp';
}
