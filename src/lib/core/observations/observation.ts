/**
 * Observations: the facts that probes write down. Append-only JSON, judged later by core, never judged by the probe.
 * Adding a probe: a line in ProbeData, a file in probes/, an entry in plan/plan.ts; the compiler points to the rest.
 */
import type { Family } from '../base/ip';
import type { PausedMs } from '../stats/page-time';
import type { Recording } from '../stats/recording';

/** How a server is spoken to. `tls` is TLS over TCP (RFC 7065 `turns:`). */
export type ServerTransport = 'udp' | 'tcp' | 'tls';

/** One ICE candidate as the browser reported it (W3C RTCIceCandidate). Times are milliseconds after the probe's start. */
export interface CandidateRecord {
	atMs: number;
	/** The candidate-attribute line, `candidate:…` (RFC 8839 §5.1). */
	candidate: string;
	type: 'host' | 'srflx' | 'prflx' | 'relay';
	protocol: 'udp' | 'tcp';
	/** An IP address, or the mDNS name (`….local`) that hides it; null when the browser gave none. */
	address: string | null;
	port: number;
	foundation: string;
	component: number;
	priority: number;
	relatedAddress: string | null;
	relatedPort: number | null;
	tcpType: string | null;
	/** The server it came from, as the browser names it; null for host candidates. */
	url: string | null;
	/** How the TURN server was reached; browsers leave it null for UDP, see the `url`. */
	relayProtocol: ServerTransport | null;
}

/** One `icecandidateerror` event, raw (W3C RTCPeerConnectionIceErrorEvent). */
export interface CandidateErrorRecord {
	atMs: number;
	url: string;
	errorCode: number;
	/** Empty in Firefox. */
	errorText: string;
	address: string | null;
	port: number | null;
}

/** Which implementation measured: error texts and timings differ between them, so the explanations need it. */
export type BrowserEngine = 'chromium' | 'firefox' | 'safari' | 'unknown';

/** What one RTCPeerConnection gathered. */
export interface Gathered {
	engine: BrowserEngine;
	candidates: CandidateRecord[];
	errors: CandidateErrorRecord[];
	/** When `iceGatheringState` became `complete`; null when the probe stopped before. */
	completeMs: number | null;
	/** Why the probe stopped: the browser was done, the probe had what it came for, or its deadline passed. */
	endedBy: 'complete' | 'satisfied' | 'deadline';
}

export interface AppReachability {
	url: string;
	status: number;
	rttMs: number;
	/** The address that the app saw the request come from. */
	clientAddress: string | null;
}

export interface IceGathering extends Gathered {
	/** `granted`: camera or microphone permission was given, so host addresses are not hidden. */
	mediaPermission: 'granted' | 'not-granted';
	policy: 'all' | 'relay';
	urls: string[];
}

/** One server URL in an RTCPeerConnection of its own. */
export interface ServerGathering extends Gathered {
	url: string;
	/**
	 * How long ago the credential used had expired when gathering began, ms, where its user name bears a time (TURN REST);
	 * null or absent when it had not, or bears none. The user name itself stays out of observations.
	 */
	credentialExpiredForMs?: number | null;
}

/** All servers outside asked over UDP from one socket, until the first answer or not much longer than any answer would take. */
export interface UdpFirstAnswer extends Gathered {
	/** The `stun:` URLs asked; a TURN server over UDP is asked as `stun:` at the same host and port. */
	urls: string[];
}

/** All observers asked from one local socket (RFC 5780 §4.3, as far as a browser can). */
export interface NatMapping extends Gathered {
	/**
	 * The `stun:` URLs asked, each of which had answered in its own connection before. A TURN server over UDP is an observer
	 * too and is asked as `stun:` at the same host and port, so that a refused allocation is no error here.
	 */
	observers: string[];
}

