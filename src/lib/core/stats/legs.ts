/**
 * Which parts of the way a direction of a loopback call covers. Both ends are on this device, so what goes from one to the other
 * by a relay leaves this device and comes back to it: its way is up and down added. Loss can be split all the same where one end
 * reaches the relay by TCP, which repairs loss by itself, and the other end meets the relay by UDP.
 */

export type Leg = 'up' | 'down';

export interface CallWay {
	kind: 'any' | 'host' | 'srflx' | 'relay';
	transport: 'udp' | 'tcp' | 'tls' | null;
	/** Whether the callee is behind a relay too; null where the caller is not. */
	far: 'relay' | 'direct' | null;
	/** The callee's TURN URL, where it is another one. */
	farUrl?: string | null;
}

export interface Legs {
	/** Links of this device that a loss from caller to callee may have happened on. */
	forth: Leg[];
	back: Leg[];
	/** What can be told apart, and what cannot, in a sentence. */
	text: string;
}

export function legsOf({ kind, transport, far, farUrl }: CallWay): Legs {
	if (kind !== 'relay') {
		return {
			forth: [],
			back: [],
			text: 'The two ends meet on this device or at its own NAT: the network beyond is not on the way.'
		};
	}
	if (farUrl && far === 'relay') {
		return {
			forth: ['up', 'down'],
			back: ['up', 'down'],
			text: `From caller to callee the way goes up to the caller's relay and down from the callee's (${farUrl}); from callee to caller it goes up to the callee's relay and down from the caller's. What is worse in one direction lies on one of its two parts.`
		};
	}
	const overTcp = transport === 'tcp' || transport === 'tls';
	if (overTcp && far === 'direct') {
		return {
			forth: ['down'],
			back: ['up'],
			text: 'The caller reaches the relay by TCP, where nothing is lost for good, the callee by UDP: loss from caller to callee happened on the way down to this device, loss from callee to caller on the way up. Delay and jitter are those of both ways added.'
		};
	}
	if (overTcp) {
		return {
			forth: [],
			back: [],
			text: 'Both ends reach the relay by TCP, which repairs loss: what the network loses shows as delay here, and up and down cannot be told apart.'
		};
	}
	return {
		forth: ['up', 'down'],
		back: ['up', 'down'],
		text: 'Each direction goes up to the relay and down again: delay, jitter and loss are those of both ways added, and up and down cannot be told apart on this path.'
	};
}
