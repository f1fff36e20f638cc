/**
 * What is read out of a dump, held against what the link did: two browsers call each other, directly, over a link that loses
 * packets for a while; `chrome://webrtc-internals` of both is saved with its own button, and imported. The wire says when
 * the loss began and ended, by the clock that the dumps have too.
 *
 * `npm run lab -- stats-truth` runs all rows, with a loss of 10 % from second 20 to 30; inside `npm test` one short row stands
 * for them.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { readDump } from '../../../src/cli/dump-file';
import { findingsOf, type StatsFinding } from '../../../src/lib/core/call/findings/findings';
import { sentence } from '../../../src/lib/core/messages/en/sentence';
import { metricSeries } from '../../../src/lib/core/recording/metric-series';
import type { RecordedConnection, Recording } from '../../../src/lib/core/recording/recording';
import { matchEnds, matchStreams } from '../../../src/lib/core/call/two-recordings';
import { createDump, launchInternals } from '../../support/record-stats';
import { patience } from '../../support/patience';
import { findProgram, missing, PROGRAMS } from '../../support/require';
import { makeLab } from './lab';
import { describeWithWire } from './need';
import type { Carried, Link } from './wire';

const FULL = process.env.ICELENS_STATS_TRUTH === 'full';
const LOSS = 0.1;
/** Chrome's page asks each second, later where the machine is busy. A sample says something of the time before it, so an edge is known to that. */
const EDGE_SAMPLES = 1.5;
/** Audio is reported on each 5 s, give or take a half (RFC 3550 §6.2, §6.3.1), video more often: an edge lies between two reports. */
const REPORT_MS = 7500;
const [FROM_S, TO_S, END_S] = FULL ? [20, 30, 42] : [3, 7, 9.5];

interface Row {
	name: string;
	link: Link | null;
	/** Whose receiver misses packets; the other end only hears of it. */
	misses: 'A' | 'B' | null;
}

const ALL: Row[] = [
	{ name: 'loss on the way from A to B', link: { up: { lossRatio: LOSS } }, misses: 'B' },
	{ name: 'loss on the way from B to A', link: { down: { lossRatio: LOSS } }, misses: 'A' },
	{ name: 'control: no loss', link: null, misses: null }
];
const ROWS = FULL ? ALL : ALL.slice(0, 1);

/** Runs in each page. Descriptions carry all candidates, so that two texts are all that has to be exchanged. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>call</title><script>
	const peer = new RTCPeerConnection();
	const up = new Promise((resolve) => {
		peer.onconnectionstatechange = () => peer.connectionState === 'connected' && resolve(Date.now());
	});
	async function begin(offer) {
		const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 320, height: 180 } });
		for (const track of stream.getTracks()) peer.addTrack(track, stream);
		if (offer) await peer.setRemoteDescription(offer);
		await peer.setLocalDescription();
		if (peer.iceGatheringState !== 'complete') await new Promise((resolve) => {
			peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && resolve();
		});
		return peer.localDescription.toJSON();
	}
</script>`;

interface Recorded {
	recording: Recording;
	connection: RecordedConnection;
	findings: StatsFinding[];
}

interface Call {
	A: Recorded;
	B: Recorded;
	/** When the call was up, and when the link began and ceased to lose, epoch ms. */
	connectedMs: number;
	fromMs: number;
	toMs: number;
	/** Of the packets that the link was given meanwhile, and in the whole call. */
	lossRatio: number;
	lossRatioInAll: number;
}

const waitUntil = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms - Date.now())));

