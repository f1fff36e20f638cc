/** The configuration file of the command line: how descriptions are judged in a project, and which findings it lives with, and why. */
import * as v from 'valibot';
import { pathMatches } from '../base/glob';
import type { Result } from '../base/result';
import { exactObject, listOf, oneOf, readJson, text } from '../base/schema';
import type { Severity } from '../base/severity';
import { ALL_RULES } from '../sdp/lint/rules/all-rules';
import type { Profile } from '../sdp/lint/rules/rule';

export const PROFILES = ['webrtc', 'sip', 'declarative'] as const satisfies readonly Profile[];
export const FAIL_ON = ['problem', 'warning', 'never'] as const;
/** From which severity on a finding makes the command fail. */
export type FailOn = (typeof FAIL_ON)[number];

const suppression = exactObject({
	/** The id of a rule. */
	rule: text,
	/** Seen from the folder of the configuration; a pattern without a slash is about names in any folder. */
	files: v.optional(text),
	reason: v.pipe(text, v.regex(/\S/, 'a text that says why')),
	/** The last day, in UTC. */
	until: v.optional(v.pipe(text, v.isoDate('a date as 2027-01-31')))
});

export const configFile = exactObject({
	$schema: v.optional(text),
	'lint-sdp': v.optional(
		exactObject({
			profile: v.optional(oneOf(...PROFILES)),
			failOn: v.optional(oneOf(...FAIL_ON)),
			suppressions: v.optional(listOf(suppression))
		})
	)
});

export type Suppression = v.InferOutput<typeof suppression>;
export type LintConfig = NonNullable<v.InferOutput<typeof configFile>['lint-sdp']>;

export function readLintConfig(json: string, name: string): Result<LintConfig> {
	const read = readJson(configFile, json, name);
	return read.ok ? { ok: true, value: read.value['lint-sdp'] ?? {} } : read;
}

/** What is to be told about a suppression itself. */
export interface SuppressionNote {
	/** `other-files`: it is for none of those that were judged, while one of them has what it names. */
	kind: 'unknown-rule' | 'expired' | 'unused' | 'other-files';
	suppression: Suppression;
}

/** The suppressions of a run: which finding is suppressed, and at the end which of them did nothing. */
export class Suppressions {
	readonly #used = new Set<Suppression>();
	readonly #judged = new Set<string>();
	readonly #found = new Set<string>();

	/** `today`: as 2027-01-31. */
	constructor(
		private readonly all: readonly Suppression[],
		private readonly today: string
	) {}

	/** A file was judged: from now on a suppression for it can be called unused. */
	judged(path: string): void {
		this.#judged.add(path);
	}

	/** The first that is in force and fits; null where none is. */
	for(rule: string, path: string): Suppression | null {
		this.#found.add(rule);
		const fitting = this.all.filter((each) => each.rule === rule && isFor(each, path) && !this.#isExpired(each));
		// All that fit are of use, so that none is called unused because another stands before it.
		for (const each of fitting) this.#used.add(each);
		return fitting[0] ?? null;
	}

	notes(): SuppressionNote[] {
		return this.all.flatMap((suppression) => {
			const of = (kind: SuppressionNote['kind']) => [{ kind, suppression }];
			if (!ALL_RULES.some(({ id }) => id === suppression.rule)) return of('unknown-rule');
			if (this.#isExpired(suppression)) return of('expired');
			if (this.#used.has(suppression)) return [];
			if ([...this.#judged].some((path) => isFor(suppression, path))) return of('unused');
			// Of files that were not judged nothing is known; but a pattern may be wrong.
			return this.#found.has(suppression.rule) ? of('other-files') : [];
		});
	}

	#isExpired({ until }: Suppression): boolean {
		return until !== undefined && until < this.today;
	}
}

function isFor({ files }: Suppression, path: string): boolean {
	return files === undefined || pathMatches(files, path);
}

export function fails(severity: Severity, failOn: FailOn): boolean {
	return failOn !== 'never' && (severity === 'problem' || (failOn === 'warning' && severity === 'warning'));
}
