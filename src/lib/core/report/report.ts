/** The report: one JSON object (schema 2). Fields may be added; none changes its meaning without a new schema number. */
import type { Observation } from '../observations/observation';
import type { Limits } from '../plan/config';
import type { Step } from '../plan/plan';
import type { Conclusions } from '../verdict/conclusion';

// The judging folders come before this one, so their words live there and are given on here.
export type { Said } from '../base/said';
export type { Because, Filtering, Hairpin, Layers, Mapping, NatConclusion, PortPattern } from '../nat/conclusion';
export type {
	Answer,
	Conclusions,
	Finding,
	Headline,
	Missing,
	PeerConclusion,
	Question,
	QuestionAnswers,
	ServerConclusion,
	ServerError,
	ServerState,
	Subject,
	Verdict
} from '../verdict/conclusion';
export type { CallConclusion } from '../verdict/call-conclusion';
export type { PairConclusion, PairOutcome, PairSide } from '../verdict/pair-conclusion';

export const SCHEMA = 2;

export interface Environment {
	/** `Chromium 156`; for people. */
	browser: string;
	userAgent: string;
	platform: string;
	engine: 'browser' | 'node';
}

export interface ReportConfig {
	/** urls and username; a credential never. */
	iceServers: { urls: string[]; username?: string }[];
	limits: Limits;
	plan: Step[];
}

export interface Report {
	schema: typeof SCHEMA;
	tool: { name: 'icelens'; version: string };
	/** Random, not derived from the network. */
	id: string;
	/** ISO 8601, UTC. */
	createdAt: string;
	environment: Environment;
	config: ReportConfig;
	observations: Observation[];
	conclusions: Conclusions;
	/** Addresses and names are stand-ins (redact.ts); absent in a report as measured. */
	redacted?: true;
	/** What was left out to make it small, one sentence each (trim.ts); absent in a whole report. */
	trimmed?: string[];
}
