/**
 * Observations: the facts that probes write down. Append-only JSON, judged later by core, never judged by the probe. The shape of
 * each is a schema, from which its type, the check of files and the published JSON Schema come.
 * Adding a probe: a line in PROBE_DATA, a file in probes/, an entry in plan/plan.ts; the compiler points to the rest.
 */
import type { Family } from '../base/ip';
import type { Observation, ObservationOf, ProbeData, ProbeId } from './observation-shapes';

export type * from './call-shapes';
export type * from './gathering-shapes';
export type * from './nat-shapes';
export type * from './observation-shapes';
export type * from './reach-shapes';

/** What this page observed itself, alone or with another device: all but statistics of calls made elsewhere, and URLs. */
export type MeetingObservation = Exclude<Observation, ObservationOf<'imported-stats' | 'url-reach'>>;
/** What this page observed of its own device. */
export type OwnObservation = Exclude<MeetingObservation, ObservationOf<'peer-check' | 'pair-call'>>;

/** Of a probe that this version does not know nobody knows what it saw. */
const OWN_PROBES: Record<OwnObservation['probe'], true> = {
	'server-list': true,
	'app-reachability': true,
	'ice-gathering': true,
	'server-gathering': true,
	'udp-first-answer': true,
	'nat-mapping': true,
	'nat-filtering': true,
	relay: true,
	'prober-mapping': true,
	hairpin: true,
	'loopback-call': true,
	throughput: true
};

export function areOwn(observations: readonly Observation[]): observations is readonly OwnObservation[] {
	return observations.every(({ probe }) => Object.hasOwn(OWN_PROBES, probe));
}

/** How long a probe could hear an answer: while its page was hidden or stalled, nothing that arrived was reported to it. */
export function listenedMs({ tookMs, pausedMs }: Pick<Observation, 'tookMs' | 'pausedMs'>): number {
	return Math.max(0, tookMs - (pausedMs ? pausedMs.hidden + pausedMs.stalled : 0));
}

/** What came in the rest of the time may not have been told, so that an absence there shows nothing. */
const LISTENED_SHARE = 0.5;

/** Whether somebody listened for long enough that what did not come counts as not having come. */
export function wasListened(observation: Pick<Observation, 'tookMs' | 'pausedMs'>): boolean {
	return listenedMs(observation) >= LISTENED_SHARE * observation.tookMs;
}

/** The data of every observation of one probe that was seen, with its index in the report. */
export function seen<P extends ProbeId>(observations: readonly Observation[], probe: P): { index: number; data: ProbeData[P] }[] {
	const found: { index: number; data: ProbeData[P] }[] = [];
	observations.forEach((observation, index) => {
		if (observation.probe === probe && observation.outcome.state === 'seen') {
			found.push({ index, data: observation.outcome.data as ProbeData[P] });
		}
	});
	return found;
}

/** The address family a candidate speaks for, from its own address or, where that is hidden, its related address. */
export type CandidateFamily = Family | 'unknown';
