/** Whether this device keeps reports: a switch of its own, so that a screen can ask without the history. */
import { kept } from '../storage';

/** `off` where the user wants nothing kept. */
export const HISTORY_KEY = 'icelens.history';

export function isHistoryOn(): boolean {
	return kept(HISTORY_KEY) !== 'off';
}
