/**
 * What stands out in a recording, each with the connection and the moment it is about. The rules are in tables; this is the
 * engine. A rule says nothing where what it needs is missing: absence and NaN never make a finding.
 */
import type { Said } from '../../base/said';
import { worstFirst, type Severity } from '../../base/severity';
import { FINDING_LIMITS, type FindingLimits } from './findings-limits';
import type { Hit, RecordingRule, StatsRule } from './stats-rule';
import { viewOf } from './findings-view';
import { ESTABLISHMENT_RULES } from './establishment-rules';
import { MEDIA_RULES } from './media-findings-rules';
import { PATH_RULES } from './path-findings-rules';
import { RECORDING_RULES } from './recording-findings-rules';
import { SDP_AGAINST_STATS_RULES } from './sdp-against-stats-rules';
import type { Recording } from '../../recording/recording';

export interface StatsFinding extends Said {
	severity: Severity;
	/** Id of the connection; null where it is about the whole recording. */
	connection: string | null;
	/** The time it is about, on the recording's clock. */
	atMs: number | null;
	untilMs: number | null;
	/** Id of the statistics object that shows it. */
	track: string | null;
	/** Id of the metric that shows it. */
	metric: string | null;
}

/** All rules about a connection. */
export const STATS_RULES: readonly StatsRule[] = [
	...ESTABLISHMENT_RULES,
	...PATH_RULES,
	...MEDIA_RULES,
	...SDP_AGAINST_STATS_RULES
];
export const ALL_STATS_RULES: readonly (StatsRule | RecordingRule)[] = [...STATS_RULES, ...RECORDING_RULES];

/** A rule may hit every stream of a large conference: more hits than these tell a reader nothing new. */
const MOST_PER_RULE = 20;

/** Problems first, then by connection and time. */
export function findingsOf(recording: Recording, limits: FindingLimits = FINDING_LIMITS): StatsFinding[] {
	const findings: StatsFinding[] = [];
	for (const rule of RECORDING_RULES)
		for (const hit of rule.find(recording, limits).slice(0, MOST_PER_RULE)) findings.push(finding(rule, hit, null));
	for (const connection of recording.connections) {
		const view = viewOf(recording, connection);
		for (const rule of STATS_RULES)
			for (const hit of rule.find(view, limits).slice(0, MOST_PER_RULE)) findings.push(finding(rule, hit, connection.id));
	}
	return findings.sort(worstFirst);
}

function finding({ id, ...rule }: StatsRule | RecordingRule, hit: Hit<object>, connection: string | null): StatsFinding {
	const { values, severity = rule.severity, atMs = null, untilMs = null, track = null, metric = null } = hit;
	return { rule: id, values: { ...values }, severity, connection, atMs, untilMs, track, metric };
}
