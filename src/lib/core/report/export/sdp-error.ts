/** What a browser's error message means and what to do about it, as files and the command line give it. */
import type { Analysis } from '../../inspection/analysis';
import { explainMessage, rulesOf } from '../../inspection/explained-message';
import { SDP_ENGLISH } from '../../messages/en/sdp';
import type { DecodedError } from '../../sdp/errors/decode';
import type { BrowserMessage } from '../../sdp/errors/messages-in';
import { ALL_RULES } from '../../sdp/lint/rules/all-rules';

export interface ExportedMessage {
	/** Of the file. */
	line: number;
	file: string;
	text: string;
	/** Which of the known messages it is; null where no rule knows it. */
	id: string | null;
	means: string | null;
	advice: string | null;
	cite: string | null;
	rules: { rule: string; code: string }[];
	/** The line of the description that it is about. */
	about: { file: string; description: string; line: number; text: string } | null;
}

/** The remedy of the message itself, or the advice of the likeliest of its rules. */
export function remedyOf({ remedy, rules }: DecodedError): string | null {
	const rule = ALL_RULES.find(({ id }) => id === rules[0]);
	return remedy ?? (rule ? SDP_ENGLISH.rules[rule.id].advice : null);
}

export function exportMessage(
	message: BrowserMessage,
	file: string,
	analysis: Analysis,
	fileAt: (description: number) => string
): ExportedMessage {
	const { decoded, place } = explainMessage(message, analysis);
	const described = place && analysis.descriptions[place.description]!;
	return {
		line: message.line,
		file,
		text: message.text,
		id: decoded?.id ?? null,
		means: decoded?.means ?? null,
		advice: decoded && remedyOf(decoded),
		cite: decoded?.cite ?? null,
		rules: rulesOf(decoded, place).map(({ id, code }) => ({ rule: id, code })),
		about: described && {
			file: fileAt(place.description),
			description: described.given.label,
			line: described.given.places?.[place.line - 1]?.line ?? place.line,
			text: described.sdp.document.lines[place.line - 1]?.raw ?? ''
		}
	};
}
