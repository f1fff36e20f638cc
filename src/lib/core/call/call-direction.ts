/** Which way media went in a call. */
export type { CallDirection } from './call-figure-shapes';

/** A word of a closed list, as the ids of this page's own connections are: a language has its name. */
export const OTHER_SIDE = 'other-side';
