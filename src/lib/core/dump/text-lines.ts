/** What all readers of lines do with them. */

import { withoutSecretText } from '../base/secrets';

/** Colours of a terminal (ECMA-48 SGR), which logs keep when they are copied. */
// eslint-disable-next-line no-control-regex -- the escape is what is looked for
const COLOUR = /\u001b\[[0-9;]*m|\[(?:0|1|3[0-7])m(?=\S)/g;

export function withoutColours(line: string): string {
	return line.includes('[') ? line.replace(COLOUR, '') : line;
}

/** As much of a line as a note shows, without secrets: whoever copied it did not mean them. */
export function clip(text: string, most = 60): string {
	const trimmed = withoutSecretText(text).trim();
	return trimmed.length > most ? `${trimmed.slice(0, most)}…` : trimmed;
}
