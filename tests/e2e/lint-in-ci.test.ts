/** Every command of docs/lint-in-ci.md, run in the folder that the page describes. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ICELENS } from '../support/cli';

const PAGE = readFileSync(fileURLToPath(new URL('../../docs/lint-in-ci.md', import.meta.url)), 'utf8');
const blocks = (language: string) =>
	[...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map((match) => match[1]!);
const commands = ['sh', 'yaml']
	.flatMap(blocks)
	.flatMap((block) => [...block.matchAll(/npx icelens (.*)$/gm)].map((match) => match[1]!));

/** What each gives; a command that is not here fails the test below. */
const EXPECTED: Record<string, { status: number; says: RegExp; writes?: { file: string; like: RegExp } }> = {
	"lint-sdp 'sdp/**/*.sdp'": { status: 1, says: /3 files: 1 problem, no warnings\./ },
	'lint-sdp sdp/offer.sdp sdp/answer.sdp': { status: 0, says: /sdp\/answer\.sdp as its answer/ },
	'lint-sdp sdp/partner/offer.sdp --created sdp/offer.sdp': {
		status: 1,
		says: /warning: RTCP on the same port: createOffer gave "a=rtcp-mux"/
	},
	"lint-sdp 'sdp/**/*.sdp' --format github": { status: 1, says: /^::error file=sdp\/partner\/offer\.sdp,line=6,/ },
	"lint-sdp 'sdp/**/*.sdp' --fail-on never --format sarif --out icelens.sarif": {
		status: 0,
		says: /3 files: 1 problem/,
		writes: { file: 'icelens.sarif', like: /"ruleId": "bundle-rtcp-mux"/ }
	},
	"lint-sdp 'sdp/**/*.sdp' --format junit --out icelens.xml": {
		status: 1,
		says: /3 files: 1 problem/,
		writes: { file: 'icelens.xml', like: /<failure type="bundle-rtcp-mux"/ }
	}
};

const PRINT = 'sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08';
const OFFER = [
	'v=0',
	'o=- 20518 1 IN IP4 127.0.0.1',
	's=-',
	't=0 0',
	'a=group:BUNDLE 0',
	'm=audio 9 UDP/TLS/RTP/SAVPF 111',
	'c=IN IP4 0.0.0.0',
	'a=mid:0',
	'a=ice-ufrag:F7gI',
	'a=ice-pwd:x9cml/YzichV2+XlhiMu8g8t',
	'a=ice-options:trickle',
	`a=fingerprint:${PRINT}`,
	'a=setup:actpass',
	'a=rtcp-mux',
	'a=sendrecv',
	'a=msid:s t',
	'a=rtpmap:111 opus/48000/2',
	''
].join('\r\n');

let folder = '';
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'icelens-ci-'));
	mkdirSync(join(folder, 'sdp', 'partner'), { recursive: true });
	writeFileSync(join(folder, 'sdp/offer.sdp'), OFFER);
	const answer = OFFER.replace('actpass', 'active').replace('F7gI', 'x9cm').replace('20518', '16833').replace('x9cml', 'y9cml');
	writeFileSync(join(folder, 'sdp/answer.sdp'), answer);
	writeFileSync(join(folder, 'sdp/partner/offer.sdp'), OFFER.replace('a=rtcp-mux\r\n', ''));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** As a shell runs it, which takes the quotes away. */
function shell(command: string): Promise<{ status: number; stdout: string; stderr: string }> {
	return new Promise((resolve) => {
		execFile('sh', ['-c', `'${process.execPath}' '${ICELENS}' ${command}`], { cwd: folder }, (error, stdout, stderr) =>
			resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
		);
	});
}

test('the page has the commands that are tried here', () => {
	expect([...new Set(commands)].toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
});

test.each(Object.entries(EXPECTED))('%s', async (command, { status, says, writes }) => {
	const run = await shell(command);
	expect(run.status, run.stderr).toBe(status);
	expect(run.stdout).toMatch(says);
	if (writes) expect(readFileSync(join(folder, writes.file), 'utf8')).toMatch(writes.like);
});

test('the output that is shown is what is written', async () => {
	const [shown, ...others] = blocks('text');
	expect(others).toEqual([]);
	expect((await shell("lint-sdp 'sdp/**/*.sdp'")).stdout).toContain(shown);
});

test('the configuration that is shown suppresses what it says', async () => {
	const [config, ...others] = blocks('json');
	expect(others).toEqual([]);
	const path = join(folder, 'icelens.config.json');
	writeFileSync(path, config!);
	const run = await shell("lint-sdp 'sdp/**/*.sdp'");
	rmSync(path);
	expect([run.status, run.stderr]).toEqual([0, '']);
	expect(run.stdout).toMatch(/3 files: no problems, no warnings, 1 suppressed\.\n$/);
});
