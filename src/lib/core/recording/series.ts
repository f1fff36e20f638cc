/** A measured quantity over time: two columns of equal length. */

export interface Series {
	/** Milliseconds, ascending, on the clock of the recording it belongs to. */
	tMs: number[];
	/** null is a gap: never 0, and never a line across a pause. */
	v: (number | null)[];
}
