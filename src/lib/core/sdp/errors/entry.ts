/** What a table of browser error messages has for each. */
export interface BrowserErrorEntry {
	id: string;
	/** Chromium's are libwebrtc's, most of which Safari has as well; `safari` are those of WebKit alone, `any` has the words of several. */
	engine: 'chromium' | 'firefox' | 'safari' | 'any';
	/** Named groups: `mid`, `level` (index of the section), `line`, and `what` for the sentence. */
	pattern: RegExp;
	/** Ids of the lint rules about the same cause, the likeliest first; empty where the text is not to blame. */
	rules: readonly string[];
	/** What it means, in a sentence; a `what` of the pattern is in the braces. */
	means: string;
	/** What to do, where it is not what the first rule advises. */
	remedy?: string;
	/** What it rests on, where it is not what the first rule does. */
	cite?: string;
	/** A message as it was said, without the name of the method. */
	example: string;
	/** The attribute it is about, for the place where no finding tells it. */
	attribute?: string;
	/** The line quoted in the message is the one after the gap: a finding tells the place better. */
	quoteMisleads?: boolean;
}

export const CALL_ORDER =
	'The order of calls is wrong, not the text. Wait for each call to end before the next, and set an answer only while an offer is open.';

type Own = Omit<BrowserErrorEntry, 'engine'>;
export const chromium = (entry: Own): BrowserErrorEntry => ({ ...entry, engine: 'chromium' });
export const firefox = (entry: Own): BrowserErrorEntry => ({ ...entry, engine: 'firefox' });
