/** Two reports on two devices: what came of each path that either of them tried. */
import { meetingPathName } from '../verdict/meeting-path';
import type { Report } from './report';

export interface ComparedPath {
	path: string;
	/** In a word or two; null where it was not tried. */
	was: string | null;
	is: string | null;
}

export function comparePaths(before: Report, after: Report): ComparedPath[] {
	const [a, b] = [outcomes(before), outcomes(after)];
	return [...new Set([...a.keys(), ...b.keys()])].map((path) => ({ path, was: a.get(path) ?? null, is: b.get(path) ?? null }));
}

function outcomes({ conclusions: { pair } }: Report): Map<string, string> {
	const said = (connected: boolean | null) => (connected === null ? 'Not known' : connected ? 'Connected' : 'Not connected');
	return new Map((pair?.outcomes ?? []).map(({ path, connected }) => [meetingPathName(path), said(connected)]));
}
