import { parseIp } from '../../base/ip';

/** The same /24, or the same /64 with IPv6. */
export function sameNetwork(a: string, b: string): boolean {
	const [first, second] = [parseIp(a), parseIp(b)];
	if (!first || !second || first.family !== second.family) return false;
	const bytes = first.family === 'ipv4' ? 3 : 8;
	return first.bytes.subarray(0, bytes).every((byte, i) => byte === second.bytes[i]);
}
