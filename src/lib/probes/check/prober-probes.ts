/**
 * What the app's prober tests: this page gives it its ICE credentials. For the filtering the page sends checks to one of the prober's
 * sockets, the others send unsolicited probes, and the prober counts those that the browser answers. For the mapping the page sends
 * checks from one socket to all of them, and the prober reports the source address of each packet: no rewriting of STUN responses on
 * the path can falsify it.
 */
import type { Family } from '../../core/base/ip';
import { proberFiltering, proberMapping } from '../../core/observations/nat-shapes';
import type { Outcome, ProberFiltering, ProberMapping } from '../../core/observations/observation';
import { askProber } from './prober-session';

interface Options {
	deadlineMs: number;
	signal: AbortSignal;
}

export function filterByProber(origin: string, family: Family, options: Options): Promise<Outcome<ProberFiltering>> {
	return askProber('filtering', proberFiltering, origin, family, options);
}

export function mapByProber(origin: string, family: Family, options: Options): Promise<Outcome<ProberMapping>> {
	return askProber('mapping', proberMapping, origin, family, options, (connection) => ({
		sockets: (connection.localDescription?.sdp.match(/^a=candidate:\S+ 1 udp .* typ host/gim) ?? []).length
	}));
}
