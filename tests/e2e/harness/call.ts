/** Calls driven from tests: each function starts, waits and hands back plain data. */
import type { LoopbackCall, Observation, Throughput } from '../../../src/lib/core/observations/observation';
import { leavesDevice } from '../../../src/lib/core/plan/call-steps';
import { DEFAULT_LIMITS } from '../../../src/lib/core/plan/config';
import { compareDirections } from '../../../src/lib/core/call/directions';
import type { DirectionDifference, CallSummary } from '../../../src/lib/core/call/call-figure-shapes';
import { spreadOf } from '../../../src/lib/core/recording/spread';
import { sentence } from '../../../src/lib/core/messages/en/sentence';
import { conclude } from '../../../src/lib/core/verdict/conclude';
import { FINDING_RULES } from '../../../src/lib/core/verdict/check/findings';
import { quantitySaid } from '../../../src/lib/core/verdict/call/quality-said';
import { DEFAULT_THROUGHPUT, measureThroughput, type ThroughputOptions } from '../../../src/lib/probes/call/throughput';
import type { Span } from '../../../src/lib/core/recording/connection';
import { growth, pairsOf, selectedPairs, tracksOf } from '../../../src/lib/core/recording/connection';
import { metricSeries } from '../../../src/lib/core/recording/metric-series';
import { summariseCall } from '../../../src/lib/core/call/call-summary';
import { oneWays, type OneWay } from '../../../src/lib/core/call/one-way';
import { judgeQuality } from '../../../src/lib/core/call/quality';
import { comparePaths } from '../../../src/lib/probes/call/path-comparison';
import { LoopbackCallRun, type CallChoices, type CallState } from '../../../src/lib/probes/call/loopback-call';
import { DEFAULT_MEDIA } from '../../../src/lib/probes/call/loopback-call-media';
import type { RecordedConnection } from '../../../src/lib/core/recording/recording';
import type { CallRoute } from '../../../src/lib/probes/call/loopback-call-route';

/** Every track that this page was ever given or made, for the count of those still alive. */
const tracks = new Set<MediaStreamTrack>();

function remember(stream: MediaStream | null): void {
	stream?.getTracks().forEach((track) => tracks.add(track));
}

export interface EndView {
	/** `relay/udp relay` for each time a pair was selected: local type, how its relay is reached, remote type. */
	selected: string[];
	/** Ids of the metrics that have values, with how many. */
	series: Record<string, number>;
	framesDecoded: number[];
	counters: number[];
}

export interface CallRecord {
	call: Omit<LoopbackCall, 'recording'>;
	samples: number;
	states: CallState[];
	ends: { caller: EndView; callee: EndView };
	selectedSpans: Span[];
	summary: CallSummary | null;
	oneWays: Omit<OneWay, 'loss' | 'delay' | 'delayChange'>[];
	directions: DirectionDifference[];
	/** What arrived over the selected pairs, at the callee and at the caller, median of the second half, Mbit/s. */
	pathMbps: (number | null)[];
	/** Rules of what was found about the network, and of what was found about this machine. */
	findings: string[];
	aboutMachine: string[];
	quality: string;
	qualityItems: string[];
	/** Nulls of the bitrate received at the callee: gaps. */
	gaps: number;
	eventCalls: string[];
	liveTracks: number;
	bytesOfReport: number;
}

let running: LoopbackCallRun | null = null;
let states: CallState[] = [];
let failure: string | null = null;
const looks = new Set<() => void>();
addEventListener('error', (event) => (failure = event.message));
addEventListener('unhandledrejection', (event) => (failure = String(event.reason)));

function begin(route: CallRoute, options: Partial<CallChoices> = {}, media: Partial<CallChoices['media']> = {}): LoopbackCallRun {
	states = [];
	const call = new LoopbackCallRun(
		{
			route,
			media: { ...DEFAULT_MEDIA, width: 320, height: 180, frameRate: 15, ...media },
			purpose: 'call',
			durationMs: null,
			pollMs: 500,
			deadlineMs: 15_000,
			...options
		},
		{
			onState: (state) => {
				states.push(state);
				looks.forEach((look) => look());
			},
			onRecord: () => looks.forEach((look) => look()),
			// A page that is left can be asked nothing; what its call knew has to be kept by then.
			onEnd: (ended) => {
				if (ended.endedBy === 'page-left') sessionStorage.setItem('call', JSON.stringify(record(ended)));
			},
			onStreams: () => {
				remember(call.local);
				remember(call.remote.caller);
				remember(call.remote.callee);
			}
		}
	);
	running = call;
	return call;
}

