/**
 * What stands out in a recording, each with the connection and the moment it is about. The rules are in tables; this is the
 * engine. A rule says nothing where what it needs is missing: absence and NaN never make a finding.
 */
import type { Said } from '../../base/said';
import { worstFirst, type Severity } from '../../base/severity';
import { FINDING_LIMITS, type FindingLimits } from './findings-limits';
import type { Hit, RecordingRule, StatsRule } from './stats-rule';
import { viewOf } from './findings-view';
import type { Outcome } from '../outcome';
import { callStep } from './call-steps';
import { CARRIED_MEDIA_RULES } from './carried-media-rules';
import { CANDIDATE_RULES } from './candidate-rules';
import { CODING_RULES } from './coding-rules';
import { DATA_CHANNEL_RULES } from './data-channel-rules';
import { DROP_RULES } from './drop-rules';
import { ENDING_RULES } from './ending-rules';
import { ESTABLISHMENT_RULES } from './establishment-rules';
import { INTERRUPTION_RULES } from './interruption-rules';
import { MEDIA_RULES } from './media-findings-rules';
import { PATH_RULES } from './path-findings-rules';
import { RECORDING_RULES } from './recording-findings-rules';
import { CHECK_RULES } from './check-rules';
import { SIGNALLING_RULES } from './signalling-rules';
import { SDP_AGAINST_STATS_RULES } from './sdp-against-stats-rules';
import { STREAM_RULES } from './stream-rules';
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
	/** What to do; null where nothing is known to. */
	nextStep: Said | null;
	/** Rules whose findings about the same connection, or about the other end of the call, are consequences of this one. */
	explains: readonly string[];
	explainsAtOtherEnd: readonly string[];
}

/** All rules about a connection, causes before their consequences. */
export const STATS_RULES: readonly StatsRule[] = [
	...SIGNALLING_RULES,
	...CHECK_RULES,
	...CANDIDATE_RULES,
	...DROP_RULES,
	...ESTABLISHMENT_RULES,
	...INTERRUPTION_RULES,
	...DATA_CHANNEL_RULES,
	...ENDING_RULES,
	...CARRIED_MEDIA_RULES,
	...PATH_RULES,
	...STREAM_RULES,
	...CODING_RULES,
	...MEDIA_RULES,
	...SDP_AGAINST_STATS_RULES
];
export const ALL_STATS_RULES: readonly (StatsRule | RecordingRule)[] = [...STATS_RULES, ...RECORDING_RULES];

/** A rule may hit every stream of a large conference: more hits than these tell a reader nothing new. */
const MOST_PER_RULE = 20;

const DEPTHS: ReadonlyMap<string, number> = new Map(ALL_STATS_RULES.map(({ id }, depth) => [id, depth]));

/** Calls that did not come about are asked about first. */
const ASKED_FIRST: readonly Outcome[] = ['failed', 'never-connected', 'lost'];

/** Problems first; then what failed before what worked, and causes before consequences, whichever connection they are of. */
export function findingsOf(recording: Recording, limits: FindingLimits = FINDING_LIMITS): StatsFinding[] {
	const findings: { rank: number; depth: number; found: StatsFinding }[] = [];
	const take = (rule: StatsRule | RecordingRule, hits: Hit<object>[], connection: string | null, rank: number) => {
		for (const hit of hits.slice(0, MOST_PER_RULE))
			findings.push({ rank, depth: DEPTHS.get(rule.id)!, found: finding(rule, hit, connection) });
	};
	for (const connection of recording.connections) {
		const view = viewOf(recording, connection);
		const place = ASKED_FIRST.indexOf(view.overview.outcome);
		const rank = place < 0 ? ASKED_FIRST.length : place;
		for (const rule of STATS_RULES) take(rule, rule.find(view, limits), connection.id, rank);
	}
	for (const rule of RECORDING_RULES) take(rule, rule.find(recording, limits), null, ASKED_FIRST.length);
	return findings.sort((a, b) => worstFirst(a.found, b.found) || a.rank - b.rank || a.depth - b.depth).map(({ found }) => found);
}

function finding(rule: StatsRule | RecordingRule, hit: Hit<object>, connection: string | null): StatsFinding {
	const { id, nextStep: step, explains = [], explainsAtOtherEnd = [] } = rule;
	const { values, severity = rule.severity, atMs = null, untilMs = null, track = null, metric = null } = hit;
	// What did no harm has no consequences, and nothing is to be done about it.
	const matters = severity === 'problem' || severity === 'warning';
	return {
		rule: id,
		values: { ...values },
		severity,
		connection,
		atMs,
		untilMs,
		track,
		metric,
		nextStep: matters ? (hit.nextStep ?? (step ? callStep(step) : null)) : null,
		explains: severity === 'problem' ? [...explains, ...(hit.explains ?? [])] : [],
		explainsAtOtherEnd: severity === 'problem' ? explainsAtOtherEnd : []
	};
}
