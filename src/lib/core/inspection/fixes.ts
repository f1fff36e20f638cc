/** Corrections of what was given: for each finding, and all safe ones together until nothing is left that they change. */
import type { GivenDescription } from '../dump/recognised';
import { fixOf } from '../sdp/lint/fixes/all-fixes';
import { applyFixes, type FixedLine } from '../sdp/lint/fixes/apply';
import type { Fix } from '../sdp/lint/fixes/fix';
import type { LintOptions } from '../sdp/lint/lint';
import { parseDocument } from '../sdp/text/document';
import { analyse, type Analysis, type LocatedFinding } from './analysis';

/** One correction makes room for the next; a text that needs more rounds than this is left as it is then. */
const MOST_ROUNDS = 25;
/** Characters up to which every finding is corrected at once; of longer texts some of each rule in each round. */
const MOST_AT_ONCE = 200_000;

/** The correction of a finding; null where there is none. */
export function fixIn({ descriptions, connections }: Analysis, finding: LocatedFinding, options: LintOptions): Fix | null {
	const described = descriptions[finding.description];
	if (!described) return null;
	const exchange = connections.flatMap(({ exchanges }) => exchanges).find(({ answer }) => answer === finding.description);
	const offer = exchange ? descriptions[exchange.offer]!.sdp : null;
	return fixOf(finding, described.sdp, offer, options.profile ?? 'webrtc');
}

export interface FixedDescriptions {
	given: GivenDescription[];
	/** The lines of each. */
	lines: FixedLine[][];
	/** What was corrected, in the order in which it was. */
	fixed: LocatedFinding[];
}

/**
 * Applies every safe correction of the findings that are wanted, and those that these make possible. The same again changes nothing.
 */
export function fixSafely(
	given: readonly GivenDescription[],
	options: LintOptions,
	isWanted: (finding: LocatedFinding) => boolean = () => true
): FixedDescriptions {
	let now: GivenDescription[] = [...given];
	let lines = given.map(({ text }) =>
		parseDocument(text).lines.map(({ raw, end, number }): FixedLine => ({ raw, end, from: number }))
	);
	const fixed: LocatedFinding[] = [];
	const isComplete = given.every(({ text }) => text.length <= MOST_AT_ONCE);
	for (let round = 0; round < MOST_ROUNDS; round++) {
		const analysis = analyse(now, { ...options, isComplete });
		const found = analysis.findings.filter(isWanted).flatMap((finding) => {
			const fix = fixIn(analysis, finding, options);
			return fix?.safe ? [{ finding, fix }] : [];
		});
		if (found.length === 0) break;
		const texts = now.map(({ text }, index) => {
			const own = found.filter(({ finding }) => finding.description === index);
			return applyFixes(
				text,
				own.map(({ fix }) => fix)
			);
		});
		const applied = new Set(texts.flatMap((text) => text.applied));
		for (const { finding, fix } of found) if (applied.has(fix)) fixed.push(finding);
		lines = texts.map((text, index) =>
			text.lines.map((line) => ({ ...line, from: line.from === null ? null : lines[index]![line.from - 1]!.from }))
		);
		// Places are those of the text as it was given.
		now = now.map((each, index) => ({ ...each, text: texts[index]!.text, places: null }));
	}
	return { given: now, lines, fixed };
}

/** An input with another text in the place of a description: as it is, or as JSON writes it. Null where its place is not plain. */
export function withDescription(input: string, before: string, after: string): string | null {
	const written = (text: string) => JSON.stringify(text).slice(1, -1);
	for (const [from, to] of [
		[before, after],
		[written(before), written(after)]
	] as const) {
		const at = input.indexOf(from);
		if (from === '' || at < 0) continue;
		return input.includes(from, at + 1) ? null : input.slice(0, at) + to + input.slice(at + from.length);
	}
	return null;
}
