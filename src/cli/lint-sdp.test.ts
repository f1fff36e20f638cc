/** `icelens lint-sdp` as a build uses it: many files, a configuration with suppressions, exit statuses, formats for other programs. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { lintSdp, lintSdpOf } from './lint-sdp';

const NOW = new Date('2026-12-01T12:00:00Z');
const PRINT = 'sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08';
const description = (setup: string, ufrag: string) =>
	[
		'v=0',
		`o=- 20518${ufrag.length} 1 IN IP4 127.0.0.1`,
		's=-',
		't=0 0',
		'a=group:BUNDLE 0',
		'm=audio 9 UDP/TLS/RTP/SAVPF 111',
		'c=IN IP4 0.0.0.0',
		'a=mid:0',
		`a=ice-ufrag:${ufrag}`,
		'a=ice-pwd:l/YzichV2+XlhiMu8g8tabcd',
		'a=ice-options:trickle',
		`a=fingerprint:${PRINT}`,
		`a=setup:${setup}`,
		'a=rtcp-mux',
		'a=sendrecv',
		'a=msid:s t',
		'a=rtpmap:111 opus/48000/2',
		''
	].join('\r\n');
const OFFER = description('actpass', 'F7gI');
const ANSWER = description('active', 'x9cmz');
const BROKEN = OFFER.replace('a=rtcp-mux\r\n', '').replace('7B:8B', '7B');
/** One warning and no problem. */
const WARNED = OFFER.replace('a=sendrecv\r\n', 'a=sendrecv\r\na=sendrecv\r\n');
const MESSAGE =
	"InvalidStateError: Failed to execute 'setRemoteDescription' on 'RTCPeerConnection': Failed to set remote answer sdp: Called in wrong state: stable";

let folder = '';
const file = (name: string, text: string) => {
	writeFileSync(join(folder, name), text);
	return join(folder, name);
};
const config = (value: object) => file('icelens.config.json', JSON.stringify({ 'lint-sdp': value }));
const lint = (...args: string[]) =>
	lintSdpOf(
		args.map((each) => each.replace('@', folder)),
		NOW
	);
