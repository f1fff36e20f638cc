/** `icelens lint-sdp --fix`: corrects files where one right text exists, and says what was corrected and what is left. */
import { writeFileSync } from 'node:fs';
import { count } from '../lib/core/base/format';
import { recognise } from '../lib/core/dump/recognise';
import type { GivenDescription, InputFormat } from '../lib/core/dump/recognised';
import { analyse, type LocatedFinding } from '../lib/core/inspection/analysis';
import { fixIn, fixSafely, withDescription } from '../lib/core/inspection/fixes';
import type { FixedLine } from '../lib/core/sdp/lint/fixes/apply';
import { unifiedDiff } from '../lib/core/sdp/lint/fixes/unified-diff';
import type { Profile } from '../lib/core/sdp/lint/rules/rule';
import type { Role } from '../lib/core/sdp/text/description';
import { CliError } from './errors';
import { givenOfFile, givenOfPair, profileOf, type ReadFile } from './lint-sdp-files';
import { print } from './terminal';

export const FIX_OPTIONS = { fix: { type: 'boolean' }, 'fix-dry-run': { type: 'boolean' } } as const;
export type FixMode = 'write' | 'dry-run';

export interface FixedFile {
	/** As it was. */
	before: ReadFile;
	/** As it is to be. */
	file: ReadFile;
	/** Where its lines come from; null where they are not those of one description. */
	lines: readonly FixedLine[] | null;
	corrections: number;
	/** Corrections that a person has to choose. */
	choices: number;
	/** Why nothing is written though there are corrections. */
	refusal: string | null;
}

/** What was written down elsewhere stays as it was: a changed recording proves nothing. */
const TEXTS: ReadonlySet<InputFormat> = new Set([
	'sdp',
	'several-descriptions',
	'description-json',
	'json',
	'escaped-text',
	'prefixed-text',
	'unknown'
]);

export function fixModeOf(values: { fix?: boolean; 'fix-dry-run'?: boolean }): FixMode | null {
	if (values.fix && values['fix-dry-run']) throw new CliError('--fix and --fix-dry-run exclude each other: give one.');
	return values.fix ? 'write' : values['fix-dry-run'] ? 'dry-run' : null;
}

/** `isWanted`: false for findings that are suppressed. Files are given alone, or as offer and answer. */
export function fixFiles(
	given: readonly (readonly [ReadFile] | readonly [ReadFile, ReadFile])[],
	role: Role | null,
	asked: Profile | null,
	isWanted: (rule: string, file: string) => boolean
): FixedFile[] {
	return given.flatMap((files) => {
		const [first, second] = files;
		const descriptions: GivenDescription[] = second ? givenOfPair(first, second) : givenOfFile(first, role);
		const fileAt = (description: number) => (second && description > 0 ? second : first);
		const profile = profileOf(files, descriptions, asked);
		const wanted = ({ rule, description }: LocatedFinding) => isWanted(rule, fileAt(description).name);
		const { given: after, lines, fixed } = fixSafely(descriptions, { profile }, wanted);
		const analysis = analyse(after, { profile });
		const choices = analysis.findings.filter((finding) => wanted(finding) && fixIn(analysis, finding, { profile }));
		return files.map((file): FixedFile => {
			const own = [...descriptions.keys()].filter((index) => fileAt(index) === file);
			const of = (findings: readonly LocatedFinding[]) => findings.filter(({ description }) => own.includes(description)).length;
			const counts = { corrections: of(fixed), choices: of(choices) };
			const text = own.reduce<string | null>(
				(input, index) => (input === null ? null : withDescription(input, descriptions[index]!.text, after[index]!.text)),
				file.text
			);
			const refusal = counts.corrections === 0 ? null : refusalOf(file, text);
			if (text === null || refusal !== null || counts.corrections === 0)
				return { before: file, file, lines: null, ...counts, corrections: 0, refusal };
			const isWhole = own.length === 1 && descriptions[own[0]!]!.text === file.text;
			return {
				before: file,
				file: { ...file, text, recognised: recognise(text) },
				lines: isWhole ? lines[own[0]!]! : null,
				...counts,
				refusal
			};
		});
	});
}

function refusalOf({ recognised, isPlain }: ReadFile, text: string | null): string | null {
	if (!TEXTS.has(recognised.format) || recognised.session !== null) return 'a recording is not changed';
	if (!isPlain) return 'it is packed, or not UTF-8';
	return text === null ? 'the description does not stand in it as a whole' : null;
}

/** Writes the files, or what would be written; says on standard error what was done. */
export function writeFixes(files: readonly FixedFile[], mode: FixMode): { isOutputTaken: boolean; isIncomplete: boolean } {
	let isOutputTaken = mode === 'dry-run';
	let isIncomplete = false;
	for (const { before, file, lines, corrections, choices, refusal } of files) {
		const { name } = file;
		const words = [
			`${count(corrections, 'finding')} ${mode === 'write' ? 'corrected' : 'can be corrected'}`,
			...(refusal === null ? [] : [`not written: ${refusal}`]),
			...(choices === 0 ? [] : [`${count(choices, 'correction')} to choose from, on the page /sdp`])
		];
		if (mode === 'dry-run') print(unifiedDiff(name === '-' ? 'stdin.sdp' : name, before.text, file.text, lines));
		else if (name === '-') {
			// Byte for byte what the input was but for the corrections; control characters in it are its own.
			process.stdout.write(file.text);
			isOutputTaken = true;
		} else if (file.text !== before.text) {
			try {
				writeFileSync(name, file.text);
			} catch (error) {
				words[0] = `could not be written (${(error as NodeJS.ErrnoException).code})`;
				isIncomplete = true;
			}
		}
		print(`icelens: ${name}: ${words.join('; ')}.\n`, process.stderr);
	}
	return { isOutputTaken, isIncomplete };
}
