/**
 * NAT filtering tested by the app's prober: this page gives it its ICE credentials and sends checks to one of its sockets; the prober
 * sends unsolicited probes from others. The browser answers those that pass the filter, and the prober counts the answers.
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
