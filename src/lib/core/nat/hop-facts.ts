/** What packets with few hops to travel showed of where on the path the address that servers see belongs. */
import type { Endpoint } from './discovery-facts';

/** As many as a packet is usually given: enough for any path. */
export const ALL_HOPS = 64;

/** So many packets with this many hops were sent, and so many had the effect that was waited for. */
export interface HopCount {
	hops: number;
	sent: number;
	came: number;
}

/** One socket that was silent but for packets with `hops` to travel; 0: entirely. */
export interface HeldOpen {
	hops: number;
	before: Endpoint;
	/** Whether what the server sent after the silence came in; null where the server cannot be asked to. */
	alive: boolean | null;
	/** What the server saw then; null without an answer. */
	after: Endpoint | null;
}

export interface HopFacts {
	server: Endpoint;
	local: Endpoint;
	mapped: Endpoint | null;
	/** MAPPED-ADDRESS as well, where the answer has it beside XOR-MAPPED-ADDRESS. */
	plain: Endpoint | null;
	/**
	 * ICMP "port unreachable" for a closed port of the mapped address, by hops, fewest first; `control`: packets with one hop to the server,
	 * which a router that refuses on its own account refuses as well. Null where another way leads to that address than to the server.
	 */
	refused: { port: number; byHops: HopCount[]; control: HopCount } | null;
	/** Packets from one socket to the mapped address and port of another that came in there, by hops, fewest first. */
	returned: HopCount[];
	/** Null where no silence was asked for. */
	held: { silenceS: number; sockets: HeldOpen[] } | null;
}
