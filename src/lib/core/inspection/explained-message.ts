/** The messages of browsers that stand in a text, explained beside what the rules say about the descriptions there. */
import { decodeBrowserError, type DecodedError } from '../sdp/errors/decode';
import type { BrowserMessage } from '../sdp/errors/messages-in';
import { ALL_RULES } from '../sdp/lint/rules/all-rules';
import type { RuleInfo } from '../sdp/lint/rules/rule';
import type { Analysis } from './analysis';
import { locateError, type ErrorPlace } from './error-place';

export interface ExplainedMessage {
	message: BrowserMessage;
	/** Null where the message is in no table. */
	decoded: DecodedError | null;
	/** The line it is about; null where there is none, or no description. */
	place: ErrorPlace | null;
}

export function explainMessage(message: BrowserMessage, analysis: Analysis): ExplainedMessage {
	const decoded = decodeBrowserError(message.text);
	return { message, decoded, place: decoded && locateError(decoded, analysis) };
}

/** The rule that found the same, or all with the same cause. */
export function rulesOf(decoded: DecodedError | null, place: ErrorPlace | null): RuleInfo[] {
	return ALL_RULES.filter(({ id }) => (place?.finding ? id === place.finding.rule : (decoded?.rules.includes(id) ?? false)));
}
