/** The report: one JSON object (schema 2). Fields may be added; none changes its meaning without a new schema number. */
import * as v from 'valibot';
import { listOf, object, oneOf, said, text, yesOrNo } from '../base/schema';
import { listedServer } from '../ice/server';
import { observation } from '../observations/observation-shapes';
import { limits, step } from '../plan/plan-shapes';
import type { Conclusions } from '../verdict/conclusion';
import { writtenConclusions } from './written-conclusions';

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
export type { CallConclusion } from '../verdict/call/call-conclusion';
export type { PairConclusion, PairOutcome, PairSide } from '../verdict/pair/pair-conclusion';

export const SCHEMA = 2;

const environment = object({
	/** `Chromium 156`; for people. */
	browser: text,
	userAgent: text,
	platform: text,
	engine: oneOf('browser', 'node')
});
export type Environment = v.InferOutput<typeof environment>;

const reportConfig = object({
	/** urls and username; a credential never. */
	iceServers: listOf(listedServer),
	limits,
	plan: listOf(step)
});
export type ReportConfig = v.InferOutput<typeof reportConfig>;

const ISO_UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** A report without its conclusions: what can be judged. */
export const measuredReport = object({
	schema: v.literal(SCHEMA, String(SCHEMA)),
	tool: object({ name: oneOf('icelens'), version: text }),
	/** Random, not derived from the network. */
	id: text,
	/** ISO 8601, UTC. */
	createdAt: v.pipe(text, v.regex(ISO_UTC, 'a time such as 2026-11-20T12:00:00.000Z')),
	environment,
	config: reportConfig,
	observations: listOf(observation)
});

/** A report as a file has it. */
export const reportFile = object({
	...measuredReport.entries,
	conclusions: writtenConclusions,
	/** Addresses and names are placeholders (redact.ts); absent in a report as measured. */
	redacted: v.optional(yesOrNo),
	/** What was left out to make it small (trim.ts, imported.ts); absent in a whole report. */
	leftOut: v.optional(listOf(v.union([object({ ...said.entries, text }), said], 'what a rule said'))),
	/** The same as sentences, in files of earlier versions. */
	trimmed: v.optional(listOf(text))
});

export type Report = Omit<v.InferOutput<typeof reportFile>, 'conclusions'> & { conclusions: Conclusions };
