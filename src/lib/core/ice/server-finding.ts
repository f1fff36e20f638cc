/** What the linter of server lists says, and what a rule of it is. */
import type { Said, SaidOf } from '../base/said';
import type { Severity } from '../base/severity';
import type { IceServer } from './server';
import type { ServerList } from './server-list-shape';
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

/** How to mend a list, without the list: rules see facts about it, and no credential. */
export interface Mend extends Pick<LintFix, 'label'> {
	mend(servers: readonly IceServer[]): IceServer[];
}

/** What a rule finds; rule and severity come from the table. */
export interface Hit<V> extends Pick<ServerFinding, 'server' | 'url'> {
	values: V;
	fix: Mend | null;
}

export type ServerLintRule = {
	[Id in keyof ServerListValues]: {
		id: Id;
		severity: LintSeverity;
		check(list: ServerList): Hit<ServerListValues[Id]>[];
	};
}[keyof ServerListValues];
