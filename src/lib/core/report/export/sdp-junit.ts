/**
 * Linted descriptions as JUnit XML: a suite for each file (or offer with its answer), in it a test case for each message of a browser,
 * each problem and each warning. What is suppressed is skipped, with the reason; a file without any has one case, which passes.
 */
import { fails, type FailOn } from '../../inspection/lint-config';
import { SDP_ENGLISH } from '../../messages/en/sdp';
import { junitXml, type JunitCase, type JunitSuite } from './junit-xml';
import { messageText, type LintedFiles, type LintRun } from './linted-files';
import type { ExportedFinding } from './sdp-findings';
import type { ExportedMessage } from './sdp-error';

export interface JunitParts {
	version: string;
	/** ISO 8601, UTC. */
	createdAt: string;
}

const NOTHING = { seconds: 0, failure: null, skipped: null };

export function sdpJunit({ linted, refused, notes, failOn }: LintRun, { version, createdAt }: JunitParts): string {
	const suite = (name: string, properties: JunitSuite['properties'], cases: readonly JunitCase[]): JunitSuite => ({
		name: `icelens.lint-sdp ${name}`,
		createdAt,
		properties: [...properties, ['icelens', version]],
		cases
	});
	const suites = linted.map((each) =>
		suite(
			each.files.join(' '),
			[
				['profile', each.profile],
				['recognised', each.recognised.join(' ')]
			],
			casesOf(each, failOn)
		)
	);
	const unread = refused.map(({ file, message }) => suite(file, [], [refusedCase(message)]));
	const configuration = notes.length === 0 ? [] : [suite('configuration', [], notes.map(noteCase))];
	return junitXml([...suites, ...unread, ...configuration], 0);
}

function casesOf({ messages, findings }: LintedFiles, failOn: FailOn): JunitCase[] {
	const cases = [
		...messages.map((each) => messageCase(each, failOn)),
		...findings.filter(({ severity }) => fails(severity, 'warning')).map((each) => findingCase(each, failOn))
	];
	const said = 'Neither a problem nor a warning.';
	return cases.length > 0 ? cases : [{ ...NOTHING, classname: 'icelens.lint-sdp.findings', name: 'no findings', said }];
}

function messageCase(message: ExportedMessage, failOn: FailOn): JunitCase {
	const type = `browser-message/${message.id ?? 'unknown'}`;
	const text = `${message.file}:${message.line}: ${messageText(message)}`;
	return {
		...NOTHING,
		classname: 'icelens.lint-sdp.messages',
		name: `${type}, ${message.file}:${message.line}`,
		failure: fails('problem', failOn) ? { type, text } : null,
		said: text
	};
}

function findingCase(finding: ExportedFinding, failOn: FailOn): JunitCase {
	const { rule, code, severity, file, line, column, text, advice, cite, suppression } = finding;
	const said = `${file}:${line}:${column}: ${severity}: ${text} ${advice} (${code}, ${cite})`;
	return {
		...NOTHING,
		classname: 'icelens.lint-sdp.findings',
		name: `${rule}: ${SDP_ENGLISH.rules[rule].title}, ${file}:${line}`,
		failure: suppression === null && fails(severity, failOn) ? { type: rule, text: said } : null,
		skipped: suppression && `Suppressed: ${suppression.reason}`,
		said
	};
}

function refusedCase(text: string): JunitCase {
	return { ...NOTHING, classname: 'icelens.lint-sdp.files', name: 'read', failure: { type: 'not-read', text }, said: text };
}

function noteCase(text: string): JunitCase {
	return { ...NOTHING, classname: 'icelens.lint-sdp.configuration', name: text, said: text };
}
