/** What was left out of a report to make it small, one sentence each. Files of earlier versions have sentences alone. */
import type { Said, WrittenSaid } from '../base/said';
import type { Report } from './report';

export function leftOutOf(
	{ trimmed = [], leftOut = [] }: Pick<Report, 'trimmed' | 'leftOut'>,
	say: (said: Said | WrittenSaid) => string
): string[] {
	return [...trimmed, ...leftOut.map(say)];
}
