/**
 * What somebody did to a text, and the same done to the text that it was before a text box made every line end a line feed: so the bytes
 * that were given outlive editing, and what the rules say of line ends stays true.
 */

export interface Edit {
	/** Where what was taken out began and ended; both in the text before. */
	from: number;
	to: number;
	inserted: string;
}

/** As a text box holds it (HTML, "API value" of a textarea). */
export function boxText(text: string): string {
	return text.replace(/\r\n?/g, '\n');
}

/** The change from one text to the next. `caret` stands behind what was inserted, and tells where among like lines it was. */
export function editBetween(before: string, after: string, caret: number): Edit {
	const tail = after.length - caret;
	const fits = tail >= 0 && tail <= before.length && before.endsWith(after.slice(caret));
	const most = fits ? tail : Math.min(before.length, after.length);
	let suffix = 0;
	while (suffix < most && before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix)) suffix++;
	const limit = Math.min(before.length, after.length) - suffix;
	let from = 0;
	while (from < limit && before.charCodeAt(from) === after.charCodeAt(from)) from++;
	return { from, to: before.length - suffix, inserted: after.slice(from, after.length - suffix) };
}

export function applyEdit(text: string, { from, to, inserted }: Edit): string {
	return text.slice(0, from) + inserted + text.slice(to);
}

/**
 * An edit of the boxed text, done to the original. New line ends are like those around them, unless what was inserted is known as it was
 * (`pasted`). Null where the two would part: a carriage return that stood alone may have met a line feed.
 */
export function editOriginal(original: string, edit: Edit, boxed: string, pasted: string | null = null): string | null {
	const [from, to] = originalPlaces(original, edit);
	const raw =
		pasted !== null && boxText(pasted) === edit.inserted ? pasted : edit.inserted.replaceAll('\n', endAround(original, from));
	const result = original.slice(0, from) + raw + original.slice(to);
	return boxText(result) === boxed ? result : null;
}

function originalPlaces(original: string, { from, to }: Edit): [number, number] {
	let [start, stop, pairs] = [from, to, 0];
	for (let at = original.indexOf('\r\n'); at >= 0; at = original.indexOf('\r\n', at + 2)) {
		const boxed = at - pairs;
		if (boxed >= to) break;
		if (boxed < from) start++;
		stop++;
		pairs++;
	}
	return [start, stop];
}

function endAround(original: string, at: number): string {
	const before = /(\r\n|\r|\n)[^\r\n]*$/.exec(original.slice(Math.max(0, at - 2000), at));
	return (before ?? /(\r\n|\r|\n)/.exec(original.slice(at, at + 2000)))?.[1] ?? '\n';
}
