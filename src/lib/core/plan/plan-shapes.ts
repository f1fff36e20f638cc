/** What a report holds of a run's plan. */
import * as v from 'valibot';
import { listOf, number, object, openWord, said, text, whole } from '../base/schema';
import type { ProbeId } from '../observations/observation';

export const limits = object({
	/** How long one server and transport is waited for, ms. 5 s: Chromium itself needs 40 s to call a silent server dead. */
	deadlineMs: number,
	/** Pause between the starts of two probes, ms, so that a run is not a burst (some firewalls drop bursts). */
	staggerMs: number,
	/** Payload sent each way through a relay to prove it, bytes. 16 messages of 1 kB: plenty for a proof, cheap on a phone. */
	relayBytes: number
});
export type Limits = v.InferOutput<typeof limits>;

const cost = object({ seconds: number, bytes: number });
export type Cost = v.InferOutput<typeof cost>;

/** What a report keeps of a step. */
export const step = object({
	/** Unique in the plan: `relay turn:turn.example.org:3478?transport=udp`. */
	id: text,
	/** Also of later versions. */
	probe: openWord<ProbeId>(),
	/** The server URL it is aimed at; null when there is none or there are several. */
	target: v.nullable(text),
	/** Index in the configuration's `iceServers` of the entry whose credentials go with the target; null without a server. */
	server: v.optional(v.nullable(whole)),
	/** What this step does (step-values.ts); absent in files of earlier versions. */
	does: v.optional(said),
	/** The same as one line of English, in a file (report/with-text.ts). */
	title: v.optional(text),
	/** Milliseconds after it became ready, to spread packets. */
	delayMs: number,
	deadlineMs: number,
	/** Steps whose observations this one needs. It starts when all have ended, or when `patienceMs` ran out. */
	after: listOf(text),
	/** If set: start this many ms after the first of `after` brought an answer, with what is known by then. */
	patienceMs: v.nullable(number),
	/** What it takes where all is well: seconds and bytes, both directions added up. */
	cost
});
export type Step = v.InferOutput<typeof step>;
