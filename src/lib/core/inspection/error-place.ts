/** The line of a description that a browser's error message is about. */
import type { DecodedError } from '../sdp/errors/decode';
import type { Analysis, LocatedFinding } from './analysis';

export interface ErrorPlace {
	/** Index in the descriptions of the analysis. */
	description: number;
	/** 1-based, in the text of that description. */
	line: number;
	/** The finding about the same; null where the place is only what the message says. */
	finding: LocatedFinding | null;
}

/**
 * The line a message is about: the one it quotes or counts, or that of the finding with the same cause. `description` is
 * the one that was being set; null looks at all, the last first.
 */
export function locateError(decoded: DecodedError, analysis: Analysis, description: number | null = null): ErrorPlace | null {
	const all = analysis.descriptions.map((_, index) => index).reverse();
	const fits = (index: number) => {
		const { role } = analysis.descriptions[index]!.sdp;
		return decoded.role === null || role === null || role === decoded.role;
	};
	// Setting an answer may fail by what the offer said, so the others come after.
	const order = description === null ? [...all.filter(fits), ...all.filter((index) => !fits(index))] : [description];
	for (const index of order) {
		const said = saidLine(decoded, analysis, index);
		const finding = findingFor(decoded, analysis, index, said);
		const agrees = finding !== null && said !== null && rawLine(analysis, index, finding.line) === rawLine(analysis, index, said);
		if (finding !== null && (said === null || agrees || decoded.quoteMisleads))
			return { description: index, line: finding.line, finding };
		if (said !== null) return { description: index, line: said, finding: null };
	}
	for (const index of order) {
		const line = sectionLine(decoded, analysis, index);
		if (line !== null) return { description: index, line, finding: null };
	}
	return null;
}

function rawLine(analysis: Analysis, index: number, number: number): string | undefined {
	return analysis.descriptions[index]!.sdp.document.lines[number - 1]?.raw;
}

/** The attribute in the section that the message names, or the section itself. */
function sectionLine(decoded: DecodedError, analysis: Analysis, index: number): number | null {
	const at = sectionOf(decoded, analysis, index);
	if (at === null) return null;
	const section = analysis.descriptions[index]!.sdp.sections[at]!;
	const line = decoded.attribute === null ? undefined : section.attributes.get(decoded.attribute)?.[0];
	return (line ?? section.mLine).number;
}

/** The line that the message quotes (Chromium) or counts (Firefox). */
function saidLine(decoded: DecodedError, analysis: Analysis, index: number): number | null {
	const { lines } = analysis.descriptions[index]!.sdp.document;
	if (decoded.line !== null) return decoded.line >= 1 && decoded.line <= lines.length ? decoded.line : null;
	if (decoded.quote === null) return null;
	const quote = decoded.quote;
	// The reason follows the quoted line, so the longest line that the rest begins with is meant. An empty line is quoted as nothing.
	let best: { raw: string; number: number } | null = null;
	for (const { raw, number } of lines) {
		if (quote.startsWith(`${raw} `) && (best === null || raw.length > best.raw.length)) best = { raw, number };
	}
	return best?.number ?? null;
}

function findingFor(decoded: DecodedError, analysis: Analysis, index: number, said: number | null): LocatedFinding | null {
	const section = sectionOf(decoded, analysis, index);
	for (const rule of decoded.rules) {
		const found = analysis.findings.filter((finding) => finding.description === index && finding.rule === rule);
		const exact =
			found.find(({ line }) => line === said) ??
			(section === null ? undefined : found.find((finding) => finding.section === section));
		if (exact ?? found[0]) return exact ?? found[0]!;
	}
	return null;
}

function sectionOf(decoded: DecodedError, analysis: Analysis, index: number): number | null {
	const { sections } = analysis.descriptions[index]!.sdp;
	if (decoded.level !== null) return decoded.level < sections.length ? decoded.level : null;
	if (decoded.mid === null) return null;
	const at = sections.findIndex(({ mid }) => mid === decoded.mid);
	if (at >= 0) return at;
	// A browser gives a section without a=mid its index as a name.
	return /^\d{1,3}$/.test(decoded.mid) && sections[Number(decoded.mid)]?.mid === null ? Number(decoded.mid) : null;
}
