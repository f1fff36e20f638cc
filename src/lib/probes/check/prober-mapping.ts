/**
 * Mapping by the prober beside the app: this page checks all of its sockets from one of its own, and the prober tells where
 * each packet came from. Nothing in an answer could be rewritten on the way, for the source of a packet is what counts.
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
