/** Corrections put into a text. What they do not name stays as it was, character for character. */
import { parseDocument, type LineEnd } from '../../text/document';
import type { Fix } from './fix';

export interface FixedLine {
	raw: string;
	end: LineEnd;
	/** The number of the line in the text as given; null for one that is new or was changed. */
	from: number | null;
}

export interface FixedText {
	text: string;
	lines: FixedLine[];
	/** Those that were applied, and those that would have changed a line that another changes. */
	applied: Fix[];
	left: Fix[];
}

export function applyFixes(text: string, fixes: readonly Fix[]): FixedText {
	const { lines } = parseDocument(text);
	const claimed = new Set<string>();
	const applied: Fix[] = [];
	const left: Fix[] = [];
	for (const fix of fixes) {
		const claims = claimsOf(fix);
		if (claims.some((claim) => claimed.has(claim))) {
			left.push(fix);
			continue;
		}
		for (const claim of claims) claimed.add(claim);
		applied.push(fix);
	}
	const put = new Map<number, readonly string[]>();
	const gone = new Map<number, readonly string[]>();
	const removed = new Set<number>();
	const ends = new Map<number, LineEnd>();
	for (const fix of applied) {
		for (const { line, remove, lines: fresh } of fix.edits) {
			(remove === 0 ? put : gone).set(line, fresh);
			for (let i = 0; i < remove; i++) removed.add(line + i);
		}
		for (const { line, end } of fix.ends) ends.set(line, end);
	}
	const usual = lines.find(({ end }) => end !== '')?.end ?? '\r\n';
	const fixed: FixedLine[] = [];
	const add = (fresh: readonly string[], end: LineEnd) => {
		const last = fixed[fixed.length - 1];
		// What was the last line of the text may have had no end.
		if (fresh.length > 0 && last?.end === '') Object.assign(last, { end: usual, from: null });
		fresh.forEach((raw, at) => fixed.push({ raw, end: at < fresh.length - 1 ? usual : end, from: null }));
	};
	for (const line of lines) {
		add(put.get(line.number) ?? [], fixed[fixed.length - 1]?.end || usual);
		const end = ends.get(line.number) ?? line.end;
		add(gone.get(line.number) ?? [], end);
		if (!removed.has(line.number)) fixed.push({ raw: line.raw, end, from: end === line.end ? line.number : null });
	}
	add(put.get(lines.length + 1) ?? [], usual);
	return { text: fixed.map(({ raw, end }) => raw + end).join(''), lines: fixed, applied, left };
}

/** What a correction needs for itself: lines, places between lines, and ends. */
function claimsOf({ edits, ends }: Fix): string[] {
	const claims = ends.map(({ line }) => `end ${line}`);
	for (const { line, remove } of edits) {
		if (remove === 0) claims.push(`before ${line}`);
		for (let i = 0; i < remove; i++) claims.push(`line ${line + i}`, ...(i > 0 ? [`before ${line + i}`] : []));
	}
	return claims;
}
