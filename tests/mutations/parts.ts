/** A description taken apart for changes: the session part and the sections, each a list of lines. */
export interface Parts {
	session: string[];
	sections: string[][];
}

const END = '\r\n';

export function partsOf(text: string): Parts {
	const [session = '', ...sections] = text.split(/(?=^m=)/m);
	const linesOf = (part: string) => part.split(END).filter((line) => line !== '');
	return { session: linesOf(session), sections: sections.map(linesOf) };
}

export function textOf({ session, sections }: Parts): string {
	return [...session, ...sections.flat()].map((line) => line + END).join('');
}

/** Changes lines of one kind; says whether there was one. */
export function swap(lines: string[], pattern: RegExp, to: string | ((line: string) => string)): boolean {
	let found = false;
	lines.forEach((line, i) => {
		if (!pattern.test(line)) return;
		found = true;
		lines[i] = typeof to === 'string' ? line.replace(pattern, to) : to(line);
	});
	return found;
}

/** Takes lines out; says whether there was one. */
export function drop(lines: string[], pattern: RegExp): boolean {
	const kept = lines.filter((line) => !pattern.test(line));
	const found = kept.length < lines.length;
	lines.splice(0, lines.length, ...kept);
	return found;
}

/** Puts attributes behind the c= of a section, or at the end of the session part. */
export function put(lines: string[], ...added: string[]): void {
	const at = lines[0]!.startsWith('m=') ? lines.findIndex((line) => line.startsWith('a=')) : lines.length;
	lines.splice(at < 0 ? lines.length : at, 0, ...added);
}

export function valueOf(lines: string[], name: string): string | undefined {
	return lines.find((line) => line.startsWith(`a=${name}:`))?.slice(name.length + 3);
}

export function kindOf(section: string[]): string {
	return section[0]!.slice(2).split(' ', 1)[0]!;
}

/** The payload types of a section by codec name, in small letters. */
export function payloadTypesOf(section: string[]): { payloadType: string; codec: string }[] {
	return section.flatMap((line) => {
		const found = /^a=rtpmap:(\d+) ([^/]+)/.exec(line);
		return found ? [{ payloadType: found[1]!, codec: found[2]!.toLowerCase() }] : [];
	});
}

/** Gives a payload type another number everywhere in a section. */
export function renumber(section: string[], from: string, to: string): void {
	section[0] = section[0]!
		.split(' ')
		.map((word, i) => (i > 2 && word === from ? to : word))
		.join(' ');
	swap(section, new RegExp(`^a=(rtpmap|fmtp|rtcp-fb):${from} `), (line) => line.replace(`:${from} `, `:${to} `));
	swap(section, new RegExp(`^(a=fmtp:\\d+ apt=)${from}$`), `$1${to}`);
}

/** Takes a payload type out of a section. */
export function removePayloadType(section: string[], payloadType: string): void {
	section[0] = section[0]!
		.split(' ')
		.filter((word, i) => i <= 2 || word !== payloadType)
		.join(' ');
	drop(section, new RegExp(`^a=(rtpmap|fmtp|rtcp-fb):${payloadType} `));
}
