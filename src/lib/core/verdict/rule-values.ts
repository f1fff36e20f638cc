/** The values of every rule whose sentence is made of them (core/messages). */
import type { Said } from '../base/said';
import type { StatsFindingValues } from '../call/findings/finding-values';
import type { CallStepValues } from '../call/findings/call-steps';
import type { SelectedPathValues } from '../call/selected-path';
import type { FilteringValues } from '../nat/filtering-values';
import type { MappingValues, ProberMappingValues } from '../nat/mapping-values';
import type { HairpinValues, LayerValues, NatValues, PortValues } from '../nat/nat-values';
import type { DiscoveryValues } from '../nat/discovery-values';
import type { ErrorStepValues, ErrorValues } from '../ice/error-values';
import type { ListFixValues, ServerListValues } from '../ice/server-list-values';
import type { NextStepValues } from '../plan/next-steps';
import type { LadderValues } from '../recording/handshake';
import type { FailureValues } from '../observations/failure-values';
import type { SkipValues } from '../plan/skip-values';
import type { StepValues } from '../plan/step-values';
import type { ReachValues } from '../reach/reach-values';
import type { PathValues } from '../nat/peer-matrix';
import type { AnswerValues } from './check/answer-values';
import type { CallEndingValues, CallOutcomeValues, MosValues, QualityMissingValues, QuantityValues } from './call/call-values';
import type { LineNoteValues, LineValues } from './call/access-lines';
import type { LeftOutValues } from './left-out-values';
import type { ComparisonValues } from './comparison-values';
import type { FindingValues } from './check/finding-values';
import type { HeadlineValues } from './check/headline-values';
import type { NetworkCheckValues } from './check/network-check-values';
import type { MissingCandidateValues } from './check/missing-candidate-values';
import type { PredictionRuleId } from './pair/pair-prediction';
import type { PairValues } from './pair/pair-values';
import type { ServerFaultValues, ServerValues } from './check/server-values';

export interface RuleValues
	extends
		HeadlineValues,
		FindingValues,
		NextStepValues,
		LeftOutValues,
		StepValues,
		SkipValues,
		FailureValues,
		LadderValues,
		PathValues,
		PairValues,
		AnswerValues,
		CallOutcomeValues,
		CallEndingValues,
		QuantityValues,
		QualityMissingValues,
		LineValues,
		LineNoteValues,
		MosValues,
		SelectedPathValues,
		NatValues,
		ServerValues,
		ServerFaultValues,
		MissingCandidateValues,
		ErrorValues,
		ErrorStepValues,
		ServerListValues,
		ListFixValues,
		StatsFindingValues,
		CallStepValues,
		ReachValues,
		NetworkCheckValues,
		ComparisonValues {
	'probe-not-done': { probe: string };
	'pair-attempt-against-prediction': { outcome: Said };
}

/** Rules that have values, and so need a message in every language. */
export type RuleId = keyof RuleValues;

/** Entries of the tables that judge a check, as the rule book lists them: each has a title in every language, and a source. */
export type TableRuleId =
	| keyof HeadlineValues
	| keyof AnswerValues
	| keyof ServerValues
	| keyof ServerListValues
	| keyof ErrorValues
	| keyof MissingCandidateValues
	| keyof MappingValues
	| keyof ProberMappingValues
	| keyof FilteringValues
	| keyof PortValues
	| keyof LayerValues
	| keyof HairpinValues
	| keyof DiscoveryValues
	| keyof ReachValues
	| keyof PathValues
	| PredictionRuleId
	| keyof FindingValues
	| keyof StatsFindingValues
	| keyof NetworkCheckValues;
