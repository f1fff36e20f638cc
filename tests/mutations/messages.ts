/** The table of messages that both browsers gave for calls that fail, and what counts as one message. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Speaker = 'chromium' | 'firefox';

export interface SaidMessage {
	browser: Speaker;
	situation: string;
	/** Name and message of the error. */
	error: string;
}

const FILE = join(import.meta.dirname, '../fixtures/browser-messages.tsv');

export function writeMessages(versions: readonly string[], said: readonly SaidMessage[]): void {
	const lines = said.map(({ browser, situation, error }) => [browser, situation, error.replace(/[\t\r\n]+/g, ' ')].join('\t'));
	writeFileSync(FILE, [versions.join('\t'), ...lines, ''].join('\n'));
}

export function readMessages(): SaidMessage[] {
	const [, ...lines] = readFileSync(FILE, 'utf8').trimEnd().split('\n');
	return lines.map((line) => {
		const [browser, situation, error] = line.split('\t') as [Speaker, string, string];
		return { browser, situation, error };
	});
}

/** What is left of a message without names, numbers, addresses and quoted text: two that differ in these alone are one. */
export function templateOf(message: string): string {
	return (
		message
			.replace(/^\w+(?:Error|Exception): /, '')
			.replace(
				/^(?:Failed to (?:execute|construct) '\w+'(?: on '\w+')?|Failed to set the '\w+' property on '\w+'|\w+\.\w+(?: setter)?|\w+ constructor): /,
				''
			)
			.replace(/Failed to set (?:remote|local) \w+ sdp: |SIPCC Failed to parse SDP: (?=SDP)/, '')
			// What stands behind the line that Chromium quotes.
			.replace(/^(Failed to parse SessionDescription\. ).* (?=[A-Z])/, '$1')
			.replace(/(["'])(?:(?!\1).)*\1/g, '…')
			.replace(
				/\((?:mid=)?[^\s()]*\)|(?<=\bmid[ =])[^\s:]*|\burn:\S+|(?<=address )\S+(?= for mcast)|\bRTC\w+|\b(?:audio|video)\/\w+/g,
				'…'
			)
			.replace(/(?<=attribute: |Invalid value: ).*/, '…')
			.replace(/-?\d+(?:\.\d+)?/g, '#')
			.replace(/(?<=\bstate:? |\bin )(?:stable|have-\w+-\w+)/g, '…')
			.replace(/\s+/g, ' ')
			.trim()
	);
}
