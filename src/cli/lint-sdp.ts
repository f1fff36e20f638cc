/** `icelens lint-sdp`: lints one description, an offer with its answer, or every description of a dump. */
import { jsonDocument } from '../lib/core/base/escape';
import { count } from '../lib/core/base/format';
import { analyse, analyseCandidates, type Analysis, type LocatedFinding } from '../lib/core/inspection/analysis';
import { explainMessage, rulesOf } from '../lib/core/inspection/explained-message';
import { remedyOf } from '../lib/core/report/export/sdp-error';
import { exportFindings, findingsToSarif } from '../lib/core/report/export/sdp-findings';
import { looksLikeCapture } from '../lib/core/dump/capture/capture-reader';
import { holdsDescriptions } from '../lib/core/dump/descriptions-in';
import { CAPTURE, placeOf } from '../lib/core/dump/place';
import { recognise } from '../lib/core/dump/recognise';
import type { GivenDescription } from '../lib/core/dump/recognised';
import type { BrowserMessage } from '../lib/core/sdp/errors/messages-in';
import { guessProfile } from '../lib/core/sdp/lint/profile-guess';
import type { Profile } from '../lib/core/sdp/lint/rules/rule';
import { readDescription } from '../lib/core/sdp/text/description';
import { readArguments, readBytes, readChoice } from './arguments';
import { CliError } from './errors';
import { PLACE_COMMANDS } from './place-commands';
import { lintText, type ExportedMessage } from './lint-sdp-text';
import { print, terminalOf } from './terminal';

const PROFILES = ['webrtc', 'sip', 'declarative'] as const;
const FORMATS = ['text', 'json', 'sarif'] as const;
const ROLES = ['offer', 'answer'] as const;

export async function lintSdp(args: string[]): Promise<number> {
	const options = { role: { type: 'string' }, profile: { type: 'string' }, format: { type: 'string' } } as const;
	// The answer's file may be left out; anything beyond it is one argument too many.
	const files = Math.min(2, Math.max(1, filesIn(args)));
	const { values, positionals } = readArguments(args, options, files);
	const format = readChoice('--format', values.format ?? 'text', FORMATS);
	const asked = values.profile === undefined ? null : readChoice('--profile', values.profile, PROFILES);
	const role = values.role === undefined ? null : readChoice('--role', values.role, ROLES);
	if (role !== null && positionals.length > 1)
		throw new CliError('--role is for one file; with two, the first is the offer and the second the answer.');

	const names = positionals as [string, string?];
	const read = names.map((name) => recognise(descriptionText(name!)));
	const [first, second] = read;
	let given: GivenDescription[];
	let fileOf: (finding: LocatedFinding) => string = () => names[0];
	if (second) {
		const [offer, answer] = read.map(({ descriptions }, at) => {
			if (descriptions.length !== 1)
				throw new CliError(
					`${names[at]} contains ${count(descriptions.length, 'description')}; an offer/answer exchange needs exactly one in each file.`
				);
			return { ...descriptions[0]!, role: ROLES[at]!, label: ROLES[at]! };
		}) as [GivenDescription, GivenDescription];
		given = [offer, answer];
		fileOf = (finding) => (finding.description === 0 ? names[0] : names[1]!);
	} else {
		given = first!.descriptions.map((each) => (role === null ? each : { ...each, role }));
	}
	const messages = read.flatMap(({ messages }, at) => messages.map((message) => ({ message, file: names[at]! })));
	if (given.length === 0 && messages.length === 0 && first!.format !== 'candidate') given = [wholeText(names[0])];
	const guess = guessProfile(given.map(({ text }) => readDescription(text)));
	// What two telephones say to each other is no fault of it; a description alone may be meant for a browser.
	const isTrace = read.every(({ format }) => format === 'sip');
	const profile: Profile = asked ?? (isTrace && guess !== null ? guess : 'webrtc');
	const analysis = analyse(given, { profile });
	const located = first!.format === 'candidate' ? analyseCandidates(first!) : analysis.findings;
	const findings = exportFindings(located, fileOf);
	const fileAt = (index: number) => (second && index > 0 ? names[1]! : names[0]);
	const explained = messages.map(({ message, file }) => exportMessage(message, file, analysis, fileAt));

	if (format === 'sarif') print(findingsToSarif(findings, __ICELENS_VERSION__));
	else if (format === 'json') {
		const recognised = read.map(({ words }) => words);
		print(jsonDocument({ recognised, profile, looksLike: guess ?? 'webrtc', messages: explained, findings }));
	} else {
		const recognised = read.map(({ words }, at) => `${names[at]}: ${words}`);
		if (asked === null && guess !== null) recognised.push(guessWords(guess, profile));
		const hasDescriptions = given.length > 0 || first!.format === 'candidate';
		print(lintText({ recognised, messages: explained, findings, hasDescriptions }, terminalOf(process.stdout, process.env)));
	}
	return explained.length > 0 || findings.some(({ severity }) => severity === 'problem') ? 1 : 0;
}

function guessWords(guess: Exclude<Profile, 'webrtc'>, profile: Profile): string {
	const what = guess === 'sip' ? 'plain SIP' : 'a description that is fetched and not answered, as of RTSP or ST 2110';
	const other = profile === 'webrtc' ? guess : 'webrtc';
	return `It looks like ${what} (RTP without fingerprint and ICE) and was judged as ${profile}; --profile ${other} judges it as ${other}.`;
}

function exportMessage(
	message: BrowserMessage,
	file: string,
	analysis: Analysis,
	fileAt: (description: number) => string
): ExportedMessage {
	const { decoded, place } = explainMessage(message, analysis);
	const described = place && analysis.descriptions[place.description]!;
	return {
		line: message.line,
		file,
		text: message.text,
		means: decoded?.means ?? null,
		advice: decoded && remedyOf(decoded),
		cite: decoded?.cite ?? null,
		rules: rulesOf(decoded, place).map(({ id, code }) => ({ rule: id, code })),
		about: described && {
			file: fileAt(place.description),
			description: described.given.label,
			line: described.given.places?.[place.line - 1]?.line ?? place.line,
			text: described.sdp.document.lines[place.line - 1]?.raw ?? ''
		}
	};
}

/** The file's text, unless another command reads it. */
function descriptionText(file: string): string {
	const bytes = readBytes(file);
	const text = bytes.toString('utf8');
	const isCapture = looksLikeCapture(bytes);
	if (!isCapture && holdsDescriptions(text)) return text;
	const placed = isCapture ? CAPTURE : placeOf(text);
	if (placed && placed.place !== 'descriptions')
		throw new CliError(`${file}: ${placed.what}, and no session description: ${PLACE_COMMANDS[placed.place]} reads it.`);
	return text;
}

/** The whole file as one description, so that the linter reports what an empty file, or one of another kind, lacks. */
function wholeText(file: string): GivenDescription {
	return { label: file, role: null, text: '', places: null, peer: null, local: null };
}

function filesIn(args: string[]): number {
	let count = 0;
	for (let i = 0; i < args.length; i++) {
		if (/^--(role|profile|format)$/.test(args[i]!)) i++;
		else if (args[i] === '-' || !args[i]!.startsWith('-')) count++;
	}
	return count;
}
