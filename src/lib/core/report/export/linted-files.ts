/** What linting gave for each file, as documents for other programs are made of it. */
import type { FailOn } from '../../inspection/lint-config';
import { fails } from '../../inspection/lint-config';
import type { Profile } from '../../sdp/lint/rules/rule';
import type { ExportedFinding } from './sdp-findings';
import type { ExportedMessage } from './sdp-error';

/** One file, or an offer with its answer. */
export interface LintedFiles {
	files: readonly string[];
	/** A sentence for each file, on what was recognised in it. */
	recognised: readonly string[];
	profile: Profile;
	looksLike: Profile;
	/** False where somebody said which profile. */
	isGuessed: boolean;
	messages: readonly ExportedMessage[];
	/** Suppressed ones too. */
	findings: readonly ExportedFinding[];
	/** False where there was no description to judge. */
	hasDescriptions: boolean;
}

export interface LintRun {
	linted: readonly LintedFiles[];
	/** Files that could not be read, and why, as a sentence that names them. */
	refused: readonly { file: string; message: string }[];
	/** What is to be told about the configuration. */
	notes: readonly string[];
	failOn: FailOn;
}

/** A message of a browser is about something that it refused, so it counts as a problem. */
export function hasFailed({ linted, failOn }: LintRun): boolean {
	return linted.some(
		({ messages, findings }) =>
			(messages.length > 0 && fails('problem', failOn)) ||
			findings.some(({ severity, suppression }) => suppression === null && fails(severity, failOn))
	);
}

/** A message and what it means, in one text. */
export function messageText({ text, means, advice }: ExportedMessage): string {
	return [`The browser said: ${text.slice(0, 1000)}`, means ?? 'No rule of Icelens knows this message.', advice]
		.filter(Boolean)
		.join('\n');
}