/** What both ends have to have seen, counted from now on, and which metrics have to have three values by then. */
export interface Wanted {
	frames?: number;
	/** Numbers read in the synthetic picture. */
	counters?: number;
	series?: readonly string[];
}

/** Waits for it. False where the call ended before, or after `patienceMs`: what is missing is in the record then. */
async function until({ frames = 0, counters = 0, series = [] }: Wanted, patienceMs: number): Promise<boolean> {
	const call = running!;
	const ends = () =>
		call.recording.connections.map((connection) => ({
			frames: grown(connection, 'inbound-rtp', 'framesDecoded'),
			counters: grown(connection, 'picture', 'counter'),
			missing: missingSeries(connection, series)
		}));
	const before = ends();
	return new Promise((resolve) => {
		const end = (reached: boolean) => {
			looks.delete(look);
			clearTimeout(timer);
			resolve(reached);
		};
		const look = () => {
			const reached = ends().every(
				(now, i) =>
					now.frames >= before[i]!.frames + frames && now.counters >= before[i]!.counters + counters && now.missing.length === 0
			);
			if (reached || call.state === 'ended') end(reached);
		};
		const timer = setTimeout(() => end(false), patienceMs);
		looks.add(look);
	});
}

function grown(connection: RecordedConnection, type: string, field: string): number {
	return tracksOf(connection, type).reduce((sum, track) => sum + (growth(track, field) ?? 0), 0);
}

function valuesOf(connection: RecordedConnection): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { metric, series } of metricSeries(connection)) {
		const count = series.v.filter((value) => value !== null).length;
		counts.set(metric.id, Math.max(count, counts.get(metric.id) ?? 0));
	}
	return counts;
}

function missingSeries(connection: RecordedConnection, wanted: readonly string[]): string[] {
	if (wanted.length === 0) return [];
	const counts = valuesOf(connection);
	return wanted.filter((id) => (counts.get(id) ?? 0) < 3);
}

/** A call that ends when it has shown what is wanted. */
async function makeUntil(
	wanted: Wanted,
	patienceMs: number,
	route: CallRoute,
	options: Partial<CallChoices> = {},
	media: Partial<CallChoices['media']> = {}
): Promise<CallRecord> {
	const call = begin(route, options, media);
	await call.start();
	if (call.state !== 'ended') await until(wanted, patienceMs);
	return record(await call.stop());
}

/** A whole call. */
async function make(
	route: CallRoute,
	options: Partial<CallChoices> = {},
	media: Partial<CallChoices['media']> = {}
): Promise<CallRecord> {
	const call = begin(route, { durationMs: 4000, ...options }, media);
	await call.start();
	return record(await call.ended);
}

async function start(
	route: CallRoute,
	options: Partial<CallChoices> = {},
	media: Partial<CallChoices['media']> = {}
): Promise<string> {
	const call = begin(route, options, media);
	await call.start();
	return call.state;
}

const state = () => running!.state;
const act = (what: 'ice-restart' | 'lose-camera' | 'lose-microphone', route?: CallRoute) => {
	if (route) return running!.switchPath(route);
	if (what === 'ice-restart') return running!.restartIce();
	return running!.loseDevice(what === 'lose-camera' ? 'video' : 'audio');
};
/** What the last page of this site kept of its call when it was left. */
const kept = () => JSON.parse(sessionStorage.getItem('call') ?? 'null') as CallRecord | null;
const compare = async (routes: CallRoute[], deadlineMs: number) => {
	const ended: string[] = [];
	const calls = await comparePaths({
		routes,
		media: { ...DEFAULT_MEDIA, width: 160, height: 90, frameRate: 10 },
		durationMs: 600,
		deadlineMs,
		pollMs: 500,
		signal: new AbortController().signal,
		onEnd: ({ endedBy }) => ended.push(endedBy)
	});
	return {
		ended,
		connectMs: calls.map(({ connectMs }) => connectMs),
		kinds: calls.map(({ path }) => path.transport ?? path.kind)
	};
};
const finish = async () => record(await running!.stop());

