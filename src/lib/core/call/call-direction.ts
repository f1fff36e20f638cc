/** Which way media went in a call. */

/** Ids of the connections at its ends; `OTHER_SIDE` for the one that was not recorded. */
export interface CallDirection {
	from: string;
	to: string;
}

/** A word of a closed list, as the ids of this page's own connections are: a language has its name. */
export const OTHER_SIDE = 'other-side';
