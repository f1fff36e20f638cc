/** An entry of a table of findings about a recording: what it looks for, and what it says. */
import type { Severity } from '../../base/severity';
import type { FindingLimits } from './findings-limits';
import type { ConnectionView } from './findings-view';
import type { Recording } from '../../recording/recording';

/** What a rule found; the rest of a finding comes from its table entry. */
export interface Hit {
	text: string;
	severity?: Severity;
	atMs?: number | null;
	untilMs?: number | null;
	track?: string | null;
	metric?: string | null;
}

export interface StatsRule {
	/** kebab-case noun, never reused. */
	id: string;
	title: string;
	severity: Severity;
	cite: string;
	find(view: ConnectionView, limits: FindingLimits): Hit[];
}

export interface RecordingRule extends Omit<StatsRule, 'find'> {
	find(recording: Recording): Hit[];
}