function record(full: LoopbackCall): CallRecord {
	const { recording, ...call } = full;
	const [caller, callee] = recording.connections;
	const view = (connection: typeof caller): EndView => {
		const pairs = pairsOf(connection!);
		const column = (type: string, field: string) =>
			connection!.tracks
				.filter((track) => track.type === type)
				.flatMap(({ columns }) => columns.filter((one) => one.field === field).flatMap(({ v }) => v as number[]));
		return {
			selected: selectedPairs(connection!).map(({ value }) => {
				const pair = pairs.find(({ id }) => id === value);
				const local = pair?.local;
				return `${local?.type}${local?.type === 'relay' ? `/${local.relayProtocol ?? '?'}` : ''} ${pair?.remote?.type}`;
			}),
			series: Object.fromEntries(valuesOf(connection!)),
			framesDecoded: column('inbound-rtp', 'framesDecoded'),
			counters: column('picture', 'counter')
		};
	};
	const summary = summariseCall(recording);
	const staysOnDevice = !leavesDevice(call.path);
	const quality = summary ? judgeQuality(summary, { staysOnDevice }) : null;
	const found = conclude(DEFAULT_LIMITS, [observationOf(full)]).findings.map(({ rule }) => rule);
	const isAboutMachine = (rule: string) => FINDING_RULES.find(({ id }) => id === rule)?.about === 'machine';
	return {
		call: failure ? { ...call, error: `${call.error ?? ''} uncaught: ${failure}` } : call,
		samples: recording.connections
			.flatMap(({ tracks: all }) => all.flatMap(({ columns }) => columns))
			.reduce((n, { tMs }) => n + tMs.length, 0),
		states: [...states],
		ends: { caller: view(caller), callee: view(callee) },
		selectedSpans: selectedPairs(caller!),
		summary,
		oneWays: oneWays(recording).map(({ loss: _loss, delay: _delay, delayChange: _change, ...rest }) => rest),
		directions: summary ? compareDirections(summary, oneWays(recording), staysOnDevice) : [],
		pathMbps: [callee!, caller!].map((connection) => {
			const all = metricSeries(connection).filter(({ metric }) => metric.id === 'path-bitrate-in');
			const rates = all.map(({ series }) => spreadOf(series.v.slice(series.v.length >> 1))?.median ?? 0);
			return rates.length === 0 ? null : Math.max(...rates) / 1e6;
		}),
		findings: found.filter((rule) => !isAboutMachine(rule)),
		aboutMachine: found.filter(isAboutMachine),
		quality: quality?.overall ?? 'none',
		qualityItems: quality?.items.map((item) => sentence(quantitySaid(item))) ?? [],
		gaps: metricSeries(callee!)
			.filter(({ metric }) => metric.id === 'bitrate-in')
			.reduce((n, { series }) => n + series.v.filter((value) => value === null).length, 0),
		eventCalls: recording.connections.flatMap(({ events }) =>
			events.map(({ peer, call: name, phase, state }) => `${peer} ${name} ${state ?? phase}`)
		),
		liveTracks: [...tracks].filter(({ readyState }) => readyState === 'live').length,
		bytesOfReport: JSON.stringify(full).length
	};
}

function observationOf(data: LoopbackCall): Observation {
	return {
		probe: 'loopback-call',
		step: 'loopback-call',
		target: data.path.url,
		startedMs: 0,
		tookMs: 0,
		outcome: { state: 'seen', data }
	};
}

async function load(route: CallRoute, options: Partial<ThroughputOptions> = {}): Promise<Throughput> {
	const outcome = await measureThroughput(route, { ...DEFAULT_THROUGHPUT, signal: new AbortController().signal, ...options });
	if (outcome.state !== 'seen') throw new Error(JSON.stringify(outcome));
	return outcome.data;
}

export const calls = { load, make, makeUntil, start, until, state, act, kept, compare, finish };
