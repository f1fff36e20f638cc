/** Rule 7: what the prober sends at all, whoever asks. A bucket of bytes that fills steadily. */
import type { Clock } from '../clock';
import { makeBucket } from '../token-bucket';

export interface Governor {
	allows(bytes: number): boolean;
	readonly bytesOut: number;
	readonly packetsOut: number;
}

/** 2 Mbit/s, one second's worth at once: two hundred checks a second, and a trickle for anybody's line. */
const BYTES_PER_S = 250_000;

export function makeGovernor(clock: Clock, bytesPerS = BYTES_PER_S): Governor {
	const take = makeBucket(clock, { burst: bytesPerS, perS: bytesPerS });
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