/** Data sent through a relay and back. */
export interface RelayRun {
	/**
	 * Who the relay carried data to: `direct` the page's own socket (host or server-reflexive), as an ordinary peer would
	 * be; `self` a second relay of the same server and transport; `cross` a relay of another server or transport (`peerUrl`).
	 */
	toward: 'direct' | 'self' | 'cross';
	peerUrl: string | null;
	state: 'carried' | 'not-connected' | 'connected-without-data' | 'not-allocated';
	connectMs: number | null;
	/** Payload bytes that arrived at the far end and came back. */
	bytesOut: number;
	bytesBack: number;
	/** Median round trip of the data channel, relay included; null when nothing came back. */
	rttMs: number | null;
	/** The relayed transport address that the server gave. */
	relayAddress: string | null;
	relayPort: number | null;
	/** The far end of the selected pair as seen by the relay side; null when no pair was selected. */
	remote: { address: string | null; port: number; type: string } | null;
	/**
	 * In a `direct` run, which of its own candidates the far end used, as the browser names it: `host` where the address
	 * that the relay saw is the device's own, so that no NAT stands between, `srflx` or `prflx` where it is another.
	 */
	farType?: string | null;
	errors: CandidateErrorRecord[];
}

export interface HairpinTest {
	family: Family;
	/** The `stun:` URL of the server that told both public addresses. */
	observer: string;
	/** Where the two sockets of this page are seen from outside; each is given nothing but the other's. */
	mapped: [FilterEndpoint | null, FilterEndpoint | null];
	/**
	 * `returned`: answers came back by the other's public address. `arrived`: packets came round and their answers did not.
	 * `lost`: nothing came, and by their inside addresses the same two sockets met at once (the control). Else inconclusive.
	 */
	state: 'returned' | 'arrived' | 'lost' | 'inconclusive';
	why: 'no-mapped-address' | 'control-failed' | null;
	/** From the first packet until the first answer, or how long was tried in vain. */
	triedMs: number | null;
	/** How long the two took to meet by their inside addresses. */
	controlMs: number | null;
}

export interface RelayProof {
	url: string;
	runs: RelayRun[];
}

export interface FilterEndpoint {
	address: string;
	port: number;
}

/** One question "may a stranger send to this socket?", asked by the relay of a TURN server, with its own positive control. */
export interface FilterKnock {
	/**
	 * What the probed socket had written to before: only a STUN server at another address than the relay's, or also the
	 * relay's own address at another port.
	 */
	opened: 'other-address' | 'relay-address';
	/** The `stun:` URL of the server that told the mapped address. */
	observer: string;
	/** The address knocked on. */
	mapped: FilterEndpoint | null;
	/** The address that knocked. */
	relay: FilterEndpoint | null;
	/** `blocked` only where the control passed; everything else that did not pass is inconclusive. */
	state: 'passed' | 'blocked' | 'inconclusive';
	why: 'no-mapped-address' | 'no-relay' | 'other-family' | 'not-opened' | 'control-failed' | null;
	/** From the first knock until it passed, or how long was knocked in vain. */
	knockMs: number | null;
	/** From writing to the relay until it answered: the filter is open then, so anything else would be the relay's fault. */
	controlMs: number | null;
	/** The port that the relay saw in the control: another one than that of `mapped` means that the mapping depends on the destination. */
	controlPort: number | null;
}

/** Who may send to this device unasked (RFC 4787 §5), found with any TURN server. */
export interface TurnFiltering {
	method: 'turn';
	family: Family | 'unknown';
	/** The TURN URL. */
	server: string;
	knocks: FilterKnock[];
}

/** Which of a prober's four sockets: where the page sends to, and those around it (RFC 5780 §4, as seen from there). */
export type ProberCorner = 'same' | 'other-port' | 'other-address' | 'other-both';

/** The same, found by a prober beside the app: it checked the page from sockets that the page had never written to. */
export interface ProberFiltering {
	method: 'prober';
	family: Family | 'unknown';
	/** Address and port that the page wrote to. */
	server: string;
	/** Where the page's checks came from; null when none came. */
	mapped: FilterEndpoint | null;
	/** Whether that address answered a request, so that it is no forgery and packets get back to it. */
	proven: boolean;
	roundTripMs: number | null;
	/** For each socket that the prober has: how many requests it sent to `mapped` and how many were answered. */
	knocks: { corner: ProberCorner; from: FilterEndpoint; sent: number; answered: number; firstAnswerMs: number | null }[];
	/** A second Icelens server was asked to knock: those at other addresses are its knocks. Absent where none was needed. */
	partner?: ProberPartner & {
		/** How long an answer to each of its knocks was waited for. */
		waitedMs: number;
		/**
		 * After knocks in vain the page wrote to one of its sockets, `at`, and it sent from another, `knocked`, to where that had
		 * come from. Null where it did not come to that.
		 */
		control: {
			at: FilterEndpoint;
			from: FilterEndpoint;
			knocked: FilterEndpoint;
			sent: number;
			answered: number;
			roundTripMs: number;
		} | null;
	};
	tookMs: number;
}

