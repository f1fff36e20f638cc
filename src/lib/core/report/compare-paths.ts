/** Two reports on two devices: what came of each path that either of them tried. */
import type { MeetingPath } from '../observations/observation';
import { samePath } from '../verdict/pair/meeting-path';
import type { PathOutcome } from '../verdict/comparison-values';
import type { Report } from './report';

export interface ComparedPath {
	path: MeetingPath;
	/** Null where it was not tried. */
	before: PathOutcome | null;
	after: PathOutcome | null;
}

export function comparePaths(before: Report, after: Report): ComparedPath[] {
	const tried = [before, after].flatMap(({ conclusions: { pair } }) => (pair?.outcomes ?? []).map(({ path }) => path));
	const paths = tried.filter((path, i) => tried.findIndex((one) => samePath(one, path)) === i);
	return paths.map((path) => ({ path, before: outcomeOf(before, path), after: outcomeOf(after, path) }));
}

/** That of the last attempt over it. */
function outcomeOf({ conclusions: { pair } }: Report, path: MeetingPath): PathOutcome | null {
	const outcome = pair?.outcomes.findLast((one) => samePath(one.path, path));
	if (!outcome) return null;
	return outcome.connected === null ? 'unknown' : outcome.connected ? 'connected' : 'not-connected';
}
