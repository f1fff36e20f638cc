/** `icelens lint-sdp --fix`: what is written where, what is said of it, and what stays as it was. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { recognise } from '../lib/core/dump/recognise';
import { lintSdp } from './lint-sdp';
import { writeFixes, type FixedFile } from './lint-sdp-fix';

const folder = mkdtempSync(join(tmpdir(), 'icelens-fix-'));
afterAll(() => rmSync(folder, { recursive: true }));

let [written, said] = ['', ''];
beforeEach(() => {
	[written, said] = ['', ''];
	vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((written += String(text)), true));
	vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((said += String(text)), true));
});
afterEach(() => vi.restoreAllMocks());

const GOOD = [
	'v=0',
	'o=- 205180 1 IN IP4 127.0.0.1',
	's=-',
	't=0 0',
	'a=group:BUNDLE 0',
	'm=audio 9 UDP/TLS/RTP/SAVPF 111',
	'c=IN IP4 0.0.0.0',
	'a=mid:0',
	'a=ice-ufrag:F7gI',
	'a=ice-pwd:l/YzichV2+XlhiMu8g8tabcd',
	'a=ice-options:trickle',
	'a=fingerprint:sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08',
	'a=setup:actpass',
	'a=rtcp-mux',
	'a=sendrecv',
	'a=msid:s t',
	'a=rtpmap:111 opus/48000/2',
	''
].join('\r\n');
/** Three corrections: a blank, a missing line, a clock rate. */
const BAD = GOOD.replace('a=mid:0', 'a=mid:0 ').replace('s=-\r\n', '').replace('opus/48000/2', 'opus/48000');

function file(name: string, text: string | Buffer): string {
	const path = join(folder, name);
	writeFileSync(path, text);
	return path;
}
const textOf = (path: string) => readFileSync(path, 'utf8');

test('a file is corrected, and what is left is reported', async () => {
	const path = file('offer.sdp', BAD);
	expect(await lintSdp([path, '--fix', '--no-config'])).toBe(0);
	expect(textOf(path)).toBe(GOOD);
	expect(said).toBe(`icelens: ${path}: 3 findings corrected.\n`);
	expect(written).toContain('No problems');
});

test('the status is that of what is left, and what has to be chosen is counted', async () => {
	const path = file('choose.sdp', BAD.replace('a=setup:actpass', 'a=setup:actpass\r\na=sendonly\r\na=ptime'));
	expect(await lintSdp([path, '--fix', '--no-config'])).toBe(1);
	expect(said).toContain('3 findings corrected; 3 corrections to choose from');
	expect(written).toContain('conflicting-values');
	expect(written).not.toContain('opus-map');
});

test('a dry run writes nothing but a diff, which other programs apply', async () => {
	const path = file('dry.sdp', BAD);
	await lintSdp([path, '--fix-dry-run', '--no-config']);
	expect(textOf(path)).toBe(BAD);
	expect(said).toContain('3 findings can be corrected.');
	file('dry.diff', written.replaceAll(path, 'dry.sdp'));
	execFileSync('git', ['apply', '--unsafe-paths', '--whitespace=nowarn', 'dry.diff'], { cwd: folder });
	expect(textOf(path)).toBe(GOOD);
});

test('an answer is corrected by its offer', async () => {
	const offer = file('pair-offer.sdp', GOOD);
	const answer = file(
		'pair-answer.sdp',
		GOOD.replace('actpass', 'active')
			.replace('F7gI', 'x9cm')
			.replace('205180', '205181')
			.replace('a=rtcp-mux', 'a=rtcp-mux\r\na=rtcp-fb:111 nack')
	);
	await lintSdp([offer, answer, '--fix', '--no-config']);
	expect(textOf(offer)).toBe(GOOD);
	expect(textOf(answer)).not.toContain('rtcp-fb');
});

test('what is suppressed stays', async () => {
	const path = file('suppressed.sdp', BAD);
	const config = file(
		'icelens.config.json',
		JSON.stringify({ 'lint-sdp': { suppressions: [{ rule: 'opus-map', reason: 'a peer of ours writes it' }] } })
	);
	await lintSdp([path, '--fix', '--config', config]);
	expect(textOf(path)).toBe(GOOD.replace('opus/48000/2', 'opus/48000'));
});

describe('a description inside other text', () => {
	test('is corrected where it stands as a whole', async () => {
		const path = file('offer.json', JSON.stringify({ type: 'offer', sdp: BAD }, null, '\t'));
		await lintSdp([path, '--fix', '--no-config']);
		expect(textOf(path)).toBe(JSON.stringify({ type: 'offer', sdp: GOOD }, null, '\t'));
	});

	test('stays as it was in a log, and that is said', async () => {
		const log = BAD.split('\r\n')
			.map((line) => `[12:00:01] ${line}\n`)
			.join('');
		const path = file('page.log', log);
		await lintSdp([path, '--fix', '--no-config']);
		expect(textOf(path)).toBe(log);
		expect(said).toContain('not written: the description does not stand in it as a whole');
	});

	test('stays as it was in a recording', async () => {
		const update = (type: string, value: string) => ({ type, value, timestamp: 0 });
		const dump = JSON.stringify({
			getUserMedia: [],
			PeerConnections: { '1-1': { updateLog: [update('setRemoteDescription', `type: offer, sdp: ${BAD}`)] } },
			UserAgentData: []
		});
		const path = file('dump.json', dump);
		await lintSdp([path, '--fix', '--no-config']);
		expect(textOf(path)).toBe(dump);
		expect(said).toContain('not written: a recording is not changed');
	});
});

test('bytes that are not UTF-8 are not written as something else', async () => {
	const bytes = Buffer.concat([Buffer.from(BAD), Buffer.from('a=tool:Caf\xe9\r\n', 'latin1')]);
	const path = file('latin1.sdp', bytes);
	await lintSdp([path, '--fix', '--no-config']);
	expect(readFileSync(path).equals(bytes)).toBe(true);
	expect(said).toContain('not written: it is packed, or not UTF-8');
});

test('a file that cannot be written is told, and the others are written', () => {
	const whole = (name: string, text: string) => ({ name, text, isPlain: true, recognised: recognise(text) });
	const fixed = (name: string): FixedFile => ({
		before: whole(name, BAD),
		file: whole(name, GOOD),
		lines: null,
		corrections: 3,
		choices: 0,
		refusal: null
	});
	const path = file('second.sdp', BAD);
	expect(writeFixes([fixed(join(folder, 'nowhere', 'first.sdp')), fixed(path)], 'write')).toEqual({
		isOutputTaken: false,
		isIncomplete: true
	});
	expect(said).toContain('first.sdp: could not be written (ENOENT).');
	expect(textOf(path)).toBe(GOOD);
});

test('from standard input the corrected text goes to standard output, byte for byte', () => {
	const [before, file] = [BAD, GOOD].map((text) => ({ name: '-', text, isPlain: true, recognised: recognise(text) }));
	const fixed: FixedFile = { before: before!, file: file!, lines: null, corrections: 3, choices: 0, refusal: null };
	expect(writeFixes([fixed], 'write')).toEqual({ isOutputTaken: true, isIncomplete: false });
	expect(written).toBe(GOOD);
});

test('both options at once are refused', async () => {
	await expect(lintSdp([file('both.sdp', BAD), '--fix', '--fix-dry-run'])).rejects.toThrow('--fix and --fix-dry-run');
});
