/**
 * What a rule reads of a run. It declares the parts by name and is given those alone: its functions compile with nothing else, and
 * nothing else is there when they run.
 */
import type { ObservedByProbe } from '../observations/observation-index';
import type { ProbeId } from '../observations/observation';
import type { Question, QuestionAnswers } from './conclusion';
import type { View } from './view';

/** What was joined of all observations, what one probe wrote down, and the answers to earlier questions. */
export type Readable = Omit<View, 'observed' | 'says'> & ObservedByProbe & QuestionAnswers;
export type Part = keyof Readable;
export type Reads<P extends Part> = Pick<Readable, P>;

export function readingOf<P extends Part>(view: View, parts: readonly P[]): Reads<P> {
	const found: Partial<Record<Part, unknown>> = {};
	for (const part of parts) found[part] = partOf(view, part);
	return found as Reads<P>;
}

function partOf(view: View, part: Part): unknown {
	if (part in view) return view[part as keyof View];
	if (part in view.says) return view.says[part as Question];
	return { all: view.observed.of(part as ProbeId), seen: view.observed.seen(part as ProbeId) };
}