/** A second Icelens server, at another address, that the operator of the first named. */
export interface ProberPartner {
	/** Name or address, without port and brackets. */
	host: string;
	/**
	 * What kept it from telling: not reached in time; it does not know our secret; its clock is off; no address of this family;
	 * the same address as ours; too much to do, or it may not send there; none of this device's packets reached it; none of its
	 * packets reached this device.
	 */
	why: 'unreachable' | 'refused' | 'clock' | 'no-family' | 'same-address' | 'busy' | 'not-heard' | 'not-answered' | null;
}

/** Where the checks of one socket came from, as each of the prober's sockets saw them. */
export interface ProberMapping {
	method: 'prober';
	family: Family | 'unknown';
	seen: { corner: ProberCorner; at: FilterEndpoint; from: FilterEndpoint | null }[];
	/** Absent where no second server was asked; those at other addresses are its sockets. */
	partner?: ProberPartner;
	/** How many UDP sockets the page used, as its host candidates show; more than one of a family cannot be told apart. */
	sockets?: number;
}

export type NatFiltering = TurnFiltering | ProberFiltering;

/** The path that a call of this page was confined to. */
export interface CallPath {
	/** `any`: whatever ICE chooses. `host`, `srflx`: only candidates of this type were given to the other end. */
	kind: 'any' | 'host' | 'srflx' | 'relay';
	/** The TURN URL; null for the other kinds. */
	url: string | null;
	/** How the relay is reached; null for the other kinds. */
	transport: ServerTransport | null;
	/** Whether the callee was behind a relay too, or met the caller's relay by its own sockets. */
	far: 'relay' | 'direct' | null;
	/** The callee's TURN URL where it is another one than the caller's: then the two directions take different ways. */
	farUrl?: string | null;
}

/** Something that was done during a call, or happened to it. */
export interface CallMark {
	/** On the recording's clock, ms. */
	atMs: number;
	kind: 'connected' | 'ice-restart' | 'path-switch' | 'device-lost' | 'refused' | 'interrupted' | 'resumed' | 'pause' | 'ended';
	/** One sentence. */
	text: string;
}

/** A call between two connections of this page, with everything that its statistics said. */
export interface LoopbackCall {
	/** `comparison`: a short call among several, one for each path. */
	purpose: 'call' | 'comparison';
	/** The path it began with; a switch is a mark and in `paths`. */
	path: CallPath;
	/** Every path it was confined to, in time. */
	paths: { atMs: number; path: CallPath }[];
	media: {
		source: 'devices' | 'synthetic';
		audioOnly: boolean;
		width: number;
		height: number;
		frameRate: number;
		/** `VP8`, `VP9`, `H264`, `AV1`; null: the browser's choice. */
		codec: string | null;
		bitrateCapBps: number | null;
	};
	/** From the start to both ends connected, ms; null when they never were. */
	connectMs: number | null;
	/** From the start to the first decoded frame (first packet of sound without video) at the callee, ms. */
	mediaMs: number | null;
	endedBy: 'running' | 'stopped' | 'duration' | 'not-connected' | 'path-lost' | 'page-left' | 'failed';
	/** The browser's words, where it failed. */
	error: string | null;
	errors: CandidateErrorRecord[];
	marks: CallMark[];
	/** Of the connections `caller` and `callee`: fields of the metric table only. */
	recording: Recording;
	/** Every n-th sample is in the recording; 1 when all are. */
	keptEvery: number;
}

/** Small messages with a number and a timestamp, sent at a steady pace on a channel that repeats nothing. */
export interface PingRun {
	sent: number;
	received: number;
	/** Of the messages that arrived, each way alone: both ends share one clock. */
	delayMs: { median: number; p95: number } | null;
}

