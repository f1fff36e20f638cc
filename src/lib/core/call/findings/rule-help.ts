/** What several tables of rules about a recording ask and write. */
import { isAlike } from '../../recording/connection';
import type { StatsTrack } from '../../recording/recording';
import type { StreamValues } from './finding-values';
import type { ConnectionView } from './findings-view';
import type { Hit } from './stats-rule';

export const notConnected = ({ overview: { outcome } }: ConnectionView) => outcome === 'failed' || outcome === 'never-connected';
export const one = <Values>(values: Values, rest: Omit<Hit<Values>, 'values'> = {}): Hit<Values>[] => [{ values, ...rest }];
export const none: Hit<never>[] = [];

export function lastStateMs(view: ConnectionView, wanted: string): number | null {
	return view.states.filter(({ state }) => state === wanted).at(-1)?.atMs ?? null;
}

/** A pair of candidates worked, whatever came of it. */
export function iceWorked(view: ConnectionView): boolean {
	return (
		view.pairs.some(({ state }) => state === 'succeeded') ||
		view.events('ice-state').some(({ state }) => state === 'connected' || state === 'completed')
	);
}

/** A stream by what it carries, with its SSRC where several have the same name. */
export function streamValues(view: ConnectionView, track: StatsTrack): StreamValues {
	const stream = view.streams.find(({ id }) => id === track.id)!;
	const same = view.streams.filter((each) => isAlike(each, stream));
	return { kind: stream.kind, direction: stream.direction, rid: stream.rid, ssrc: same.length > 1 ? stream.ssrc || null : null };
}

/** The time at the end in which a counter did not grow. */
export function stillAtEnd(tMs: readonly number[], v: readonly unknown[]): { fromMs: number; toMs: number } | null {
	let start = tMs.length - 1;
	while (start > 0 && v[start - 1] === v[tMs.length - 1]) start--;
	return start < tMs.length - 1 && typeof v[start] === 'number' ? { fromMs: tMs[start]!, toMs: tMs.at(-1)! } : null;
}

/** The relay of this end that was in use; null where none was, or its URL is not known. */
export function relayUrlAt(view: ConnectionView, atMs: number): string | null {
	const used = view.selection.findLast(({ fromMs }) => fromMs <= atMs)?.value;
	const local = view.pairs.find(({ id }) => id === used)?.local;
	return local?.type === 'relay' ? local.url : null;
}

/** Where somebody wrote down a part of the statistics, or a browser from before the standard did, what is not in them shows nothing. */
export function isWhole({ connection }: ConnectionView): boolean {
	return connection.tracks.some(
		({ type, columns }) => type === 'transport' && columns.some(({ field }) => field === 'dtlsState')
	);
}
