/** A browser refuses a description that no rule finds a reason in: then the rules are what is wrong, and that is said. */
import { makePseudonyms } from '../base/pseudonyms';
import type { Refuser } from '../sdp/lint/rules/rule';
import type { Role } from '../sdp/text/description';
import { redactDescription } from '../sdp/text/redact';
import type { LocatedFinding } from './analysis';

/** What was given to the browser: the description, and before an answer the offer, as indexes in the analysis. */
export function isUnexplained(findings: readonly LocatedFinding[], asked: readonly number[], browser: Refuser | null): boolean {
	return !findings.some(
		({ description, severity, refusedBy }) =>
			asked.includes(description) && (severity === 'problem' || (browser !== null && refusedBy.includes(browser)))
	);
}

/** The line that a message quotes, where it quotes one of the text: also of messages that no table has. */
export function quotedLine(message: string, lines: readonly { raw: string; number: number }[]): number | null {
	const counted = /\bline (\d+)\b/i.exec(message)?.[1];
	if (counted !== undefined && Number(counted) >= 1 && Number(counted) <= lines.length) return Number(counted);
	let best: { raw: string; number: number } | null = null;
	for (const line of lines)
		if (line.raw.length > 2 && message.includes(line.raw) && line.raw.length > (best?.raw.length ?? 0)) best = line;
	return best?.number ?? null;
}

export interface RefusedText {
	/** Name and version of the browser. */
	browser: string;
	version: string;
	role: Role;
	message: string;
	/** The description that was refused, and before an answer its offer. */
	texts: readonly { role: Role; text: string }[];
}

/** For a bug report: what was refused, by whom and with which words, with placeholders for what is private. */
export function refusalNote({ browser, version, role, message, texts }: RefusedText): string {
	const pseudonyms = makePseudonyms();
	const redacted = texts.map((each) => ({ ...each, text: redactDescription(each.text, pseudonyms) }));
	// The message quotes lines of the text.
	const words = redactDescription(message, pseudonyms).replace(/\s+/g, ' ').trim();
	return [
		`Icelens ${version} finds no reason for this refusal.`,
		'',
		`Browser: ${browser}`,
		`Refused as: remote ${role}`,
		`Message: ${words}`,
		'',
		'Addresses, names, credentials and fingerprints are replaced by placeholders.',
		...redacted.flatMap((each) => ['', `--- ${each.role}`, each.text.replace(/\r\n?/g, '\n').trimEnd()]),
		''
	].join('\n');
}