const rules = ({ run }: ReturnType<typeof lint>) =>
	run.linted.map(({ files, findings }) => [
		files.map((each) => each.slice(folder.length + 1)).join('+'),
		findings.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule)
	]);

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'icelens-lint-'));
	mkdirSync(join(folder, 'calls', 'deep'), { recursive: true });
	file('calls/offer.sdp', OFFER);
	file('calls/answer.sdp', ANSWER);
	file('calls/deep/broken.sdp', BROKEN);
	file('warned.sdp', WARNED);
	file('message.txt', `${MESSAGE}\n`);
});
afterEach(() => rmSync(join(folder, 'icelens.config.json'), { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

describe('files', () => {
	test('of a pattern are judged each alone, and the status is of all', () => {
		const run = lint('@/calls/**/*.sdp');
		expect(rules(run)).toEqual([
			['calls/answer.sdp', []],
			['calls/deep/broken.sdp', ['bundle-rtcp-mux', 'fingerprint-digest']],
			['calls/offer.sdp', []]
		]);
		expect(run.status).toBe(1);
		expect(lint('@/calls/*.sdp').status).toBe(0);
	});

	test('two that are named are an offer and its answer, unless each is to be judged', () => {
		const swapped = ['@/calls/answer.sdp', '@/calls/offer.sdp'];
		expect(rules(lint(...swapped))).toEqual([['calls/answer.sdp+calls/offer.sdp', expect.arrayContaining(['answer-dtls-role'])]]);
		expect(rules(lint(...swapped, '--each'))).toEqual([
			['calls/answer.sdp', []],
			['calls/offer.sdp', []]
		]);
		expect(rules(lint('@/calls/offer.sdp', '@/message.txt')).map(([name]) => name)).toEqual(['calls/offer.sdp', 'message.txt']);
	});

	test('one that cannot be read keeps no other back, nor does a pattern without a file', () => {
		const run = lint('@/missing.sdp', '@/calls', '@/*.none', '@/calls/deep/broken.sdp');
		expect(rules(run)).toEqual([['calls/deep/broken.sdp', ['bundle-rtcp-mux', 'fingerprint-digest']]]);
		expect(run.run.refused.map(({ message }) => message.replaceAll(folder, ''))).toEqual([
			expect.stringContaining("/calls is a folder: name its files, for example '/calls/*.sdp'."),
			'/*.none matches no file.',
			'/missing.sdp could not be read: there is no such file.'
		]);
		expect(run.status).toBe(2);
	});

	test.each([
		[['@/missing.sdp'], /there is no such file/],
		[['@/calls/offer.sdp', '--pair'], /--pair takes two files/],
		[['@/calls/*.sdp', '@/warned.sdp', '--pair'], /--pair takes two files/],
		[['@/calls/offer.sdp', '@/message.txt', '--pair'], /message\.txt contains 0 descriptions; an offer\/answer exchange needs/],
		[['a', 'b', '--pair', '--each'], /exclude each other/],
		[['@/calls/offer.sdp', '@/calls/answer.sdp', '--role', 'offer'], /--role is for files that are judged alone/],
		[['a', '--fail-on', 'info'], /--fail-on: "info" is not problem, warning or never/],
		[['a', '--format', 'xml'], /--format: "xml" is not text, json, junit, github or sarif/],
		[['a', '--config', 'x', '--no-config'], /exclude each other/]
	])('%j is refused', (args, why) => {
		expect(() => lint(...args)).toThrow(why);
	});
});

test.each([
	['calls/deep/broken.sdp', 'problem', 1],
	['calls/deep/broken.sdp', 'never', 0],
	['warned.sdp', 'problem', 0],
	['warned.sdp', 'warning', 1],
	['calls/offer.sdp', 'warning', 0],
	['message.txt', 'problem', 1],
	['message.txt', 'never', 0]
])('%s --fail-on %s gives %i', (name, failOn, status) => {
	expect(lint(`@/${name}`, '--fail-on', failOn).status).toBe(status);
});

describe('a description that was changed before it was set', () => {
	const munged = (run: ReturnType<typeof lint>) =>
		run.run.linted[0]!.findings.filter(({ rule }) => rule === 'munging').map(({ line, text }) => `${line} ${text}`);

	test('is told line by line beside the one that was created', () => {
		file(
			'set.sdp',
			OFFER.replace('a=rtpmap:111 opus/48000/2', 'b=AS:500\r\na=rtpmap:111 opus/48000/2').replace('a=msid:s t\r\n', '')
		);
		const run = lint('@/set.sdp', '--created', `${folder}/calls/offer.sdp`, '--fail-on', 'warning');
		expect(munged(run)).toEqual([
			expect.stringMatching(/^6 Streams and tracks: createOffer gave "a=msid:s t" \(line 16 there\), which was left out\./),
			expect.stringMatching(/^16 Bandwidth: createOffer did not give "b=AS:500"\./)
		]);
		expect(run.status).toBe(1);
		expect(munged(lint('@/calls/offer.sdp', '--created', `${folder}/calls/offer.sdp`))).toEqual([]);
		expect(() => lint('@/message.txt', '--created', `${folder}/calls/offer.sdp`)).toThrow(/message\.txt contains 0 descriptions/);
		expect(() => lint('@/set.sdp', '@/set.sdp', '--created', 'x')).toThrow(/--created is for one file/);
	});

	test('is told of a dump, which holds both', () => {
		const dump = join(import.meta.dirname, '../../tests/fixtures/calls/both-ends-passive.json.gz');
		expect(munged(lint(dump))).toEqual([
			expect.stringMatching(
				/^\d+ DTLS role: createAnswer gave "a=setup:active" \(line \d+ there\), and "a=setup:passive" was set\./
			)
		]);
		writeFileSync(join(folder, 'cut.json.gz'), readFileSync(dump).subarray(0, 200));
		expect(() => lint('@/cut.json.gz')).toThrow(/cut\.json\.gz could not be read: Z_BUF_ERROR/);
	});
});

describe('the configuration', () => {
	const reason = 'the other side adds it';
	const cwd = (path: string) => vi.spyOn(process, 'cwd').mockReturnValue(join(folder, path));
	afterEach(() => vi.restoreAllMocks());

	test('is found above the folder where the command runs, and suppresses by rule and file', () => {
		config({
			suppressions: ['bundle-rtcp-mux', 'fingerprint-digest'].map((rule) => ({ rule, files: 'calls/deep/*.sdp', reason }))
		});
		cwd('calls/deep');
		const run = lint('@/calls/deep/broken.sdp');
		expect([run.status, run.run.notes]).toEqual([0, []]);
		const suppressions = run.run.linted[0]!.findings.filter(({ suppression }) => suppression).map(({ rule, suppression }) => [
			rule,
			suppression
		]);
		expect(suppressions).toEqual(['bundle-rtcp-mux', 'fingerprint-digest'].map((rule) => [rule, { reason, until: null }]));
		expect(lint('@/calls/deep/broken.sdp', '--no-config').status).toBe(1);
		file('calls/broken.sdp', BROKEN);
		expect(lint('@/calls/broken.sdp').status).toBe(1);
		rmSync(join(folder, 'calls/broken.sdp'));
	});

	test('gives profile and what fails, unless the command line does', () => {
		config({ profile: 'sip', failOn: 'warning' });
		cwd('.');
		expect(lint('@/warned.sdp')).toMatchObject({ status: 1, run: { linted: [{ profile: 'sip' }] } });
		expect(lint('@/warned.sdp', '--profile', 'webrtc', '--fail-on', 'problem')).toMatchObject({
			status: 0,
			run: { linted: [{ profile: 'webrtc' }] }
		});
	});

	test('tells of suppressions that do nothing', () => {
		config({
			suppressions: [
				{ rule: 'fingerprint-digets', reason },
				{ rule: 'fingerprint-digest', reason, until: '2026-11-30' },
				{ rule: 'size', files: '*.sdp', reason }
			]
		});
		cwd('.');
		const run = lint('@/calls/deep/broken.sdp');
		expect(run.status).toBe(1);
		expect(run.run.notes).toEqual([
			expect.stringMatching(/^icelens\.config\.json: the suppression of "fingerprint-digets" .* names no rule/),
			expect.stringMatching(/"fingerprint-digest" .* ended on 2026-11-30 and suppresses nothing\.$/),
			expect.stringMatching(/"size" in \*\.sdp .* was not needed/)
		]);
	});

	test('that is wrong or missing is an error with its place', () => {
		config({ suppressions: [{ rule: 'size' }] });
		cwd('.');
		expect(() => lint('@/warned.sdp')).toThrow(
			'icelens.config.json: lint-sdp.suppressions[0].reason is missing; it must be a text.'
		);
		expect(() => lint('@/warned.sdp', '--config', 'other.json')).toThrow(/could not be read: there is no such file/);
		expect(lint('@/warned.sdp', '--no-config').status).toBe(0);
	});
});

describe('formats', () => {
	let written = '';
	beforeEach(() => {
		written = '';
		vi.spyOn(process, 'cwd').mockReturnValue(folder);
		vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((written += String(text)), true));
		vi.spyOn(process.stderr, 'write').mockReturnValue(true);
		config({ suppressions: [{ rule: 'bundle-rtcp-mux', reason: 'known' }] });
	});
	afterEach(() => vi.restoreAllMocks());
	const shown = async (...args: string[]) => {
		const status = await lintSdp(args.map((each) => each.replace('@', folder)));
		return { status, text: written.replaceAll(folder, '') };
	};
	const ALL = ['@/calls/deep/broken.sdp', '@/message.txt', '@/calls/offer.sdp', '@/missing.sdp'];

	test('text has each file, and the sum of all with what is suppressed', async () => {
		const { status, text } = await shown(...ALL);
		expect(status).toBe(2);
		expect(text).toMatch(/broken\.sdp: A session description\.\n\n[^]* {2}12:23 {2}problem: /);
		expect(text).toMatch(
			/1 problem, no warnings\. 1 finding suppressed by the configuration\.\n\n[^]*message\.txt: An error message/
		);
		expect(text).not.toContain('bundle-rtcp-mux');
		expect(text).toMatch(/3 files: 1 error message, 1 problem, no warnings, 1 suppressed\. 1 file could not be read\.\n$/);
	});

	test('JSON has one document for one file, and a list with what could not be read', async () => {
		const many = JSON.parse((await shown(...ALL, '--format', 'json')).text) as { documents: object[]; refused: object[] };
		expect(many.documents).toHaveLength(3);
		expect(many.documents[0]).toMatchObject({ files: ['/calls/deep/broken.sdp'], profile: 'webrtc' });
		expect(many.refused).toMatchObject([{ file: '/missing.sdp' }]);
		written = '';
		const one = JSON.parse((await shown(ALL[0]!, '--format', 'json')).text) as {
			findings: { rule: string; suppression: unknown }[];
		};
		expect(one.findings.find(({ rule }) => rule === 'bundle-rtcp-mux')!.suppression).toEqual({ reason: 'known', until: null });
	});

	test('JUnit has a suite for each file; what is suppressed is skipped, what was not read fails', async () => {
		const { text } = await shown(...ALL, '--format', 'junit');
		const suites = text.split('<testsuite ').slice(1);
		expect(
			suites.map((suite) => /name="icelens.lint-sdp ([^"]*)".*?failures="(\d)" errors="0" skipped="(\d)"/.exec(suite)!.slice(1))
		).toEqual([
			['/calls/deep/broken.sdp', '1', '1'],
			['/message.txt', '1', '0'],
			['/calls/offer.sdp', '0', '0'],
			['/missing.sdp', '1', '0']
		]);
		expect(suites[0]).toMatch(/<skipped message="Suppressed: known"\/>[^]*<failure type="fingerprint-digest"/);
		expect(suites[2]).toContain('name="no findings"');
	});

	test('workflow commands have file, line, column and title, escaped', async () => {
		const { text } = await shown(...ALL, '--format', 'github');
		const lines = text.split('\n');
		expect(lines).toContainEqual(expect.stringMatching(/^::error file=\/missing\.sdp,title=Not read::/));
		expect(lines).toContainEqual(
			expect.stringMatching(/^::error file=\/message\.txt,line=1,title=Message of a browser::The browser said: .*%0A/)
		);
		expect(lines).toContainEqual(
			expect.stringMatching(
				/^::error file=\/calls\/deep\/broken\.sdp,line=12,col=23,title=[^,:]*\(DTLS-02\)::.*%0Afingerprint-digest/
			)
		);
		expect(text).not.toMatch(/^::.*bundle-rtcp-mux/m);
		file('odd,100%.sdp', BROKEN);
		written = '';
		expect((await shown('@/odd,100%.sdp', '--format', 'github')).text).toMatch(/^::error file=\/odd%2C100%25\.sdp,line/);
	});

	test('SARIF has suppressions, messages of browsers with their rule, and what was not read', async () => {
		const log = JSON.parse((await shown(...ALL, '--format', 'sarif')).text) as {
			runs: {
				tool: { driver: { rules: { id: string }[] } };
				invocations: object[];
				results: { ruleId: string; ruleIndex: number; level: string; suppressions: object[] }[];
			}[];
		};
		const [{ tool, invocations, results }] = log.runs as [(typeof log.runs)[0]];
		expect(invocations).toMatchObject([
			{
				executionSuccessful: false,
				toolExecutionNotifications: [{ level: 'error', message: { text: expect.stringContaining('missing') } }]
			}
		]);
		for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
		expect(results.find(({ ruleId }) => ruleId.startsWith('browser-message/'))).toMatchObject({
			level: 'error',
			message: { text: expect.stringMatching(/The browser said: InvalidStateError[^]*stable/) },
			locations: [{ physicalLocation: { artifactLocation: { uri: '/message.txt' }, region: { startLine: 1 } } }]
		});
		expect(results.find(({ ruleId }) => ruleId === 'bundle-rtcp-mux')!.suppressions).toEqual([
			{ kind: 'external', status: 'accepted', justification: 'known' }
		]);
		expect(results.find(({ ruleId }) => ruleId === 'fingerprint-digest')!.suppressions).toEqual([]);
	});

	test('--out takes the document, and people read on', async () => {
		const { text } = await shown(ALL[0]!, '--format', 'junit', '--out', '@/report.xml');
		expect(text).toMatch(/^\/calls\/deep\/broken\.sdp: A session description\./);
		expect(readFileSync(join(folder, 'report.xml'), 'utf8')).toMatch(/^<\?xml/);
		await expect(shown(ALL[0]!, '--format', 'junit', '--out', '@/nowhere/report.xml')).rejects.toThrow(
			/--out: .* could not be written/
		);
	});
});
