/** What `icelens lint-sdp` judges: one file with all its descriptions, or an offer with its answer. */
import { count } from '../lib/core/base/format';
import { looksLikeCapture } from '../lib/core/dump/capture/capture-reader';
import { holdsDescriptions } from '../lib/core/dump/descriptions-in';
import { CAPTURE, placeOf } from '../lib/core/dump/place';
import { recognise } from '../lib/core/dump/recognise';
import type { GivenDescription, Recognised } from '../lib/core/dump/recognised';
import { analyse, analyseCandidates } from '../lib/core/inspection/analysis';
import type { LintedFiles } from '../lib/core/report/export/linted-files';
import { exportMessage } from '../lib/core/report/export/sdp-error';
import { exportFindings } from '../lib/core/report/export/sdp-findings';
import { guessProfile } from '../lib/core/sdp/lint/profile-guess';
import type { Profile } from '../lib/core/sdp/lint/rules/rule';
import { readDescription, type Role } from '../lib/core/sdp/text/description';
import { readBytes } from './arguments';
import { unpackedBytes } from './dump-file';
import { CliError } from './errors';
import { PLACE_COMMANDS } from './place-commands';

export interface ReadFile {
	name: string;
	recognised: Recognised;
}

/** Throws a CliError where it cannot be read, or another command reads it. */
export function readFile(name: string): ReadFile {
	return { name, recognised: recognise(descriptionText(name)) };
}

/** The file's text, unless another command reads it. */
function descriptionText(file: string): string {
	const bytes = unpackedBytes(file, readBytes(file));
	const text = bytes.toString('utf8');
	const isCapture = looksLikeCapture(bytes);
	if (!isCapture && holdsDescriptions(text)) return text;
	const placed = isCapture ? CAPTURE : placeOf(text);
	if (placed && placed.place !== 'descriptions')
		throw new CliError(`${file}: ${placed.what}, and no session description: ${PLACE_COMMANDS[placed.place]} reads it.`);
	return text;
}

export function isOneDescription({ recognised }: ReadFile): boolean {
	return recognised.descriptions.length === 1;
}

/** What was created before the one description was set; without a name nothing but what the files tell. */
export function withCreated(files: readonly ReadFile[], name: string | undefined): readonly ReadFile[] {
	if (name === undefined) return files;
	const [created, set] = [readFile(name), files[0]!];
	const [before, after] = [oneDescription(created), oneDescription(set)];
	return [{ ...set, recognised: { ...set.recognised, descriptions: [{ ...after, created: before.text }] } }];
}

function oneDescription({ name, recognised: { descriptions } }: ReadFile): GivenDescription {
	if (descriptions.length === 1) return descriptions[0]!;
	throw new CliError(
		`${name} contains ${count(descriptions.length, 'description')}; --created compares exactly one in each file.`
	);
}

/** `role`: what its descriptions are, where that was said. */
export function lintFile(file: ReadFile, role: Role | null, profile: Profile | null): LintedFiles {
	const { descriptions, messages, format } = file.recognised;
	const given = descriptions.map((each) => (role === null ? each : { ...each, role }));
	const isEmpty = given.length === 0 && messages.length === 0 && format !== 'candidate';
	return judged([file], isEmpty ? [wholeText(file.name)] : given, () => file.name, format === 'candidate', profile);
}

/** Throws a CliError where one of them has several descriptions, or none. */
export function lintPair(offer: ReadFile, answer: ReadFile, profile: Profile | null): LintedFiles {
	const given = ([offer, answer] as const).map(({ name, recognised: { descriptions } }, at) => {
		if (descriptions.length !== 1)
			throw new CliError(
				`${name} contains ${count(descriptions.length, 'description')}; an offer/answer exchange needs exactly one in each file.`
			);
		const role = at === 0 ? 'offer' : 'answer';
		return { ...descriptions[0]!, role, label: role } as const;
	});
	return judged([offer, answer], given, (description) => (description === 0 ? offer.name : answer.name), false, profile);
}

function judged(
	files: readonly ReadFile[],
	given: readonly GivenDescription[],
	fileAt: (description: number) => string,
	isCandidates: boolean,
	asked: Profile | null
): LintedFiles {
	const guess = guessProfile(given.map(({ text }) => readDescription(text)));
	// What two telephones say to each other is no fault of it; a description alone may be meant for a browser.
	const isTrace = files.every(({ recognised }) => recognised.format === 'sip');
	const profile = asked ?? (isTrace && guess !== null ? guess : 'webrtc');
	const analysis = analyse(given, { profile });
	const located = isCandidates ? analyseCandidates(files[0]!.recognised) : analysis.findings;
	return {
		files: files.map(({ name }) => name),
		recognised: files.map(({ recognised: { words } }) => words),
		profile,
		looksLike: guess ?? 'webrtc',
		isGuessed: asked === null,
		messages: files.flatMap(({ name, recognised: { messages } }) =>
			messages.map((message) => exportMessage(message, name, analysis, fileAt))
		),
		findings: exportFindings(located, ({ description }) => fileAt(description)),
		hasDescriptions: given.length > 0 || isCandidates
	};
}

/** The whole file as one description, so that the linter reports what an empty file, or one of another kind, lacks. */
function wholeText(file: string): GivenDescription {
	return { label: file, role: null, text: '', places: null, peer: null, local: null };
}
