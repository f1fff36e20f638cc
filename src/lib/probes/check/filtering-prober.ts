/**
 * Filtering by the prober beside the app: this page tells it its ICE credentials and checks one of its sockets; the prober
 * then checks back from others. The browser answers whatever its NAT lets in; the prober counts.
 */
import type { Family } from '../../core/base/ip';
import { proberFiltering } from '../../core/observations/nat-shapes';
import type { Outcome, ProberFiltering } from '../../core/observations/observation';
import { askProber } from './prober-session';

export function filterByProber(
	origin: string,
	family: Family,
	options: { deadlineMs: number; signal: AbortSignal }
): Promise<Outcome<ProberFiltering>> {
	return askProber('filtering', proberFiltering, origin, family, options);
}
