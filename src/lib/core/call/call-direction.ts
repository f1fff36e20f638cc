/** Which way media went in a call. */
import type * as v from 'valibot';
import { object, text } from '../base/schema';

/** Ids of the connections at its ends; `OTHER_SIDE` for the one that was not recorded. */
export const callDirection = object({ from: text, to: text });
export type CallDirection = v.InferOutput<typeof callDirection>;

/** A word of a closed list, as the ids of this page's own connections are: a language has its name. */
export const OTHER_SIDE = 'other-side';