async function record({ link, misses }: Row): Promise<Call> {
	const folder = mkdtempSync(join(tmpdir(), 'icelens-stats-truth-'));
	const closing: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
	try {
		const lab = await makeLab({ profile: 'open', link: { delayMs: 0 } }, 'open');
		closing.unshift(() => lab.close());
		const page = join(folder, 'call.html');
		writeFileSync(page, PAGE);
		const launch = async (host: string) => {
			const program = lab.executable(host, findProgram(...PROGRAMS.chromium)!);
			const { browser, context, internals } = await launchInternals([], program);
			closing.unshift(() => browser.close());
			const call = await context.newPage();
			await call.goto(pathToFileURL(page).href);
			return { internals, call };
		};
		const [a, b] = await Promise.all([launch('A'), launch('B')]);
		const offer: unknown = await a.call.evaluate('begin()');
		const answer: unknown = await b.call.evaluate(`begin(${JSON.stringify(offer)})`);
		const [connectedMs] = await Promise.all([
			a.call.evaluate<number>(`peer.setRemoteDescription(${JSON.stringify(answer)}).then(() => up)`),
			b.call.evaluate('up')
		]);
		await waitUntil(connectedMs + FROM_S * 1000);
		const from = await lab.setLink('A', link ?? { delayMs: 0 });
		await waitUntil(connectedMs + TO_S * 1000);
		const to = await lab.setLink('A', { delayMs: 0 });
		await waitUntil(connectedMs + END_S * 1000);
		const end = await lab.setLink('A', { delayMs: 0 });
		const direction = misses === 'A' ? 'down' : 'up';
		const [before, during, after] = [from, to, end].map((change) => change.before[direction]) as [Carried, Carried, Carried];
		return {
			A: await imported(a.internals, join(folder, 'A.json')),
			B: await imported(b.internals, join(folder, 'B.json')),
			connectedMs,
			fromMs: from.atMs,
			toMs: to.atMs,
			lossRatio: during.lost / (during.lost + during.carried),
			lossRatioInAll: during.lost / [before, during, after].reduce((sum, { lost, carried }) => sum + lost + carried, 0)
		};
	} finally {
		for (const close of closing) await close();
	}
}

async function imported(internals: Page, file: string): Promise<Recorded> {
	writeFileSync(file, await createDump(internals));
	const read = await readDump(file);
	if ('refusal' in read) throw new Error(read.refusal.message);
	const { recording } = read;
	expect(recording.format).toBe('webrtc-internals');
	const connection = recording.connections[0]!;
	return { recording, connection, findings: findingsOf(recording) };
}

const of = ({ findings }: Recorded, rule: string) => findings.filter((each) => each.rule === rule);

/** Share lost of all packets that should have come, within a time, over all streams that came in. */
function lossIn({ connection }: Recorded, fromMs: number, toMs: number): { ratio: number; samples: number } {
	let [sum, samples] = [0, 0];
	for (const { metric, series } of metricSeries(connection)) {
		if (metric.id !== 'loss-in') continue;
		series.tMs.forEach((t, i) => {
			const value = series.v[i];
			if (t <= fromMs || t > toMs || typeof value !== 'number') return;
			sum += value;
			samples++;
		});
	}
	return { ratio: samples === 0 ? Number.NaN : sum / samples, samples };
}

/** The longest time between two samples of a stream that came in. */
function longestGapMs({ connection }: Recorded): number {
	const gaps = metricSeries(connection)
		.filter(({ metric }) => metric.id === 'loss-in')
		.flatMap(({ series }) => series.tMs.slice(1).map((t, i) => t - series.tMs[i]!));
	return Math.max(...gaps);
}

/** From the first to the last moment of which these findings speak. */
const spanOf = (findings: readonly StatsFinding[]) => ({
	fromMs: Math.min(...findings.map(({ atMs }) => atMs!)),
	toMs: Math.max(...findings.map(({ untilMs }) => untilMs!))
});

const table: string[] = [];

function print({ name }: Row, call: Call): void {
	const since = (ms: number) => ((ms - call.connectedMs) / 1000).toFixed(1);
	table.push(`${name}: the link lost from ${since(call.fromMs)} to ${since(call.toMs)} s after the call was up`);
	for (const end of ['A', 'B'] as const) {
		const { connection, findings } = call[end];
		const startS = ((call.connectedMs - connection.startMs!) / 1000).toFixed(1);
		const loss = (fromMs: number, toMs: number) => `${(100 * lossIn(call[end], fromMs, toMs).ratio).toFixed(2)} %`;
		const during = loss(call.fromMs, call.toMs);
		table.push(
			`  ${end}: received with ${during} lost meanwhile, ${loss(0, call.fromMs)} before; up ${startS} s after its beginning`
		);
		for (const found of findings.filter((each) => each.rule.startsWith('loss-')))
			table.push(`    ${found.rule}: ${sentence(found)}`);
	}
}

const why = missing('chromium', 'root');