/** One direction loaded with data as fast as it takes them. */
export interface LoadRun {
	direction: 'forth' | 'back';
	seconds: number;
	bytes: number;
	/** Payload that arrived, over the time from the first to the last arrival; null when nothing came. */
	bitrateBps: number | null;
	/** Pings sent during the load, in both directions. */
	forth: PingRun;
	back: PingRun;
}

export interface Throughput {
	path: CallPath;
	connectMs: number;
	idle: { forth: PingRun; back: PingRun };
	loads: LoadRun[];
	endedBy: 'done' | 'stopped' | 'path-lost';
}

/** The path that two devices were confined to: without a relay, both over one TURN URL, or whatever ICE chooses. */
export interface MeetingPath {
	kind: 'direct' | 'relay' | 'any';
	/** The TURN URL; null for the other kinds. */
	url: string | null;
	transport: ServerTransport | null;
	/** The one end that was held to the relay, while the other used its own sockets; null or absent: both were. */
	relayAt?: MeetingSeat | null;
}

export type MeetingSeat = 'host' | 'guest';

/** A call between this device and another one, as both ends recorded it. */
export interface PairCall {
	/** This device's seat in the room. */
	own: MeetingSeat;
	names: Record<MeetingSeat, string>;
	path: MeetingPath;
	endedBy: 'running' | 'stopped' | 'not-connected' | 'path-lost' | 'peer-left' | 'failed';
	/** The browser's words, where it failed. */
	error: string | null;
	/** What has to be added to the other device's clock, ms, and by how much that may be wrong; it is in the recording already. */
	clock: { offsetMs: number; uncertaintyMs: number } | null;
	/** When each end decoded its first picture, ms since the start; null when it never did. */
	firstFrameMs: Record<MeetingSeat, number | null>;
	/** Of the connections `caller` (the host's) and `callee` (the guest's): fields of the metric table only. */
	recording: Recording;
	keptEvery: number;
}

/** The check that the other device of a room ran on its own network, as it sent it. */
export interface PeerCheck {
	seat: MeetingSeat;
	name: string;
	/** Browser and platform, for people. */
	browser: string;
	deadlineMs: number;
	observations: Observation[];
}

/** Statistics of calls made elsewhere, read from a dump (core/stats/dump) and bounded (core/report/imported.ts). */
export interface ImportedStats {
	/** As the person's file is called. */
	fileName: string;
	recording: Recording;
	/** Every n-th sample of the dump is in the recording; 1 for all. */
	keptEvery: number;
}

export interface ProbeData {
	'app-reachability': AppReachability;
	'ice-gathering': IceGathering;
	'server-gathering': ServerGathering;
	'udp-first-answer': UdpFirstAnswer;
	'nat-mapping': NatMapping;
	'nat-filtering': NatFiltering;
	relay: RelayProof;
	'prober-mapping': ProberMapping;
	hairpin: HairpinTest;
	'loopback-call': LoopbackCall;
	throughput: Throughput;
	'pair-call': PairCall;
	'peer-check': PeerCheck;
	'imported-stats': ImportedStats;
}

export type ProbeId = keyof ProbeData;

export type FailureCode =
	'timeout' | 'blocked' | 'refused' | 'unauthorized' | 'unsupported' | 'malformed' | 'aborted' | 'internal';

export type Outcome<T> =
	{ state: 'seen'; data: T } | { state: 'failed'; code: FailureCode; message: string } | { state: 'skipped'; why: string };

/** One probe's record. `step` is the plan step it belongs to; `target` the server URL it was aimed at, if one. */
export type ObservationOf<P extends ProbeId> = {
	probe: P;
	step: string;
	target: string | null;
	/** Milliseconds since the run began. */
	startedMs: number;
	tookMs: number;
	/** Of that time: in which the page was hidden or stood still, so that nobody listened. Absent where it was not measured. */
	pausedMs?: PausedMs;
	outcome: Outcome<ProbeData[P]>;
};

export type Observation = { [P in ProbeId]: ObservationOf<P> }[ProbeId];

/** How long a probe could hear an answer: while its page was hidden or stood still, nothing that arrived was told to it. */
export function listenedMs({ tookMs, pausedMs }: Pick<Observation, 'tookMs' | 'pausedMs'>): number {
	return Math.max(0, tookMs - (pausedMs ? pausedMs.hidden + pausedMs.stalled : 0));
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
