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
	text: string;
	/** Whether the text is the file, byte for byte. */
	isPlain: boolean;
	recognised: Recognised;
}

/** Throws a CliError where it cannot be read, or another command reads it. */
export function readFile(name: string): ReadFile {
	const file = readBytes(name);
	const bytes = unpackedBytes(name, file);
	const text = bytes.toString('utf8');
	refuseOther(name, bytes, text);
	return { name, text, isPlain: file.equals(Buffer.from(text)), recognised: recognise(text) };
}

function refuseOther(file: string, bytes: Buffer, text: string): void {
	const isCapture = looksLikeCapture(bytes);
	if (!isCapture && holdsDescriptions(text)) return;
	const placed = isCapture ? CAPTURE : placeOf(text);
	if (placed && placed.place !== 'descriptions')
		throw new CliError(`${file}: ${placed.what}, and no session description: ${PLACE_COMMANDS[placed.place]} reads it.`);
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
	const { messages, format } = file.recognised;
	const given = givenOfFile(file, role);
	const isEmpty = given.length === 0 && messages.length === 0 && format !== 'candidate';
	return judged([file], isEmpty ? [wholeText(file.name)] : given, () => file.name, format === 'candidate', profile);
}

export function givenOfFile({ recognised }: ReadFile, role: Role | null): GivenDescription[] {
	return recognised.descriptions.map((each) => (role === null ? each : { ...each, role }));
}

/** Throws a CliError where one of them has several descriptions, or none. */
export function givenOfPair(offer: ReadFile, answer: ReadFile): GivenDescription[] {
	return ([offer, answer] as const).map(({ name, recognised: { descriptions } }, at) => {
		if (descriptions.length !== 1)
			throw new CliError(
				`${name} contains ${count(descriptions.length, 'description')}; an offer/answer exchange needs exactly one in each file.`
			);
		const role = at === 0 ? 'offer' : 'answer';
		return { ...descriptions[0]!, role, label: role } as const;
	});
}

/** The profile that was asked for, else what the files are. */
export function profileOf(files: readonly ReadFile[], given: readonly GivenDescription[], asked: Profile | null): Profile {
	if (asked !== null) return asked;
	// What two telephones say to each other is no fault of it; a description alone may be meant for a browser.
	const isTrace = files.every(({ recognised }) => recognised.format === 'sip');
	return (isTrace ? guessOf(given) : null) ?? 'webrtc';
}

const guessOf = (given: readonly GivenDescription[]) => guessProfile(given.map(({ text }) => readDescription(text)));

export function lintPair(offer: ReadFile, answer: ReadFile, profile: Profile | null): LintedFiles {
	const given = givenOfPair(offer, answer);
	return judged([offer, answer], given, (description) => (description === 0 ? offer.name : answer.name), false, profile);
}

function judged(
	files: readonly ReadFile[],
	given: readonly GivenDescription[],
	fileAt: (description: number) => string,
	isCandidates: boolean,
	asked: Profile | null
): LintedFiles {
	const guess = guessOf(given);
	const profile = profileOf(files, given, asked);
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
