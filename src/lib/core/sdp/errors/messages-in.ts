/** Finds the error messages of browsers in a pasted text: alone, among log lines, above or below a description. */
import { BROWSER_ERRORS } from './browser-errors-table';

export interface BrowserMessage {
	/** As it stands there, with what a library or a console put around it. */
	text: string;
	/** 1-based, in the text it was found in. */
	line: number;
}

export interface WithoutMessages {
	messages: BrowserMessage[];
	/** What is left of the text, and for each of its lines its number in the text. */
	rest: string;
	lineNumbers: number[];
}

/** Said by a browser about WebRTC, whether or not the table has it. */
const GENERIC =
	/on 'RTC\w+'|construct 'RTC\w+'|Failed to set (?:remote|local) (?:offer|answer|pranswer)|Failed to parse SessionDescription|SIPCC Failed to parse|Session error (?:code|description)|(?:Error|Exception)\b.*\b(?:setRemoteDescription|setLocalDescription|addIceCandidate|createOffer|createAnswer|RTCPeerConnection)\b/;
/** A line of a description, also quoted or behind a short prefix: whatever its value says is no message. */
const DESCRIPTION_LINE = /^[^A-Za-z]{0,40}[a-z]=\S/;
/** The stack below an error, as consoles write it: `at call (call.js:77:12)`, `call@https://…:77:12`. */
const STACK_LINE = /^\s*at\s.+|^\s*(?:async\*)?[\w$.<>/()[\] ]*@\s?\S+:\d+(?::\d+)?\s*$/;
/** A mail or a terminal breaks a long message into no more lines than this. */
const MOST_LINES = 4;
const LONGEST_MESSAGE = 4000;

const ANY = new RegExp(BROWSER_ERRORS.map(({ pattern }) => `(?:${pattern.source.replace(/\(\?<\w+>/g, '(?:')})`).join('|'), 'i');

function isKnown(text: string): boolean {
	return text.length <= LONGEST_MESSAGE && ANY.test(text);
}

export function isMessage(text: string): boolean {
	return GENERIC.test(text) || isKnown(text);
}

export function takeMessages(text: string): WithoutMessages {
	const lines = text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
	const isBlank = (index: number) => lines[index]?.trim() === '';
	const messages: BrowserMessage[] = [];
	const kept: number[] = [];
	/** The blank line that sets a message apart: it still parts what stands above and below. */
	let apart: number | null = null;
	for (let i = 0; i < lines.length; i++) {
		const length = messageLength(lines, i);
		if (length === 0) {
			if (apart !== null && kept.length > 0) kept.push(apart);
			apart = null;
			kept.push(i);
			continue;
		}
		messages.push({ text: joined(lines, i, length), line: i + 1 });
		while (kept.length > 0 && isBlank(kept.at(-1)!)) apart = kept.pop()!;
		i += length - 1;
		while (i + 1 < lines.length && STACK_LINE.test(lines[i + 1]!)) i++;
		while (isBlank(i + 1)) apart = ++i;
	}
	return { messages, rest: kept.map((i) => lines[i]).join(''), lineNumbers: kept.map((i) => i + 1) };
}

/** How many lines the message takes that begins on this one; 0 where none does. */
function messageLength(lines: readonly string[], at: number): number {
	const line = lines[at]!;
	if (line.length > LONGEST_MESSAGE || DESCRIPTION_LINE.test(line)) return 0;
	if (isKnown(line.trim())) return 1;
	if (!GENERIC.test(line)) return 0;
	for (let length = 2; length <= MOST_LINES && at + length <= lines.length; length++) {
		const next = lines[at + length - 1]!;
		if (next.trim() === '' || DESCRIPTION_LINE.test(next) || STACK_LINE.test(next)) break;
		if (isKnown(joined(lines, at, length))) return length;
	}
	return 1;
}

function joined(lines: readonly string[], at: number, length: number): string {
	return lines
		.slice(at, at + length)
		.map((line) => line.trim())
		.join(' ');
}
