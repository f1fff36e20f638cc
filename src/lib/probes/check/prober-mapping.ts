/**
 * NAT mapping tested by the app's prober: this page sends checks from one socket to all of the prober's, which reports the source
 * address of each packet. No rewriting of STUN responses on the path can falsify it, since the source addresses themselves count.
 */
import type { Family } from '../../core/base/ip';
import { proberMapping } from '../../core/observations/nat-shapes';
import type { Outcome, ProberMapping } from '../../core/observations/observation';
import { askProber } from './prober-session';

export function mapByProber(
	origin: string,
	family: Family,
	options: { deadlineMs: number; signal: AbortSignal }
): Promise<Outcome<ProberMapping>> {
	return askProber('mapping', proberMapping, origin, family, options, (connection) => ({
		sockets: (connection.localDescription?.sdp.match(/^a=candidate:\S+ 1 udp .* typ host/gim) ?? []).length
	}));
}
