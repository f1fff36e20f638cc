/** What the linter of server lists says, and what a rule of it is. */
import type { IceServer } from './server';

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
