import type { HeldWebSocket } from '../observations/observation';

/** What came of asking a URL from Node, step by step; a step that was not come to is null. */
export interface ReachFacts {
	url: string;
	/** Where the URL leads; `tls` for https: and wss:. */
	host: string;
	port: number;
	tls: boolean;
	webSocket: boolean;
	lookup: { tookMs: number; addresses: string[]; error: string | null } | null;
	connect: { tookMs: number; address: string; error: string | null } | null;
	handshake: Handshake | null;
	/** The answer to the request, or why none came. */
	answer: {
		tookMs: number;
		status: number | null;
		location: string | null;
		mediaType: string | null;
		error: string | null;
	} | null;
	held: HeldWebSocket | null;
}

export interface Handshake {
	tookMs: number;
	/** As Node names it: `CERT_HAS_EXPIRED`, `SELF_SIGNED_CERT_IN_CHAIN`, `ERR_TLS_CERT_ALTNAME_INVALID`, `ECONNRESET`; null: trusted. */
	error: string | null;
	/** From the server's certificate up, by name; empty where none was shown. */
	chain: { subject: string; issuer: string }[];
}
