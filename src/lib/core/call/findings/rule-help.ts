/** What several tables of rules about a recording ask and write. */
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
