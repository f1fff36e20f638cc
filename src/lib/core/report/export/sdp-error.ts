/** What to do about a browser's error message. */
import { SDP_ENGLISH } from '../../messages/en/sdp';
import type { DecodedError } from '../../sdp/errors/decode';
import { ALL_RULES } from '../../sdp/lint/rules/all-rules';

/** The remedy of the message itself, or the advice of the likeliest of its rules. */
export function remedyOf({ remedy, rules }: DecodedError): string | null {
	const rule = ALL_RULES.find(({ id }) => id === rules[0]);
	return remedy ?? (rule ? SDP_ENGLISH.rules[rule.id].advice : null);
}
