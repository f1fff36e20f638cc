/** `icelens lint-sdp`: lints one description, an offer with its answer, or every description of a dump. */
import { jsonDocument, withoutControls } from '../lib/core/base/escape';
import { count } from '../lib/core/base/format';
import { FINDING_WORDS } from '../lib/core/messages/en/vocabulary';
import { findingTone } from '../lib/core/report/tones';
import { analyse, analyseCandidates, type LocatedFinding } from '../lib/core/inspection/analysis';
import { exportFindings, findingsToSarif, type ExportedFinding } from '../lib/core/report/export/sdp-findings';
import { looksLikeCapture } from '../lib/core/dump/capture/capture-reader';
import { holdsDescriptions } from '../lib/core/dump/descriptions-in';
import { CAPTURE, placeOf } from '../lib/core/dump/place';
import { recognise, type GivenDescription } from '../lib/core/dump/recognise';
import type { Profile } from '../lib/core/sdp/lint/rules/rule';
import { readArguments, readBytes, readChoice } from './arguments';
import { CliError } from './errors';
import { PLACE_COMMANDS } from './place-commands';
import { print, terminalOf, TONE_COLOURS, wrap, type Terminal } from './terminal';

const PROFILES = ['webrtc', 'sip', 'declarative'] as const;
const FORMATS = ['text', 'json', 'sarif'] as const;
const ROLES = ['offer', 'answer'] as const;

export async function lintSdp(args: string[]): Promise<number> {
	const options = { role: { type: 'string' }, profile: { type: 'string' }, format: { type: 'string' } } as const;
	// The answer's file may be left out; anything beyond it is one argument too many.
	const files = Math.min(2, Math.max(1, filesIn(args)));
	const { values, positionals } = readArguments(args, options, files);
	const format = readChoice('--format', values.format ?? 'text', FORMATS);
	const profile: Profile = readChoice('--profile', values.profile ?? 'webrtc', PROFILES);
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
	const located =
		first!.format === 'candidate'
			? analyseCandidates(first!)
			: analyse(given.length > 0 ? given : [wholeText(names[0])], { profile }).findings;
	const findings = exportFindings(located, fileOf);

	if (format === 'sarif') print(findingsToSarif(findings, __ICELENS_VERSION__));
	else if (format === 'json') print(jsonDocument({ recognised: read.map(({ words }) => words), profile, findings }));
	else
		print(
			textOf(
				read.map(({ words }, at) => `${names[at]}: ${words}`),
				findings
			)
		);
	return findings.some(({ severity }) => severity === 'problem') ? 1 : 0;
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

function textOf(
	recognised: string[],
	findings: readonly ExportedFinding[],
	terminal: Terminal = terminalOf(process.stdout, process.env)
): string {
	const { columns, paint } = terminal;
	const several = new Set(findings.map(({ file, description }) => file + description)).size > 1;
	let last = '';
	const blocks = findings.map((finding) => {
		const where = `${finding.file}, ${finding.description}`;
		const heading = several && where !== last ? `${paint('bold', where)}\n` : '';
		last = where;
		const severity = FINDING_WORDS[finding.severity].toLowerCase();
		const start = `  ${finding.line}:${finding.column}  ${severity}: `;
		const body = wrap(finding.text, columns, start).replace(
			severity,
			paint(TONE_COLOURS[findingTone(finding.severity)], severity)
		);
		const advice = finding.severity === 'info' ? '' : `\n${wrap(finding.advice, columns, '      → ')}`;
		return `${heading}${body}${advice}\n      ${paint('gray', `${finding.rule} (${finding.code}), ${finding.cite}`)}`;
	});
	return `${recognised.map(withoutControls).join('\n')}\n\n${blocks.join('\n')}${blocks.length > 0 ? '\n\n' : ''}${summaryOf(findings)}\n`;
}

function summaryOf(findings: readonly ExportedFinding[]): string {
	const of = (severity: ExportedFinding['severity']) => findings.filter((finding) => finding.severity === severity).length;
	const [problems, warnings] = [of('problem'), of('warning')];
	if (problems === 0 && warnings === 0) return 'No problems.';
	const words = (n: number, noun: string) => (n === 0 ? `no ${noun}s` : count(n, noun));
	const text = `${words(problems, 'problem')}, ${words(warnings, 'warning')}.`;
	return text[0]!.toUpperCase() + text.slice(1);
}
