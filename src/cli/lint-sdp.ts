/** `icelens lint-sdp`: lints descriptions in any number of files, each alone, or an offer with its answer. */
import { isPattern } from '../lib/core/base/glob';
import { FAIL_ON, PROFILES, Suppressions } from '../lib/core/inspection/lint-config';
import { hasFailed, type LintedFiles, type LintRun } from '../lib/core/report/export/linted-files';
import { readChoice, readSomeArguments } from './arguments';
import { CliError } from './errors';
import { filesOf } from './file-patterns';
import { findConfig, NO_CONFIG, noteWords, type FoundConfig } from './lint-sdp-config';
import { FIX_OPTIONS, fixFiles, fixModeOf, writeFixes, type FixedFile, type FixMode } from './lint-sdp-fix';
import { isOneDescription, lintFile, lintPair, readFile, withCreated, type ReadFile } from './lint-sdp-files';
import { LINT_FORMATS, lintDocument, type LintFormat } from './lint-sdp-output';
import { writeOut } from './out-file';
import { print, terminalOf, type Terminal } from './terminal';

const ROLES = ['offer', 'answer'] as const;
const OPTIONS = {
	pair: { type: 'boolean' },
	each: { type: 'boolean' },
	created: { type: 'string' },
	role: { type: 'string' },
	profile: { type: 'string' },
	config: { type: 'string' },
	'no-config': { type: 'boolean' },
	'fail-on': { type: 'string' },
	format: { type: 'string' },
	out: { type: 'string' },
	...FIX_OPTIONS
} as const;

export async function lintSdp(args: string[]): Promise<number> {
	const { run, format, out, isSingle, status, fixes } = lintSdpOf(args, new Date());
	const { isOutputTaken, isIncomplete } = fixes
		? writeFixes(fixes.files, fixes.mode)
		: { isOutputTaken: false, isIncomplete: false };
	const stream = isOutputTaken ? process.stderr : process.stdout;
	// Beside a file for programs, people read on in the terminal or the log.
	print(lintDocument(run, out === null ? format : 'text', isSingle, terminalOf(stream, process.env)), stream);
	for (const { message } of run.refused) print(`icelens: ${message}\n`, process.stderr);
	if (out !== null) writeOut(out, lintDocument(run, format, isSingle, FILE));
	return isIncomplete ? 2 : status;
}

const FILE: Terminal = { columns: 110, paint: (_, text) => text };

interface Outcome {
	run: LintRun;
	format: LintFormat;
	/** The file to write to; null for standard output. */
	out: string | null;
	/** One file or one pair, whose JSON needs no list around it. */
	isSingle: boolean;
	/** Of what is left. */
	status: 0 | 1 | 2;
	/** Corrections to be written, where these were asked for. */
	fixes: { mode: FixMode; files: FixedFile[] } | null;
}

/** Everything but writing. */
export function lintSdpOf(args: string[], now: Date): Outcome {
	const { values, positionals } = readSomeArguments(args, OPTIONS);
	const format = readChoice('--format', values.format ?? 'text', LINT_FORMATS);
	const role = values.role === undefined ? null : readChoice('--role', values.role, ROLES);
	const profile = values.profile === undefined ? null : readChoice('--profile', values.profile, PROFILES);
	const failOn = values['fail-on'] === undefined ? null : readChoice('--fail-on', values['fail-on'], FAIL_ON);
	if (values.pair && values.each) throw new CliError('--pair and --each exclude each other: give one.');
	if (values.pair && (positionals.length !== 2 || positionals.some(isPattern)))
		throw new CliError('--pair takes two files: the offer, then the answer.');
	if (values.config !== undefined && values['no-config'])
		throw new CliError('--config and --no-config exclude each other: give one.');
	const found = values['no-config'] ? NO_CONFIG : findConfig(values.config, process.cwd());

	if (values.created !== undefined && positionals.length !== 1)
		throw new CliError('--created is for one file, with the description that was set.');
	const { files: read, refused } = readFiles(positionals);
	// One file has nothing else to say; of several, one that cannot be read keeps no other back.
	if (read.length === 0 && refused.length === 1) throw new CliError(refused[0]!.message);
	const asked = profile ?? found.config.profile ?? null;
	const mode = fixModeOf(values);
	const given = pairOf(read, positionals, values);
	const isWanted = wantedBy(found, now);
	const fixed = mode && fixFiles(given ? [given] : read.map((file) => [file] as const), role, asked, isWanted);
	const files = fixed?.map(({ file }) => file) ?? read;
	const pair = given && ([files[0]!, files[1]!] as const);
	if (pair && role !== null)
		throw new CliError('--role is for files that are judged alone; of a pair the first is the offer and the second the answer.');
	const linted = pair
		? [lintPair(...pair, asked)]
		: withCreated(files, values.created).map((file) => lintFile(file, role, asked));
	const { suppressed, notes } = suppress(linted, found, now);
	const run: LintRun = { linted: suppressed, refused, notes, failOn: failOn ?? found.config.failOn ?? 'problem' };
	return {
		run,
		format,
		out: values.out ?? null,
		isSingle: linted.length === 1 && refused.length === 0 && !positionals.some(isPattern),
		status: refused.length > 0 ? 2 : hasFailed(run) ? 1 : 0,
		fixes: mode && fixed ? { mode, files: fixed } : null
	};
}

function readFiles(names: readonly string[]): { files: ReadFile[]; refused: { file: string; message: string }[] } {
	const files: ReadFile[] = [];
	const refused: { file: string; message: string }[] = [];
	const attempt = <T>(file: string, work: () => T): T | null => {
		try {
			return work();
		} catch (error) {
			if (!(error instanceof CliError)) throw error;
			refused.push({ file, message: error.message });
			return null;
		}
	};
	for (const name of new Set(names.flatMap((name) => attempt(name, () => filesOf(name, '*.sdp')) ?? []))) {
		const file = attempt(name, () => readFile(name));
		if (file) files.push(file);
	}
	return { files, refused };
}

/** Two files that were named, with a description each, are an offer and its answer; what a pattern finds is not. */
function pairOf(
	files: readonly ReadFile[],
	names: readonly string[],
	{ pair, each }: { pair?: boolean; each?: boolean }
): [ReadFile, ReadFile] | null {
	const [first, second] = files;
	if (names.length !== 2 || !first || !second || each) return null;
	const isNamed = !names.some(isPattern) && files.every(isOneDescription);
	return pair || isNamed ? [first, second] : null;
}

/** What is suppressed is not corrected either. */
function wantedBy({ config, pathOf }: FoundConfig, now: Date): (rule: string, file: string) => boolean {
	const suppressions = new Suppressions(config.suppressions ?? [], now.toISOString().slice(0, 10));
	return (rule, file) => suppressions.for(rule, pathOf(file)) === null;
}

function suppress(linted: readonly LintedFiles[], { config, name, pathOf }: FoundConfig, now: Date) {
	const suppressions = new Suppressions(config.suppressions ?? [], now.toISOString().slice(0, 10));
	const suppressed = linted.map((each): LintedFiles => {
		for (const file of each.files) suppressions.judged(pathOf(file));
		const findings = each.findings.map((finding) => {
			const by = suppressions.for(finding.rule, pathOf(finding.file));
			return by ? { ...finding, suppression: { reason: by.reason, until: by.until ?? null } } : finding;
		});
		return { ...each, findings };
	});
	return { suppressed, notes: suppressions.notes().map((note) => noteWords(note, name!)) };
}
