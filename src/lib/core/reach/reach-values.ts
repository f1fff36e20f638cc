/** The values of what asking a URL shows, by rule: from the command line, and from a page. */
interface At {
	host: string;
	port: number;
}

interface Counted extends At {
	openedAfterMs: number;
	heldMs: number;
	/** How long nothing had come from the other end when it was over. */
	silentMs: number;
	messages: number;
	/** Null where they are not seen. */
	pings: number | null;
}

export interface HeldValues {
	'reach-web-socket-cut': Counted;
	/** `code` of the close frame; 1005 where it has none. */
	'reach-web-socket-closed': Counted & { code: number; reason: string };
	'reach-web-socket-held': Counted;
}

export interface NodeReachValues extends HeldValues {
	'reach-name-not-found': { host: string; error: string };
	'reach-connection-refused': At & { address: string; afterMs: number };
	'reach-connection-unanswered': At & { address: string; waitedMs: number };
	'reach-connection-failed': At & { error: string };
	'reach-certificate-not-public': At & { error: string; chain: { subject: string; issuer: string }[] };
	'reach-certificate-wrong': At & { error: string; chain: { subject: string; issuer: string }[] };
	'reach-tls-failed': At & { error: string; afterMs: number };
	'reach-login-page-signs': At & { status: number; location: string | null };
	'reach-request-unanswered': At & { error: string; afterMs: number };
	'reach-web-socket-refused': At & { status: number };
	'reach-web-page-answered': At & { status: number };
	'reach-answered': At & { status: number; afterMs: number; webPage: boolean };
}

/** How a WebSocket came not to open. */
export type NotOpened = { kind: 'ended'; afterMs: number } | { kind: 'silent'; waitedMs: number };

export interface PageReachValues extends HeldValues {
	'reach-page-not-over-tls': At & { webSocket: boolean; pageSecure: boolean };
	'reach-page-refused': At & { browserSaid: string };
	/** The page did not run for that long, and could hear nothing. */
	'reach-page-stood-still': At & { stalledMs: number; opened: boolean };
	/** `status`: null where the browser hides it from this page. */
	'reach-page-answered': At & { afterMs: number; status: number | null };
	'reach-page-redirected-out': At & { afterMs: number };
	'reach-page-web-socket-not-opened': At & { ended: NotOpened; httpAfterMs: number };
	'reach-page-port-blocked': At;
	'reach-page-local-network-denied': At;
	'reach-page-silent': At & { waitedMs: number };
	'reach-page-no-answer': At & { webSocket: boolean; afterMs: number };
}

export interface ReachValues extends NodeReachValues, PageReachValues {}
