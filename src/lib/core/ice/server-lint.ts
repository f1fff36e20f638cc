/** What is wrong with a list of ICE servers before anything is sent, by the browsers' own parsing rules. */
import type { IceServer } from './server';
import { SERVER_LINT_RULES } from './server-rules';

export type LintSeverity = 'problem' | 'warning' | 'info';

export interface LintFix {
	/** For a button: `Write stun:stun.example.org`. */
	label: string;
	/** The whole list, mended in this one respect. */
	servers: IceServer[];
}

export interface ServerFinding {
	/** Id in SERVER_LINT_RULES. */
	rule: string;
	severity: LintSeverity;
	/** Index of the server; null when the whole list is meant. */
	server: number | null;
	/** Index in its urls; null when the entry or the list is meant. */
	url: number | null;
	/** What browsers do with it, with the values. Never a credential. */
	text: string;
	fix: LintFix | null;
	cite: string;
}

/** What a rule finds; rule, severity and source come from the table. */
export type Hit = Omit<ServerFinding, 'rule' | 'severity' | 'cite'>;

export interface ServerLintRule {
	id: string;
	severity: LintSeverity;
	title: string;
	/** RFC section, specification or browser source, and what was measured. */
	cite: string;
	check(servers: readonly IceServer[], nowMs: number | null): Hit[];
	/** A list that breaks the rule, and one that does not. */
	bad: IceServer[];
	good: IceServer[];
}

const ORDER: readonly LintSeverity[] = ['problem', 'warning', 'info'];

/** Worst first, then in the order of the list. Without `nowMs` (ms since 1970) nothing is said of expired credentials. */
export function lintServers(servers: readonly IceServer[], { nowMs = null }: { nowMs?: number | null } = {}): ServerFinding[] {
	const findings = SERVER_LINT_RULES.flatMap(({ id: rule, severity, cite, check }) =>
		check(servers, nowMs).map((hit) => ({ rule, severity, ...hit, cite }))
	);
	const place = (finding: ServerFinding) => (finding.server ?? 1e6) * 1000 + (finding.url ?? 999);
	return findings.sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || place(a) - place(b));
}
