/** A statistics object as one page tells it to another. */
import * as v from 'valibot';
import { number, text } from '../base/schema';

/** One statistics object as plain data, with whatever other fields it has. */
export const plainStats = v.looseObject({
	id: text,
	type: text,
	/** Milliseconds since 1970 UTC. */
	timestamp: v.optional(number)
});
export type PlainStats = v.InferOutput<typeof plainStats>;
