/** The shape of an observation, by probe. Beside the functions that read observations, so that a page that checks no file loads none. */
import * as v from 'valibot';
import { byField, listOf, number, object, oneOf, said, text, whole, yesOrNo } from '../base/schema';
import { serverList } from '../ice/server-list-shape';
import { pausedMs } from '../recording/page-time';
import { recording } from '../recording/recording';
import { loopbackCall, meetingSeat, pairCall, throughput } from './call-shapes';
import { candidateErrorRecord, iceGathering, natMapping, serverGathering, udpFirstAnswer } from './gathering-shapes';
import { hairpinTest, natFiltering, proberMapping } from './nat-shapes';
import { urlReach } from './reach-shapes';

const appReachability = object({
	url: text,
	status: whole,
	rttMs: number,
	/** The address that the app saw the request come from; null where it was not the app that answered. */
	clientAddress: v.nullable(text),
	/** Whether the answer was a redirect, which this app never gives; its status is hidden then, and 0 here. */
	redirected: v.optional(yesOrNo),
	/** Media type of the answer, without parameters. */
	mediaType: v.optional(v.nullable(text))
});
export type AppReachability = v.InferOutput<typeof appReachability>;

/** Data sent through a relay and back. */
const relayRun = object({
	/**
	 * Who the relay carried data to: `direct` the page's own socket (host or server-reflexive), as an ordinary peer would
	 * be; `self` a second relay of the same server and transport; `cross` a relay of another server or transport (`peerUrl`).
	 */
	toward: oneOf('direct', 'self', 'cross'),
	peerUrl: v.nullable(text),
	state: oneOf('carried', 'not-connected', 'connected-without-data', 'not-allocated'),
	connectMs: v.nullable(number),
	/** Payload bytes that arrived at the far end and came back. */
	bytesOut: whole,
	bytesBack: whole,
	/** Median round trip of the data channel, relay included; null when nothing came back. */
	rttMs: v.nullable(number),
	/** The relayed transport address that the server gave. */
	relayAddress: v.nullable(text),
	relayPort: v.nullable(whole),
	/** The far end of the selected pair as seen by the relay side; null when no pair was selected. */
	remote: v.nullable(object({ address: v.nullable(text), port: whole, type: text })),
	/**
	 * In a `direct` run, which of its own candidates the far end used, as the browser names it: `host` where the address
	 * that the relay saw is the device's own, so that no NAT stands between, `srflx` or `prflx` where it is another.
	 */
	farType: v.optional(v.nullable(text)),
	/**
	 * The addresses of the far end that the relay was told, and so may let in (RFC 8656 §9), each once; names of mDNS are left out, since
	 * no relay elsewhere reaches what they stand for. Absent in reports of before.
	 */
	farAddresses: v.optional(listOf(text)),
	/** How many candidates the far end gathered itself; none where it got no socket. Absent in reports of before. */
	farCandidates: v.optional(whole),
	errors: listOf(candidateErrorRecord)
});
export type RelayRun = v.InferOutput<typeof relayRun>;

const relayProof = object({ url: text, runs: listOf(relayRun) });
export type RelayProof = v.InferOutput<typeof relayProof>;

/** The check that the other device of a room ran on its own network, as it sent it. */
const peerCheckFrame = object({
	seat: meetingSeat,
	name: text,
	/** Browser and platform, for people. */
	browser: text,
	deadlineMs: number
});
// Said by hand where it refers to itself: its observations are observations, one level down.
export interface PeerCheck extends v.InferOutput<typeof peerCheckFrame> {
	observations: Observation[];
}
const peerCheck: v.GenericSchema<PeerCheck> = object({
	...peerCheckFrame.entries,
	observations: listOf(v.lazy(() => observation))
});

/** Statistics of calls made elsewhere, read from a dump (core/stats/dump) and bounded (core/report/imported.ts). */
const importedStats = object({
	/** As the person's file is called. */
	fileName: text,
	recording,
	/** Every n-th sample of the dump is in the recording; 1 for all. */
	keptEvery: whole
});
export type ImportedStats = v.InferOutput<typeof importedStats>;

const PROBE_DATA = {
	'server-list': serverList,
	'app-reachability': appReachability,
	'ice-gathering': iceGathering,
	'server-gathering': serverGathering,
	'udp-first-answer': udpFirstAnswer,
	'nat-mapping': natMapping,
	'nat-filtering': natFiltering,
	relay: relayProof,
	'prober-mapping': proberMapping,
	hairpin: hairpinTest,
	'loopback-call': loopbackCall,
	throughput,
	'pair-call': pairCall,
	'peer-check': peerCheck,
	'imported-stats': importedStats,
	'url-reach': urlReach
};

export type ProbeId = keyof typeof PROBE_DATA;
export type ProbeData = { [P in ProbeId]: v.InferOutput<(typeof PROBE_DATA)[P]> };

const failureCode = oneOf(
	'timeout',
	'blocked',
	'refused',
	'unauthorized',
	'unsupported',
	'malformed',
	'aborted',
	'internal',
	'no-webrtc'
);
export type FailureCode = v.InferOutput<typeof failureCode>;

const failed = object({
	state: v.literal('failed'),
	code: failureCode,
	/** Where this page itself knows why (observations/failure-values.ts). */
	because: v.optional(said),
	/** What the browser or the prober said, in its own words. */
	message: v.optional(text)
});
const skipped = object({
	state: v.literal('skipped'),
	/** Why (plan/skip-values.ts); absent in files of earlier versions. */
	because: v.optional(said),
	/** Files of earlier versions have a sentence in its place. */
	why: v.optional(text)
});
export type Outcome<T> = { state: 'seen'; data: T } | v.InferOutput<typeof failed> | v.InferOutput<typeof skipped>;

/** One probe's record. `step` is the plan step it belongs to; `target` the server URL it was aimed at, if one. */
const observationFrame = object({
	step: text,
	target: v.nullable(text),
	/** Milliseconds since the run began. */
	startedMs: number,
	tookMs: number,
	/** Of that time: in which the page was hidden or stalled, so that nobody listened. Absent where it was not measured. */
	pausedMs: v.optional(pausedMs)
});
export type ObservationOf<P extends ProbeId> = v.InferOutput<typeof observationFrame> & {
	probe: P;
	outcome: Outcome<ProbeData[P]>;
};
export type Observation = { [P in ProbeId]: ObservationOf<P> }[ProbeId];

// @__NO_SIDE_EFFECTS__
function observationBy(probe: v.GenericSchema<string>, data: v.GenericSchema) {
	const outcome = byField('state', [object({ state: v.literal('seen'), data }), failed, skipped]);
	return object({ probe, ...observationFrame.entries, outcome });
}

/** One of a probe that this version does not know is kept and not judged. */
const ofOtherProbe = observationBy(v.pipe(text, v.notValues(Object.keys(PROBE_DATA))), object({}));

export const observation = byField('probe', [
	...Object.entries(PROBE_DATA).map(([probe, data]) => observationBy(v.literal(probe), data)),
	ofOtherProbe
]) as v.GenericSchema as v.GenericSchema<Observation>;
