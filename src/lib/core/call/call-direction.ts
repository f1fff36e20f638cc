/** Which way media went in a call. */
export type { CallDirection } from './call-figure-shapes';

/** Stands for the end that was not recorded, where a direction names its ends by id; messages/en/direction-names.ts has its name. */
export const OTHER_SIDE = 'other-side';
