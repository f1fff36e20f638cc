/** The command line as people use it: a real browser, coturn as the server, exit codes, and what bad input gets. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseReport } from '../../src/lib/core/report/parse';
import type { Report } from '../../src/lib/core/report/report';
import { startApp } from '../support/app';
import type { BrowserName } from '../support/browsers';
import { ICELENS, icelens } from '../support/cli';
import { startCoturn, type Coturn } from '../support/coturn';
import { makeLab, PROV, STUN2, type Lab } from '../support/namespace';
import { describeWith, testWith } from '../support/require';

const folder = mkdtempSync(join(tmpdir(), 'icelens-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
	const path = join(folder, name);
	writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
	return path;
}

function reportIn(text: string): Report {
	const parsed = parseReport(text);
	if (!parsed.ok) throw new Error(`${parsed.error.where ?? ''} ${parsed.error.message}`);
	return parsed.value;
}

const statesOf = (report: Report) => Object.fromEntries(report.conclusions.servers.map(({ url, state }) => [url, state]));

describeWith(['coturn'], 'check, on the loopback', () => {
	let coturn: Coturn;
	beforeAll(async () => {
		coturn = await startCoturn({ user: { name: 'alice', password: 'in-wonderland' } });
	});
	afterAll(() => coturn?.close());

	const turn = (credential: string) => ({ urls: [coturn.urls.udp, coturn.urls.tcp], username: 'alice', credential });

	for (const browser of ['chromium', 'firefox'] as BrowserName[]) {
		testWith([browser], `${browser} makes a report that validates and concludes the same again`, async () => {
			const servers = file(`${browser}.json`, { iceServers: [{ urls: coturn.urls.stun }, turn('in-wonderland')] });
			const out = join(folder, `${browser}-out.json`);
			const run = await icelens(['check', '--servers', servers, '--browser', browser, '--format', 'json', '--out', out]);
			expect(run.status, run.stderr).toBe(0);
			const report = reportIn(run.stdout);
			expect(statesOf(report)).toEqual({ [coturn.urls.stun]: 'works', [coturn.urls.udp]: 'works', [coturn.urls.tcp]: 'works' });
			expect(report.environment.browser.toLowerCase()).toContain(browser);
			expect(report.observations.length).toBeGreaterThan(3);
			expect(run.stdout).not.toContain('in-wonderland');
			expect(reportIn(readFileSync(out, 'utf8'))).toEqual(report);

			const again = await icelens(['conclude', out, '--format', 'json']);
			expect(again.status, again.stderr).toBe(0);
			expect(JSON.parse(again.stdout)).toMatchObject({ changes: [], conclusions: report.conclusions });
			expect(reportIn(again.stdout).conclusions).toEqual(report.conclusions);
		});
	}

	testWith(['chromium'], 'a wrong password ends with status 1 and text that says which server and what to do', async () => {
		const run = await icelens(['check', '--servers', '-', '--profile', 'quick'], { input: JSON.stringify([turn('wrong')]) });
		expect(run.status, run.stderr).toBe(1);
		expect(run.stdout).toContain('unauthorized');
		expect(run.stdout).toContain(coturn.urls.udp);
		expect(run.stdout).toMatch(/password|credential/i);
		expect(run.stdout).not.toContain('\x1b[');
	});

	testWith(
		['chromium'],
		'a port where nobody answers is waited for until the deadline given, and ends with status 1',
		async () => {
			const dead = await new Promise<number>((resolve) => {
				const server = createServer().listen(0, '127.0.0.1', () => {
					const { port } = server.address() as { port: number };
					server.close(() => resolve(port));
				});
			});
			const servers = file('dead.json', [{ urls: coturn.urls.stun }, { urls: `stun:127.0.0.1:${dead}` }]);
			const run = await icelens(['check', '--servers', servers, '--deadline', '1.5', '--format', 'json']);
			expect(run.status, run.stderr).toBe(1);
			const report = reportIn(run.stdout);
			expect(report.config.limits.deadlineMs).toBe(1500);
			expect(statesOf(report)).toMatchObject({ [coturn.urls.stun]: 'works', [`stun:127.0.0.1:${dead}`]: 'unreachable' });
			const { outcome, tookMs } = report.observations.find(({ step }) => step === `server-gathering stun:127.0.0.1:${dead}`)!;
			expect(outcome).toMatchObject({ state: 'seen', data: { endedBy: 'deadline', completeMs: null } });
			expect(tookMs).toBeGreaterThan(1450);
		}
	);

	testWith(
		['chromium'],
		"the README's coturn configuration is one that coturn takes and Icelens makes credentials for",
		async () => {
			const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
			const lines = /```\n(use-auth-secret[\s\S]*?)```/.exec(readme)![1]!.split('\n');
			const secret = lines.find((line) => line.startsWith('static-auth-secret='))!.slice('static-auth-secret='.length);
			// As it stands, but for what this test cannot have: the certificate's files, and relaying to the loopback, where it runs.
			const extra = lines.filter(
				(line) => line !== '' && !/^(static-auth-secret|use-auth-secret|cert|pkey|realm|no-cli|fingerprint)|=(127|::1)/.test(line)
			);
			expect(extra.length).toBeGreaterThan(5);
			const shared = await startCoturn({ secret, extra });
			const operator = await startApp({
				ICELENS_TURN: 'off',
				ICELENS_TURN_SECRET: secret,
				ICELENS_ICE_SERVERS: JSON.stringify([{ urls: [shared.urls.udp, shared.urls.tcp] }])
			});
			try {
				expect(shared.log()).not.toMatch(/unknown option|bad configuration|ERROR/i);
				const run = await icelens(['check', '--url', operator.url, '--format', 'json']);
				expect(run.status, run.stdout + run.stderr).toBe(0);
				expect(statesOf(reportIn(run.stdout))).toEqual({ [shared.urls.udp]: 'works', [shared.urls.tcp]: 'works' });
			} finally {
				await operator.close();
				await shared.close();
			}
		}
	);
});

testWith(['chromium'], 'check without a list finds both TURN transports of the embedded server working', async () => {
	const run = await icelens(['check']);
	expect(run.status, run.stdout + run.stderr).toBe(0);
	expect(run.stdout).toMatch(/works\s+turn:127\.0\.0\.1:\d+\?transport=udp/);
	expect(run.stdout).toMatch(/works\s+turn:127\.0\.0\.1:\d+\?transport=tcp/);
});

for (const browser of ['chromium', 'firefox'] as BrowserName[]) {
	describeWith([browser, 'coturn', 'namespaces', 'nftables'], `check in a network namespace, ${browser}`, () => {
		let lab: Lab;
		let coturn: Coturn;
		beforeAll(async () => {
			lab = await makeLab('port-restricted');
			const namespace = lab.namespace('prov');
			coturn = await startCoturn({ addresses: PROV.ipv4, namespace, user: { name: 'alice', password: 'in-wonderland' } });
		});
		afterAll(async () => {
			await coturn?.close();
			await lab?.close();
		});

		test('finds the public address and mapping of the NAT, and concludes the same again from its report', async () => {
			const [first, second] = PROV.ipv4;
			const turn = {
				urls: [`turn:${first}?transport=udp`, `turn:${first}?transport=tcp`],
				username: 'alice',
				credential: 'in-wonderland'
			};
			const servers = file('lab.json', [{ urls: [`stun:${first}`, `stun:${second}`] }, turn]);
			const argv = [process.execPath, ICELENS, 'check', '--servers', servers, '--browser', browser, '--format', 'json'];
			const run = await lab.exec('A', argv, { timeoutMs: 90_000 });
			const report = reportIn(run.stdout);
			expect(new Set(Object.values(statesOf(report))), run.stdout + run.stderr).toEqual(new Set(['works']));
			expect(report.conclusions.nat.ipv4?.publicAddresses).toEqual([expect.stringMatching(/^198\.51\.100\./)]);
			expect(report.conclusions.nat.ipv4?.mapping).toBe('endpoint-independent');
			expect(report.conclusions.answers).toContainEqual(expect.objectContaining({ question: 'udp-usable', says: 'yes' }));

			const again = await icelens(['conclude', file('lab-report.json', run.stdout), '--format', 'json']);
			expect(reportIn(again.stdout).conclusions).toEqual(report.conclusions);
			expect(again.status).toBe(run.status);
		});

		test('a network without a way out ends with status 1 and the word unreachable', async () => {
			const servers = file('nowhere.json', [{ urls: `stun:${STUN2.ipv4[0]}:4001` }]);
			const argv = [process.execPath, ICELENS, 'check', '--servers', servers, '--browser', browser, '--deadline', '2'];
			const run = await lab.exec('A', argv, { timeoutMs: 60_000 });
			expect(run.status, run.stdout + run.stderr).toBe(1);
			expect(run.stdout).toContain('unreachable');
		});
	});
}

describe('what cannot run: status 2 and a sentence on standard error', () => {
	const notJson = file('broken.json', '{ "iceServers": [ }');
	const otherJson = file('other.json', '{ "hello": 1 }');
	test.each([
		[['check', '--servers', '/nowhere/servers.json'], /servers\.json could not be read: there is no such file\./],
		[['check', '--servers', folder], /could not be read: it is a folder\./],
		[['check', '--servers', notJson], /broken\.json: /],
		[['check', '--browser', '/nowhere/browser'], /no program "\/nowhere\/browser"/],
		[['check', '--browser', 'netscape-4'], /no program "netscape-4"/],
		[['check', '--profile', 'slow'], /--profile: "slow" is not quick or full\./],
		[['check', '--deadline', 'soon'], /--deadline: "soon" is not a number of seconds from 0\.5 to 60\./],
		[['check', '--format', 'xml'], /--format: "xml" is not text, json, markdown, html, junit or csv\./],
		[['check', '--url', 'icelens.example.org'], /--url: "icelens\.example\.org" is not a web address/],
		[['check', '--url', 'http://127.0.0.1:1'], /127\.0\.0\.1:1 did not say which servers to check/],
		[['check', 'servers.json'], /one argument too many/],
		[['check', '--sevrers', 'x'], /--sevrers/],
		[['conclude'], /A file is missing/],
		[['conclude', '/nowhere/report.json'], /there is no such file/],
		[['conclude', notJson], /broken\.json: /],
		[['conclude', otherJson], /other\.json: /],
		[['redact'], /A file is missing/],
		[['redact', otherJson], /other\.json: .* redacted too\.$/m],
		[['serve', '--port', 'http'], /PORT: "http" is not a port number/],
		[['fly'], /"fly" is not a command/],
		[['toString'], /"toString" is not a command/]
	])('icelens %j is refused', async (args, sentence) => {
		const run = await icelens(args);
		expect(run.stderr).toMatch(sentence);
		expect(run.stderr).not.toMatch(/^\s+at /m);
		expect(run.status).toBe(2);
		expect(run.stdout).toBe('');
	});

	test('check refuses an --url that answers and is not an Icelens app', async () => {
		const { createServer: createHttp } = await import('node:http');
		const server = createHttp((_, response) => response.setHeader('content-type', 'text/html').end('<title>no</title>'));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
		const run = await icelens(['check', '--url', url]);
		server.close();
		expect(run).toMatchObject({ status: 2, stdout: '' });
	});
});

describe('serve', () => {
	test('says where it is, listens on the loopback alone, and ends with status 0 when asked to', async () => {
		const app = await startApp({ HOST: '' });
		expect(app.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
		expect(app.output()).toMatch(/STUN and TURN on 127\.0\.0\.1/);
		const response = await fetch(`${app.url}/api/echo`);
		expect(await response.json()).toEqual({ address: '127.0.0.1' });
		expect(Object.fromEntries(response.headers)).toMatchObject({
			'cache-control': 'no-store',
			'x-content-type-options': 'nosniff',
			'referrer-policy': 'no-referrer'
		});
		expect(await app.close()).toBe(0);
		await expect(fetch(app.url)).rejects.toThrow();
	});

	test('the page has a strict policy and fresh credentials, and is not to be stored', async () => {
		const app = await startApp();
		try {
			const response = await fetch(`${app.url}/`);
			expect(response.status).toBe(200);
			expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'/);
			expect(response.headers.get('content-security-policy')).not.toMatch(/unsafe-inline|unsafe-eval/);
			expect(response.headers.get('cache-control')).toBe('no-store');
			expect(response.headers.get('set-cookie')).toBeNull();
			const users = new Set<string>();
			for (let i = 0; i < 2; i++) {
				const { iceServers } = (await (await fetch(`${app.url}/api/ice-servers`)).json()) as {
					iceServers: { username?: string }[];
				};
				users.add(iceServers.find(({ username }) => username)!.username!);
			}
			expect(users.size).toBe(2);
		} finally {
			await app.close();
		}
	});

	test('a taken port is named with the next one to try', async () => {
		const app = await startApp();
		try {
			const { port } = new URL(app.url);
			const run = await icelens(['serve', '--port', port], { env: { ICELENS_STUN_PORT: '0', ICELENS_TLS_PORT: '0' } });
			expect(run.stderr).toMatch(new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is taken.*PORT=${Number(port) + 1}`));
			expect(run.status).toBe(2);
		} finally {
			await app.close();
		}
	});
});

test('redact takes standard input, and passes nothing on that names somebody or moves the cursor', async () => {
	const input = 'v=0\r\no=alice 1 2 IN IP4 8.8.8.8\r\ns=\u001b[2J\r\nt=0 0\r\n';
	const run = await icelens(['redact', '-'], { input });
	expect(run).toEqual({
		status: 0,
		stderr: '',
		stdout: input.replace('alice', 'user-1').replace('8.8.8.8', '203.0.113.1').replace('\u001b', '\ufffd')
	});
});

test('--help names every command, and --version is a version', async () => {
	const [help, none, version] = await Promise.all([icelens(['--help']), icelens([]), icelens(['--version'])]);
	expect(help).toMatchObject({ status: 0, stderr: '' });
	for (const name of ['serve', 'check', 'conclude', 'compare', 'redact', 'lint-sdp', 'stats', 'nat'])
		expect(help.stdout).toContain(`icelens ${name}`);
	expect(none.status).toBe(2);
	expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
