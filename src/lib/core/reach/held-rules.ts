/** A WebSocket that opened and was held without sending anything: the same for a page and for the command line. */
import type { HeldWebSocket } from '../observations/observation';
import type { ReachRule } from './reach-rule';
import type { HeldValues } from './reach-values';

interface Held {
	host: string;
	port: number;
	held: HeldWebSocket;
}

/** No close frame came (RFC 6455 §7.1.5). */
const CUT = 1006;

const counted = ({ host, port, held: { openedMs, heldMs, silentMs, messages, pings } }: Held) => ({
	host,
	port,
	openedAfterMs: openedMs,
	heldMs,
	silentMs,
	messages,
	pings
});

/** The rules of a table whose facts hold such a WebSocket, or none. */
export function heldRules<Facts>(heldIn: (facts: Facts) => Held | null): ReachRule<Facts, HeldValues>[] {
	const closed = (facts: Facts) => heldIn(facts)?.held.closed ?? null;
	return [
		{
			id: 'reach-web-socket-cut',
			then: 'partly',
			when: (facts) => closed(facts)?.code === CUT,
			values: (facts) => counted(heldIn(facts)!)
		},
		{
			id: 'reach-web-socket-closed',
			then: 'partly',
			when: (facts) => closed(facts) !== null,
			values: (facts) => ({ ...counted(heldIn(facts)!), ...closed(facts)! })
		},
		{
			id: 'reach-web-socket-held',
			then: 'yes',
			when: (facts) => heldIn(facts) !== null,
			values: (facts) => counted(heldIn(facts)!)
		}
	];
}
