/** The values of what `icelens reach` says, by rule. */
interface At {
	host: string;
	port: number;
}

export interface ReachValues {
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
	'reach-web-socket-cut': At & { heldMs: number; code: number | null; reason: string };
	'reach-web-socket-held': At & { openedAfterMs: number; heldMs: number };
	'reach-answered': At & { status: number; afterMs: number };
}
