/** One thing in which two descriptions differ. */
import type { Topic } from './facts';

/** A place in one of the descriptions. */
export interface Place {
	/** 1-based. */
	line: number;
	/** The line as it stands there. */
	raw: string;
}

export interface Difference {
	change: 'added' | 'removed' | 'changed';
	topic: Topic;
	/** What it is about; the same for the same thing in every comparison. */
	subject: string;
	/** Null for the session part. */
	section: { before: number | null; after: number | null; mid: string | null; kind: string } | null;
	/** For people: `Direction`, `Parameters of opus/48000/2`. */
	title: string;
	/** One sentence with both values. */
	text: string;
	before: Place | null;
	after: Place | null;
}