await describeWithWire('a dump of webrtc-internals of a call over a link that loses for a while', () => {
	afterAll(() => process.stdout.write(`\n${table.join('\n')}\n`));
	test.skipIf(why !== null).each(ROWS)(`$name${why ? ` [skipped: ${why}]` : ''}`, { timeout: patience(150_000) }, async (row) => {
		const call = await record(row);
		print(row, call);
		const { fromMs, toMs } = call;
		for (const end of ['A', 'B'] as const) {
			const { connection } = call[end];
			const edgeMs = EDGE_SAMPLES * longestGapMs(call[end]);
			// Recorded as it was: one connection, at the times of this machine's clock, exactly.
			expect(call[end].recording).toMatchObject({ clock: 'epoch', connections: { length: 1 } });
			expect(connection.startMs).toBeLessThan(call.connectedMs + edgeMs);
			const inbound = connection.tracks.filter(({ type }) => type === 'inbound-rtp').flatMap((track) => track.columns);
			const counters = inbound.filter(({ field }) => field === 'packetsLost' || field === 'packetsReceived');
			expect(counters.map(({ alignment }) => alignment)).toEqual(['exact', 'exact', 'exact', 'exact']);
			// No loss but the link's.
			expect(lossIn(call[end], 0, fromMs).ratio).toBeLessThan(0.01);
			expect(lossIn(call[end], toMs + edgeMs, Infinity).ratio).toBeLessThan(0.01);
			if (row.misses === end) continue;
			expect(of(call[end], 'loss-burst')).toEqual([]);
		}
		if (row.misses === null) {
			for (const end of ['A', 'B'] as const) expect(of(call[end], 'loss-reported')).toEqual([]);
			return;
		}

		// The end that missed packets: the loss is in its counters, at its time and of its size.
		const [missed, heard] = row.misses === 'A' ? [call.A, call.B] : [call.B, call.A];
		const gapMs = longestGapMs(missed);
		const edgeMs = EDGE_SAMPLES * gapMs;
		const { ratio, samples } = lossIn(missed, fromMs + gapMs, toMs);
		// Of audio and video, without the samples at both edges.
		expect(samples).toBeGreaterThanOrEqual(2 * (Math.floor((toMs - fromMs) / gapMs) - 2));
		expect(Math.abs(ratio - call.lossRatio)).toBeLessThan(FULL ? 0.03 : 0.06);
		const bursts = of(missed, 'loss-burst');
		expect(bursts.length).toBeGreaterThanOrEqual(1);
		expect(new Set(bursts.map(({ track }) => track)).size).toBeLessThanOrEqual(2);
		const burst = spanOf(bursts);
		expect(Math.abs(burst.fromMs - fromMs)).toBeLessThanOrEqual(edgeMs);
		expect(Math.abs(burst.toMs - toMs)).toBeLessThanOrEqual(edgeMs);
		for (const found of bursts) {
			const { atMs, untilMs } = found;
			// The sentence has the times, from the beginning of the recording, as the charts show them.
			const said = (ms: number) => `${((ms - missed.connection.startMs!) / 1000).toFixed(1)} s`;
			expect(sentence(found)).toContain(`were lost from ${said(atMs!)} to ${said(untilMs!)}`);
		}
		expect(of(missed, 'loss-reported')).toEqual([]);

		// The end that sent them knows it from reports alone, and says so.
		const reported = of(heard, 'loss-reported');
		expect(reported.length).toBeGreaterThanOrEqual(1);
		const told = spanOf(reported);
		expect(Math.abs(told.fromMs - fromMs)).toBeLessThan(REPORT_MS + edgeMs);
		expect(Math.abs(told.toMs - toMs)).toBeLessThan(REPORT_MS + edgeMs);
		for (const found of reported) {
			const { untilMs, atMs } = found;
			const text = sentence(found);
			expect(text).toMatch(/that this end sends: the receiver reported a mean loss of/);
			// Where reports are far apart, the sentence says that the edges are no better known than that.
			if (/^audio/.test(text) && untilMs! - atMs! > 3000)
				expect(text).toMatch(/Each report covers the time since the one before/);
		}

		// Both files together: the two ends of one call, and what one sent against what the other received.
		const [match] = matchEnds(call.A.recording, call.B.recording);
		expect(match).toMatchObject({ a: call.A.connection.id, b: call.B.connection.id });
		// Both count from 1970 by the clock of one machine, so what is missing is what the link took, over the whole call.
		const streams = matchStreams(call.A.connection, call.B.connection, true);
		expect(streams.map(({ from }) => from)).toEqual(['a', 'a', 'b', 'b']);
		for (const { from, missingRatio, packetsSent } of streams) {
			const ratio = (from === 'a' ? 'B' : 'A') === row.misses ? call.lossRatioInAll : 0;
			// The link draws for each packet; of so few packets a share within five standard deviations is that of the link.
			const spread = 5 * Math.sqrt((ratio * (1 - ratio)) / packetsSent!);
			expect(Math.abs(missingRatio! - ratio)).toBeLessThan(0.01 + spread);
		}
	});
});
