/** When nothing arrived any more, for a while or to the end, as near as the recording tells. */
import { changesOf } from '../../recording/counters';
import { column, tracksOf } from '../../recording/connection';
import type { Samples } from '../../recording/counters';
import type { ConnectionView } from './findings-view';

/** The path ended between these two times. */
export interface PathLoss {
	fromMs: number;
	toMs: number;
	/** Counters of what arrived tell it to a sample; an announced state comes some seconds late. */
	toldBy: 'packets' | 'state';
}

/** Chromium says `disconnected` up to so long after the last answer (p2p_constants.h: 5 s, and the interval of its checks). */
const STATE_LATE_MS = 8000;
/** Without a packet for so long nothing comes any more: consent is asked for every 5 s (RFC 7675 §5.1). */
const STILL_MS = 5000;

/** Times at which a counter was seen to have grown, with the sample before each. */
export function growthTimes(samples: Samples | null): { fromMs: number; toMs: number }[] {
	if (!samples) return [];
	return changesOf(samples).flatMap(({ fromMs, tMs, delta }) => (delta !== null && delta > 0 ? [{ fromMs, toMs: tMs }] : []));
}

/** Of what arrived: over the pairs that were selected, else of each stream. */
export function arrivals(view: ConnectionView): { samples: Samples; grown: { fromMs: number; toMs: number }[] }[] {
	const selected = new Set(view.selection.map(({ value }) => value));
	const pairs = tracksOf(view.connection, 'candidate-pair').filter(({ id }) => selected.has(id));
	const counters = [
		pairs.map((track) => column(track, 'bytesReceived')),
		tracksOf(view.connection, 'inbound-rtp').map((track) => column(track, 'packetsReceived'))
	].map((columns) => columns.filter((each) => each !== null && each.tMs.length > 1));
	const counted = counters.find((columns) => columns.length > 0) ?? [];
	return counted.map((samples) => ({ samples: samples!, grown: growthTimes(samples) }));
}

/** Null where the connection was not lost, or nothing tells when. */
export function pathLoss(view: ConnectionView): PathLoss | null {
	if (view.overview.outcome !== 'lost') return null;
	const counted = arrivals(view).filter(({ grown }) => grown.length > 0);
	if (counted.length > 0) {
		const last = counted.map(({ grown }) => grown.at(-1)!).reduce((a, b) => (b.toMs > a.toMs ? b : a));
		const endMs = Math.max(...counted.map(({ samples }) => samples.tMs.at(-1)!));
		if (endMs - last.toMs >= STILL_MS) return { ...last, toldBy: 'packets' };
	}
	// The last time that it went down and did not come back.
	const down = view.states.findLastIndex(({ state }) => state === 'connected' || state === 'completed') + 1;
	const atMs = view.states.slice(down).find(({ state }) => state === 'disconnected' || state === 'failed')?.atMs ?? null;
	return down === 0 || atMs === null ? null : { fromMs: atMs - STATE_LATE_MS, toMs: atMs, toldBy: 'state' };
}

/** Within this time of a change of path, or of an interruption that was announced, a pause belongs to it. */
const AROUND_MS = 30_000;
/** Shorter ones are intervals between samples. */
const LEAST_PAUSE_MS = 1000;

/** Between which times no packet arrived around a time in which something was; null where no such pause is seen. */
export function pauseAround(view: ConnectionView, fromMs: number, toMs: number): { fromMs: number; toMs: number } | null {
	const grown = arrivals(view)
		.flatMap((each) => each.grown)
		.sort((a, b) => a.toMs - b.toMs);
	let longest = { fromMs: 0, toMs: 0 };
	grown.forEach((next, index) => {
		const before = grown[index - 1];
		// It reaches over the time that is asked about, or lies within it.
		if (!before || next.fromMs < fromMs - AROUND_MS || before.toMs > toMs + AROUND_MS) return;
		if (next.fromMs - before.toMs > longest.toMs - longest.fromMs) longest = { fromMs: before.toMs, toMs: next.fromMs };
	});
	return longest.toMs - longest.fromMs >= LEAST_PAUSE_MS ? longest : null;
}
