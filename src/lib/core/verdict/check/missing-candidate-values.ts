/** The values of what is said about a kind of candidate that is missing, by rule: what the sentence needs, under names with units. */
import type { Gathered, IceGathering } from '../../observations/observation';

export type CandidateType = 'host' | 'srflx' | 'relay';

/** The servers that could have given a candidate, by what is proven of each in a connection of its own. */
export interface AskedServers {
	/** With its own error code. */
	refused: { url: string; code: number }[];
	/** It answers STUN, and neither gave a relay nor refused one. */
	answeredStunOnly: string[];
	closed: string[];
	silent: string[];
	unresolved: string[];
	notAsked: string[];
	/** The browser tells neither an answer nor a reason, or the time did not count. */
	untold: string[];
}

export interface MissingCandidateValues {
	'candidates-excluded-by-policy': { candidateType: CandidateType };
	'host-candidates-missing': { afterMs: number };
	/** They are there, under names in place of addresses. */
	'host-candidates-hidden': { mediaPermission: IceGathering['mediaPermission'] };
	'no-server-of-kind': { candidateType: CandidateType };
	'candidate-given-alone': { candidateType: CandidateType; urls: string[]; endedBy: Gathered['endedBy'] };
	'mapped-address-is-own': { urls: string[] };
	/** `forMs`: at least so long each. */
	'servers-of-kind-silent': { candidateType: CandidateType; urls: string[]; forMs: number };
	'servers-of-kind-refuse': { candidateType: CandidateType; answers: AskedServers['refused'] };
	'servers-of-kind-gave-none': { candidateType: CandidateType } & AskedServers;
}
