/** What the linter of server lists says, and what a rule of it is. */
import type { Said, SaidOf } from '../base/said';
import type { Severity } from '../base/severity';
import type { IceServer } from './server';
import type { ListFixValues, ServerListValues } from './server-list-values';

export type LintSeverity = Exclude<Severity, 'normal'>;

export interface LintFix {
	/** For a button: `Use stun:stun.example.org`. */
	label: SaidOf<ListFixValues>;
	/** The whole list, mended in this one respect. */
	servers: IceServer[];
}

/** What browsers do with it; the rule is one of SERVER_LINT_RULES. */
export interface ServerFinding extends Said {
	severity: LintSeverity;
	/** Index of the server; null when the whole list is meant. */
	server: number | null;
	/** Index in its urls; null when the entry or the list is meant. */
	url: number | null;
	fix: LintFix | null;
}

/** What a rule finds; rule and severity come from the table. */
export interface Hit<V> extends Pick<ServerFinding, 'server' | 'url' | 'fix'> {
	values: V;
}

export type ServerLintRule = {
	[Id in keyof ServerListValues]: {
		id: Id;
		severity: LintSeverity;
		check(servers: readonly IceServer[], nowMs: number | null): Hit<ServerListValues[Id]>[];
		/** A list that breaks the rule, and one that does not. */
		bad: IceServer[];
		good: IceServer[];
	};
}[keyof ServerListValues];
