/** What the chart bench runs inside the browser. */
import { flushSync, mount } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import { appendPoll } from '../../../src/lib/core/recording/append';
import type { PlainStats } from '../../../src/lib/core/recording/normalise';
import type { RecordedConnection, Recording } from '../../../src/lib/core/recording/recording';
import type { ChartSeries } from '../../../src/lib/core/report/export/chart-data';
import { makeLineChart } from '../../../src/lib/ui/charts/line-chart';
import { lineColors, readColors } from '../../../src/lib/ui/charts/palette';
import RecordingCharts from '../../../src/lib/ui/charts/RecordingCharts.svelte';
import { TimeView } from '../../../src/lib/ui/charts/time-view.svelte';

const nativeFrame = window.requestAnimationFrame.bind(window);
const frame = () => new Promise<number>((resolve) => nativeFrame(resolve));
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Noise between 0 and 1 that is the same in every run. */
function noise(a: number, b: number): number {
	const x = Math.sin(a * 12.9898 + b * 78.233) * 43758.5453;
	return x - Math.floor(x);
}

/** Slow waves, noise, and now and then a spike or a gap. */
function valueAt(line: number, second: number): number | null {
	const random = noise(second, line);
	if (random < 0.004) return null;
	return 40 + 12 * Math.sin(second / 90 + line) + 8 * random + (random > 0.995 ? 150 : 0);
}

/** One chart with all lines: the time of adding a point to each and drawing. */
export async function oneChart(count: number, points: number, rounds: number): Promise<number[]> {
	const box = document.createElement('div');
	box.style.cssText = 'width:1200px;height:400px';
	const canvas = box.appendChild(document.createElement('canvas'));
	document.body.append(box);
	const chart = makeLineChart(canvas);
	chart.resize();
	const lines = Array.from({ length: count }, (_, line): ChartSeries => {
		const tMs = Array.from({ length: points }, (_, second) => second * 1000);
		const series = { tMs, v: tMs.map((_, second) => valueAt(line, second)) };
		return { id: `s${line}`, label: `Series ${line}`, unit: 'ms', color: lineColors[line % 8]!, series };
	});
	const colors = readColors(box);
	const took: number[] = [];
	for (let round = 0; round < rounds; round++) {
		await frame();
		const began = performance.now();
		const second = points + round;
		lines.forEach(({ series }, line) => {
			series.tMs.push(second * 1000);
			series.v.push(valueAt(line, second));
		});
		chart.draw({ series: lines, events: [], shown: { fromMs: 0, toMs: second * 1000 }, originMs: 0, colors });
		took.push(performance.now() - began);
	}
	chart.destroy();
	box.remove();
	return took;
}

/** What getStats of two connections of a real call says, twice, a second apart. */
async function realStats(): Promise<[PlainStats[], PlainStats[]][]> {
	const canvas = document.createElement('canvas');
	canvas.width = 320;
	const pen = canvas.getContext('2d')!;
	const drawing = setInterval(() => pen.fillRect(Math.random() * 300, Math.random() * 150, 20, 20), 50);
	const sound = new AudioContext();
	const out = sound.createMediaStreamDestination();
	const ends = [new RTCPeerConnection(), new RTCPeerConnection()] as const;
	ends.forEach((end, i) => {
		end.onicecandidate = ({ candidate }) => void ends[1 - i]!.addIceCandidate(candidate ?? undefined);
		const stream = canvas.captureStream(20);
		for (const track of [...stream.getTracks(), ...out.stream.getTracks()]) end.addTrack(track.clone(), stream);
	});
	await ends[0].setLocalDescription();
	await ends[1].setRemoteDescription(ends[0].localDescription!);
	await ends[1].setLocalDescription();
	await ends[0].setRemoteDescription(ends[1].localDescription!);
	await sleep(2500);
	const read = () => Promise.all(ends.map(async (end) => [...(await end.getStats()).values()] as PlainStats[]));
	const first = await read();
	await sleep(1000);
	const second = await read();
	clearInterval(drawing);
	ends.forEach((end) => end.close());
	await sound.close();
	return first.map((stats, i) => [stats, second[i]!]);
}

