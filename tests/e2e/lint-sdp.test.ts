/** `icelens lint-sdp` as a build or a person runs it: exit statuses, JSON, SARIF, text, and what bad input gets. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ALL_RULES } from '../../src/lib/core/sdp/lint/rules/all-rules';
import { icelens } from '../support/cli';

const folder = mkdtempSync(join(tmpdir(), 'icelens-lint-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
}

interface Finding {
	rule: string;
	severity: string;
	section: number | null;
	line: number;
	column: number;
	text: string;
	cite: string;
	file: string;
}
const findingsIn = (stdout: string) => (JSON.parse(stdout) as { findings: Finding[] }).findings;

const PRINT = 'sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08';
function description(
	session: string,
	setup: string,
	ufrag: string,
	change: (lines: string[]) => string[] = (lines) => lines
): string {
	const lines = [
		'v=0',
		`o=- ${session} 1 IN IP4 127.0.0.1`,
		's=-',
		't=0 0',
		'a=group:BUNDLE 0',
		'm=audio 9 UDP/TLS/RTP/SAVPF 111'
	];
	lines.push(
		'c=IN IP4 0.0.0.0',
		'a=mid:0',
		`a=ice-ufrag:${ufrag}`,
		`a=ice-pwd:${ufrag}l/YzichV2+XlhiMu8g8t`,
		'a=ice-options:trickle'
	);
	lines.push(`a=fingerprint:${PRINT}`, `a=setup:${setup}`, 'a=rtcp-mux', 'a=sendrecv', 'a=msid:s t', 'a=rtpmap:111 opus/48000/2');
	return `${change(lines).join('\r\n')}\r\n`;
}
const OFFER = description('20518', 'actpass', 'F7gI');
const ANSWER = description('16833', 'active', 'x9cm');

describe('exit status', () => {
	test('0 where there is no problem, for one file, a pair and standard input', async () => {
		const [offer, answer] = [file('offer.sdp', OFFER), file('answer.sdp', ANSWER)];
		for (const run of [
			await icelens(['lint-sdp', offer]),
			await icelens(['lint-sdp', offer, answer]),
			await icelens(['lint-sdp', '-'], { input: OFFER })
		]) {
			expect(run.status, run.stdout + run.stderr).toBe(0);
			expect(run.stdout).toMatch(/A session description\.[^]*No problems\./);
		}
	});

	test('1 where there is one, with its line in the file given', async () => {
		const path = file('noted.log', `12:00 started\n12:01 offer:\n${OFFER.replace('a=setup:actpass\r\n', '')}`);
		const run = await icelens(['lint-sdp', path, '--format', 'json', '--role', 'offer']);
		expect(run.status, run.stderr).toBe(1);
		const problems = findingsIn(run.stdout).filter(({ severity }) => severity === 'problem');
		expect(problems).toMatchObject([
			{ rule: 'dtls-role-missing', section: 0, line: 8, column: 1, cite: expect.stringContaining('RFC 8842'), file: path }
		]);
		expect(problems[0]!.text).toMatch(/\.$/);
	});

	test('1 for an answer that does not fit, found in the answer', async () => {
		const answer = file('wrong.sdp', description('16833', 'actpass', 'x9cm'));
		const run = await icelens(['lint-sdp', file('offer.sdp', OFFER), answer, '--format', 'json']);
		expect(run.status, run.stderr).toBe(1);
		expect(findingsIn(run.stdout)).toContainEqual(
			expect.objectContaining({ rule: 'answer-dtls-role', severity: 'problem', line: 13, file: answer })
		);
	});

	test.each([
		['no file', ['lint-sdp'], /A file is missing/],
		['a file that is not there', ['lint-sdp', '/nowhere/offer.sdp'], /there is no such file/],
		['a pair of three files', ['lint-sdp', 'a', 'b', 'c', '--pair'], /--pair takes two files/],
		['a role that is none', ['lint-sdp', '-', '--role', 'both'], /--role: "both" is not offer or answer/],
		['a profile that is none', ['lint-sdp', '-', '--profile', 'webrct'], /--profile: "webrct"/],
		['a format that is none', ['lint-sdp', '-', '--format', 'xml'], /--format: "xml"/],
		['an option that is none', ['lint-sdp', '-', '--verbose'], /--verbose/]
	])('2 for %s', async (_, args, sentence) => {
		const run = await icelens(args, { input: '' });
		expect(run.status).toBe(2);
		expect(run.stderr).toMatch(sentence);
		expect(run.stdout).toBe('');
	});
});

test('a profile decides what is missing', async () => {
	const plain = 'v=0\r\no=- 1 1 IN IP4 203.0.113.1\r\ns=-\r\nc=IN IP4 203.0.113.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n';
	const phone = file('phone.sdp', plain);
	expect((await icelens(['lint-sdp', phone])).status).toBe(1);
	expect((await icelens(['lint-sdp', phone, '--profile', 'sip'])).status).toBe(0);
});

describe('an error message of a browser', () => {
	const STATE =
		"InvalidStateError: Failed to execute 'setRemoteDescription' on 'RTCPeerConnection': Failed to set remote answer sdp: Called in wrong state: stable";

	test('alone is explained, and not judged as a description', async () => {
		const run = await icelens(['lint-sdp', file('alone.txt', `${STATE}\n`)]);
		expect(run.status, run.stderr).toBe(1);
		expect(run.stdout).toMatch(
			/An error message of a browser\.[^]*An answer was set while the connection was in the state "stable"/
		);
		expect(run.stdout).not.toMatch(/v=0|SYN-|No problems/);
	});

	test('beside a description comes first, with the line it is about; the rest is judged', async () => {
		const lines = OFFER.replace('a=rtcp-mux\r\n', '').replace('a=group:BUNDLE 0\r\n', '');
		const message = "OperationError: The m= section with mid='0' is invalid. RTCP-MUX is not enabled when it is required.";
		const path = file('beside.txt', `call.js:40 ${message}\n\n${lines}`);
		const run = await icelens(['lint-sdp', path, '--format', 'json']);
		const { messages } = JSON.parse(run.stdout) as { messages: { line: number; about: object; rules: { code: string }[] }[] };
		expect([run.status, messages.length]).toEqual([1, 1]);
		expect(messages[0]).toMatchObject({ line: 1, about: { file: path, line: 7, text: 'm=audio 9 UDP/TLS/RTP/SAVPF 111' } });
		expect(findingsIn(run.stdout).filter(({ rule }) => ['line-type', 'blank-line', 'first-line'].includes(rule))).toEqual([]);
		const shown = (await icelens(['lint-sdp', path])).stdout;
		expect(shown.indexOf('A section has no a=rtcp-mux')).toBeGreaterThan(0);
		expect(shown).not.toContain('No problems');
	});
});

describe('a trace of SIP', () => {
	const body = (user: number, direction: string) =>
		`v=0\r\no=- ${user} 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\na=${direction}\r\n\r\n`;
	const head = 'Call-ID: c\r\nCSeq: 2 INVITE\r\nContent-Type: application/sdp\r\n\r\n';
	const trace = `INVITE sip:b@example.org SIP/2.0\r\n${head}${body(1, 'sendonly')}SIP/2.0 200 OK\r\n${head}${body(2, 'sendrecv')}`;

	test('is judged as SIP unless told otherwise, and says so', async () => {
		const path = file('trace.txt', trace);
		const run = await icelens(['lint-sdp', path]);
		expect(run.stdout).toMatch(/2 SIP messages with 2 session descriptions[^]*judged as sip; --profile webrtc/);
		const json = await icelens(['lint-sdp', path, '--format', 'json']);
		const problems = findingsIn(json.stdout).filter(({ severity }) => severity === 'problem');
		expect(problems.map(({ rule }) => rule)).toEqual(['direction-conflict']);
		const asWebrtc = findingsIn((await icelens(['lint-sdp', path, '--profile', 'webrtc', '--format', 'json'])).stdout);
		expect(asWebrtc.map(({ rule }) => rule)).toContain('unencrypted-profile');
	});

	test('a description like one is judged for browsers, and what it looks like is said', async () => {
		const run = await icelens(['lint-sdp', file('plain.sdp', body(1, 'sendrecv').trimEnd() + '\r\n')]);
		expect(run.stdout).toMatch(/looks like plain SIP[^]*judged as webrtc; --profile sip/);
	});
});

test('in SARIF 2.1.0 every result names a rule of the run and a region of the file', async () => {
	const path = file('sarif.sdp', OFFER.replace('a=rtcp-mux\r\n', '').replace('7B:8B', '7B'));
	const run = await icelens(['lint-sdp', path, '--format', 'sarif']);
	expect(run.status, run.stderr).toBe(1);
	const log = JSON.parse(run.stdout) as {
		version: string;
		runs: {
			tool: { driver: { name: string; rules: { id: string }[] } };
			results: {
				ruleId: string;
				ruleIndex: number;
				level: string;
				locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[];
			}[];
		}[];
	};
	expect(log.version).toBe('2.1.0');
	const { tool, results } = log.runs[0]!;
	expect(tool.driver.name).toBe('icelens');
	expect(results.filter(({ level }) => level === 'error').map(({ ruleId }) => ruleId)).toEqual([
		'bundle-rtcp-mux',
		'fingerprint-digest'
	]);
	const lines = OFFER.split('\r\n').length;
	for (const { ruleId, ruleIndex, locations } of results) {
		expect(tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
		expect(ALL_RULES.map(({ id }) => id)).toContain(ruleId);
		expect(locations[0]!.physicalLocation.artifactLocation.uri).toContain('sarif.sdp');
		expect(locations[0]!.physicalLocation.region.startLine).toBeLessThanOrEqual(lines);
	}
});
