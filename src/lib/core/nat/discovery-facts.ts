/** What a client saw on asking an RFC 5780 server, and what both judgements of it read out of that. */
import { parseIp, sameIp } from '../base/ip';
import type { FilterEndpoint } from '../observations/observation';

export type Endpoint = FilterEndpoint;

/** One question and its answer; `answer` null after the last retransmission. */
export interface Asked {
	/** `primary` A1:P1, `other-port` A1:P2, `other-address` A2:P1, `other-both` A2:P2 (RFC 5780 §4). */
	to: 'primary' | 'other-port' | 'other-address' | 'other-both';
	/** What the server was asked to change for its answer (CHANGE-REQUEST). */
	change: 'nothing' | 'port' | 'both';
	answer: Answered | null;
	/** How long was waited, or how long the answer took, ms. */
	tookMs: number;
	sent: number;
}

export interface Answered {
	from: Endpoint;
	mapped: Endpoint | null;
	/** MAPPED-ADDRESS as well, where the answer has it beside XOR-MAPPED-ADDRESS; null where it has one of them. */
	plain?: Endpoint | null;
	/** RESPONSE-ORIGIN and OTHER-ADDRESS, as the server says. */
	origin: Endpoint | null;
	other: Endpoint | null;
	/** STUN error code of an error response. */
	error: number | null;
}

export interface Discovery {
	server: Endpoint;
	/** This host's own end. */
	local: Endpoint;
	first: Asked;
	/** From one socket, one after the other. */
	mapping: Asked[];
	/** From a fresh socket that has written to the primary address only; the control last, after writing to the other one. */
	filtering: { both: Asked; port: Asked | null; control: Asked | null } | null;
	hairpin: { state: 'yes' | 'no'; from: Endpoint | null; expected: Endpoint; tookMs: number } | null;
	/** Silences tried, s, and whether a packet still came in after each; null when not asked for. */
	lifetime: { silences: { seconds: number; alive: boolean }[]; supported: boolean } | null;
	/** What several sockets, opened one after the other, were seen as, beside their own ports. */
	ports: SocketSeen[];
}

export interface SocketSeen {
	local: number;
	mapped: number;
	address: string;
	/** When it was asked and when the answer came, on the clock of the measurement, ms. */
	askedMs: number;
	answeredMs: number;
}

export const same = (a: Endpoint | null, b: Endpoint | null) =>
	a !== null && b !== null && a.port === b.port && sameAddress(a, b);

export function sameAddress(a: Endpoint, b: Endpoint): boolean {
	const [one, two] = [parseIp(a.address), parseIp(b.address)];
	return one !== null && two !== null && sameIp(one, two);
}

/** The other address the server announces, where it is one: another address and another port. */
export function otherAddress(server: Endpoint, announced: Endpoint | null): Endpoint | null {
	return announced && !sameAddress(server, announced) && server.port !== announced.port ? announced : null;
}

/** An answer counts only when it came from the address that was asked. */
export function trusted(seen: Discovery, asked: Asked | null): Answered | null {
	const place = asked && placeOf(seen, asked.to);
	return asked?.answer && place && same(asked.answer.from, place) && asked.answer.error === null ? asked.answer : null;
}

export function placeOf(seen: Pick<Discovery, 'server' | 'first'>, to: Asked['to']): Endpoint | null {
	const other = seen.first.answer?.other ?? null;
	if (to === 'primary') return seen.server;
	if (!other) return null;
	if (to === 'other-both') return other;
	return to === 'other-port'
		? { address: seen.server.address, port: other.port }
		: { address: other.address, port: seen.server.port };
}