/** Lets real statistics go on: what grew in the second measured grows on, more or less; what stood, stands. */
function goOn([before, after]: [PlainStats[], PlainStats[]], second: number): PlainStats[] {
	return after.map((object, o) => {
		const earlier = before.find(({ id }) => id === object.id) ?? object;
		const next: Record<string, unknown> = { ...object };
		Object.entries(object).forEach(([field, value], f) => {
			const was = (earlier as Record<string, unknown>)[field];
			if (typeof value !== 'number' || typeof was !== 'number') return;
			next[field] =
				value > was && field !== 'timestamp'
					? value + (value - was) * (second + 0.5 * noise(o + f, second))
					: value * (field.includes('Time') || field === 'jitter' ? 0.7 + noise(o + f, second) : 1);
		});
		next['timestamp'] = second * 1000;
		return next as PlainStats;
	});
}

interface Page {
	recording: Recording;
	stats: [PlainStats[], PlainStats[]][];
	second: number;
	show(): void;
}
let page: Page | null = null;
/** Time spent in frames' callbacks since it was last read. */
let inFrames = 0;

export interface PageFacts {
	charts: number;
	samples: number;
}

export async function openPage(polls: number): Promise<PageFacts> {
	window.requestAnimationFrame = (callback) =>
		nativeFrame((time) => {
			const began = performance.now();
			callback(time);
			inFrames += performance.now() - began;
		});
	const stats = await realStats();
	const connections = ['caller', 'callee'].map((id): RecordedConnection => ({
		id,
		label: id,
		url: null,
		configuration: null,
		startMs: null,
		endMs: null,
		events: [],
		tracks: []
	}));
	const recording: Recording = {
		format: 'call',
		formatName: 'Call',
		clock: 'start',
		userAgent: null,
		connections,
		media: [],
		notes: []
	};
	let version = 0;
	let changed = () => {};
	const subscribe = createSubscriber((update) => {
		changed = update;
	});
	const view = new TimeView();
	page = { recording, stats, second: 0, show: () => (version++, changed()) };
	for (let i = 0; i < polls; i++) poll(page);
	mount(RecordingCharts, {
		target: document.body,
		props: {
			recording,
			view,
			live: true,
			get version() {
				subscribe();
				return version;
			}
		}
	});
	for (let i = 0; i < 10; i++) await frame();
	await sleep(300);
	return facts();
}

function poll(page: Page): void {
	const atMs = page.second++ * 1000;
	page.recording.connections.forEach((connection, i) =>
		appendPoll(connection, goOn(page.stats[i]!, page.second), { atMs, epochOffsetMs: null })
	);
}

function facts(): PageFacts {
	const samples = page!.recording.connections.flatMap(({ tracks }) =>
		tracks.flatMap(({ columns }) => columns.map(({ tMs }) => tMs.length))
	);
	return { charts: document.querySelectorAll('figure').length, samples: samples.reduce((a, b) => a + b, 0) };
}

/** Adds a poll and shows it, `rounds` times: reading the statistics into series, Svelte's work and the drawing together. */
export async function updatePage(rounds: number): Promise<number[]> {
	const took: number[] = [];
	for (let round = 0; round < rounds; round++) {
		inFrames = 0;
		const began = performance.now();
		poll(page!);
		page!.show();
		flushSync();
		const computed = performance.now() - began;
		await frame();
		await frame();
		took.push(computed + inFrames);
	}
	return took;
}

/** Lets time pass; every `every`th second is shown. */
export async function letPass(seconds: number, every: number): Promise<PageFacts> {
	for (let i = 1; i <= seconds; i++) {
		poll(page!);
		if (i % every !== 0) continue;
		page!.show();
		flushSync();
		await frame();
	}
	return facts();
}
