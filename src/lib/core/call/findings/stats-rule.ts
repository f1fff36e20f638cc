/** An entry of a table of findings about a recording: what it looks for, and the values of what it says. */
import type { Said } from '../../base/said';
import type { Severity } from '../../base/severity';
import type { RecordingValues, StatsFindingValues } from './finding-values';
import type { CallStepId } from './call-steps';
import type { FindingLimits } from './findings-limits';
import type { ConnectionView } from './findings-view';
import type { Recording } from '../../recording/recording';

/** What a rule found; the rest of a finding comes from its table entry. */
export interface Hit<Values> {
	values: Values;
	severity?: Severity;
	atMs?: number | null;
	untilMs?: number | null;
	track?: string | null;
	metric?: string | null;
	/** What to do, where that depends on what was found. */
	nextStep?: Said;
	/** Consequences beside those of its rule, where they depend on what was found. */
	explains?: readonly (keyof StatsFindingValues)[];
}

interface Entry<Id extends keyof StatsFindingValues, Subject> {
	/** kebab-case noun, never reused. */
	id: Id;
	severity: Severity;
	/** What to do about it; left out where nothing needs doing, or a hit says it. */
	nextStep?: CallStepId;
	/** Rules whose findings about the same connection are consequences of this one: all of them later in the table. */
	explains?: readonly (keyof StatsFindingValues)[];
	/** The same of the other end of the call, where it was recorded too. With its own id: of both ends the first one tells it. */
	explainsAtOtherEnd?: readonly (keyof StatsFindingValues)[];
	find(subject: Subject, limits: FindingLimits): Hit<StatsFindingValues[Id]>[];
}

export type StatsRule = {
	[Id in Exclude<keyof StatsFindingValues, keyof RecordingValues>]: Entry<Id, ConnectionView>;
}[Exclude<keyof StatsFindingValues, keyof RecordingValues>];

export type RecordingRule = { [Id in keyof RecordingValues]: Entry<Id, Recording> }[keyof RecordingValues];
