/** The package as npm packs it, unpacked where no other package is: imported by plain Node, by TypeScript and by a bundler. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const OFFER = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\n';

let folder = '';
const file = (name: string, text: string) => {
	writeFileSync(join(folder, name), text);
	return join(folder, name);
};

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'icelens-package-'));
	await run('npm', ['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder], { cwd: ROOT });
	const packed = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
	mkdirSync(join(folder, 'node_modules', 'icelens'), { recursive: true });
	await run('tar', ['-xzf', packed, '--strip-components=1', '-C', join('node_modules', 'icelens')], { cwd: folder });
	file('package.json', '{ "type": "module" }');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('Node imports it, and lints', async () => {
	const program = file(
		'lint.js',
		`import * as sdp from 'icelens/sdp';
const offer = sdp.readDescription(${JSON.stringify(OFFER)}, 'offer');
console.log(JSON.stringify({
	names: Object.keys(sdp),
	found: sdp.lintSingle(offer, { profile: sdp.guessProfile([offer]) ?? 'webrtc' }).map(sdp.told).map(({ rule, line, text }) => [rule, line, text]),
	explained: sdp.annotate(offer).length,
	differences: sdp.diffDescriptions(offer, sdp.readDescription(${JSON.stringify(OFFER)} + 'a=sendonly\\r\\n')).differences.map(({ topic }) => topic)
}));`
	);
	const { stdout } = await run(process.execPath, [program]);
	const { names, found, explained, differences } = JSON.parse(stdout) as Record<string, unknown[]>;
	expect(names).toEqual(
		expect.arrayContaining([
			'readDescription',
			'lintSingle',
			'lintRounds',
			'annotate',
			'diffDescriptions',
			'fixOf',
			'applyFixes',
			'SDP_ENGLISH'
		])
	);
	expect(found).toContainEqual(['rtcp-mux-missing', 5, expect.stringMatching(/has no a=rtcp-mux\./)]);
	expect([explained, differences]).toEqual([6, ['direction']]);
});

test.each(['nodenext', 'bundler'])('TypeScript has its types, by the resolution of %s', async (moduleResolution) => {
	const consumer = (rule: string) => `import { lintSingle, told, type Finding, type Profile } from 'icelens/sdp';
const profile: Profile = 'webrtc';
const findings: Finding[] = lintSingle(${JSON.stringify(OFFER)}, { profile });
export const texts: string[] = findings.filter((finding) => finding.rule === '${rule}').map((finding) => told(finding).text);
`;
	const module = moduleResolution === 'nodenext' ? 'nodenext' : 'esnext';
	const options = {
		strict: true,
		noEmit: true,
		target: 'es2022',
		lib: ['es2023'],
		types: [],
		skipLibCheck: false,
		module,
		moduleResolution
	};
	file('tsconfig.json', JSON.stringify({ compilerOptions: options, files: ['consumer.ts'] }));
	const tsc = () =>
		run(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', folder]).catch(
			(error: { stdout: string }) => error
		);
	file('consumer.ts', consumer('rtcp-mux-missing'));
	expect((await tsc()).stdout).toBe('');
	// Where types were not found, all would be any, and this would compile.
	file('consumer.ts', consumer('rtcp-mux-mising'));
	expect((await tsc()).stdout).toMatch(/consumer\.ts\(4,.*rtcp-mux-mising/);
});

test('a browser can load it: it imports nothing, and names nothing of Node', () => {
	const text = readFileSync(join(folder, 'node_modules', 'icelens', 'dist', 'package', 'sdp.js'), 'utf8');
	expect(text).not.toMatch(/^import\b|\bimport\(|\brequire\(|\bprocess\.|\bBuffer\b/m);
});

test('its command runs with the packages that it names', async () => {
	const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
		dependencies: Record<string, string>;
	};
	for (const name of Object.keys(dependencies)) symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
	const command = join(folder, 'node_modules', 'icelens', 'scripts', 'icelens.mjs');
	const { stdout } = await run(process.execPath, [command, 'lint-sdp', file('offer.sdp', OFFER), '--fail-on', 'never']);
	expect(stdout).toMatch(/A session description\.[^]*rtcp-mux-missing/);
});

test('the package has the built command line and app, and no sources', () => {
	const names = readdirSync(join(folder, 'node_modules', 'icelens'));
	expect(names).toEqual(expect.arrayContaining(['README.md', 'build', 'dist', 'package.json', 'scripts']));
	expect(names.filter((name) => ['src', 'tests', 'docs', 'static', 'node_modules'].includes(name))).toEqual([]);
});
