/** Rule 7: how much the prober sends in all, whoever asks. A token bucket of bytes. */
import type { Clock } from '../clock';
import { makeBucket } from '../token-bucket';

export interface SendBudget {
	allows(bytes: number): boolean;
	readonly bytesOut: number;
	readonly packetsOut: number;
}

/** 2 Mbit/s, with a burst of one second's worth: about 2,000 connectivity checks of some 100 bytes a second. */
const BYTES_PER_S = 250_000;

export function makeSendBudget(clock: Clock): SendBudget {
	const take = makeBucket(clock, { burst: BYTES_PER_S, perS: BYTES_PER_S });
	let bytesOut = 0;
	let packetsOut = 0;
	return {
		allows(bytes) {
			if (!take(bytes)) return false;
			bytesOut += bytes;
			packetsOut++;
			return true;
		},
		get bytesOut() {
			return bytesOut;
		},
		get packetsOut() {
			return packetsOut;
		}
	};
}
