/** Descriptions as Wireshark shows and exports them: the name of each line, its letter in parentheses, its value. */
import type { Extract } from './unwrap';

/** `Media Attribute (a): rtpmap:8 PCMA/8000`; fields of a line are indented further and have no letter. */
const LINE = /^[\s|]*(?:\[truncated\])?[A-Z][A-Za-z/, ]{2,60} \(([vosiuepcbtrzkam])\): ?(.*?)\s*$/;

/** Each description, starting at its `v=` line, with the places of its values. */
export function dissectedDescriptions(text: string): Extract[] {
	const found: Extract[] = [];
	let lines: string[] = [];
	let places: Extract['places'] = [];
	const end = () => {
		if (lines.length > 1) found.push({ text: `${lines.join('\r\n')}\r\n`, places });
		[lines, places] = [[], []];
	};
	text.split(/\r\n|\n|\r/).forEach((line, index) => {
		const match = LINE.exec(line);
		if (!match) return;
		const [, letter, value] = match as unknown as [string, string, string];
		if (letter === 'v') end();
		else if (lines.length === 0) return;
		lines.push(`${letter}=${value}`);
		// So that a column of the restored line, which has `a=` before the value, is that of the same character here.
		places.push({
			line: index + 1,
			column: Math.max(1, line.length - line.trimStart().length + line.trim().length - value.length - 1)
		});
	});
	end();
	return found;
}
