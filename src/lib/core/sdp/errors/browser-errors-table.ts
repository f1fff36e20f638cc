/** Messages that browsers give for what they refuse, by what stands in them. First match wins. */
import { CALLS } from './calls-table';
import { CHROMIUM_CALLS } from './chromium-calls-table';
import { CHROMIUM_DESCRIPTIONS } from './chromium-descriptions-table';
import type { BrowserErrorEntry } from './entry';
import { FIREFOX_CALLS } from './firefox-calls-table';
import { FIREFOX_DESCRIPTIONS } from './firefox-descriptions-table';

export const BROWSER_ERRORS: readonly BrowserErrorEntry[] = [
	...CHROMIUM_DESCRIPTIONS,
	...CHROMIUM_CALLS,
	...FIREFOX_DESCRIPTIONS,
	...FIREFOX_CALLS,
	...CALLS
];
