/** A run as data: which probes, against what, when at the earliest, until when at the latest, at what cost. */
import type { ProbeId } from '../observations/observation';

export interface Cost {
	seconds: number;
	bytes: number;
}

export interface Step {
	/** Unique in the plan: `relay turn:turn.example.org:3478?transport=udp`. */
	id: string;
	probe: ProbeId;
	/** The server URL it is aimed at; null when there is none or there are several. */
	target: string | null;
	/** One line for people: what this step does. */
	title: string;
	/** Milliseconds after it became ready, to spread packets. */
	delayMs: number;
	deadlineMs: number;
	/** Steps whose observations this one needs. It starts when all have ended, or when `patienceMs` ran out. */
	after: string[];
	/** If set: start this many ms after the first of `after` brought an answer, with what is known by then. */
	patienceMs: number | null;
	cost: Cost;
}
