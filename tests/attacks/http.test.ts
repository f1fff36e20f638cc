/** What somebody tries over HTTP: names that point here, forged addresses, other sites' pages, credentials by the thousand. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app';

interface Answer {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	text: string;
}

/** Unlike fetch, which writes Host and Sec-Fetch-Site itself. */
function ask(app: TestApp, path: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> {
	const { hostname, port } = new URL(app.url);
	return new Promise((resolve, reject) => {
		const asked = request({ host: hostname, port, path, headers, method: body === undefined ? 'GET' : 'POST' }, (response) => {
			let text = '';
			response.setEncoding('utf8').on('data', (part: string) => (text += part));
			response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text }));
		});
		asked.on('error', reject);
		asked.end(body);
	});
}

const turnNames = ({ text }: Answer) =>
	(JSON.parse(text) as { iceServers: { username?: string }[] }).iceServers.flatMap(({ username }) => username ?? []);

describe('without settings', () => {
	let app: TestApp;
	beforeAll(async () => void (app = await startApp()));
	afterAll(() => app.close());

	const PATHS = ['/', '/sdp', '/rules', '/reach', '/icon.svg', '/api/health', '/api/echo', '/api/ice-servers', '/nothing-here'];

	test.each(PATHS)('a name that points here by DNS gets nothing of %s', async (path) => {
		const { port } = new URL(app.url);
		for (const host of [`evil.example:${port}`, `127.0.0.1.evil.example:${port}`, `localhost.evil.example`]) {
			const answer = await ask(app, path, { host, 'sec-fetch-site': 'same-origin' });
			expect([host, answer.status, answer.text.includes('turn:')]).toEqual([host, 421, false]);
		}
		for (const host of [`127.0.0.1:${port}`, `localhost:${port}`])
			expect((await ask(app, path, { host })).status).toBe(path === '/nothing-here' ? 404 : 200);
	});

	test.each(PATHS)('every byte of %s has the headers', async (path) => {
		for (const host of [new URL(app.url).host, 'evil.example']) {
			const { headers } = await ask(app, path, { host });
			expect(headers).toMatchObject({
				'x-content-type-options': 'nosniff',
				'referrer-policy': 'no-referrer',
				'cross-origin-opener-policy': 'same-origin',
				'cross-origin-resource-policy': 'same-origin'
			});
			expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
			expect(headers).not.toHaveProperty('strict-transport-security');
		}
	});

	test('scripts and styles of a page have those that a script can need', async () => {
		const part = /\/_app\/immutable\/[^"]+\.js/.exec((await ask(app, '/')).text)![0];
		expect((await ask(app, part)).headers).toMatchObject({
			'cache-control': 'public,max-age=31536000,immutable',
			'x-content-type-options': 'nosniff',
			'referrer-policy': 'no-referrer',
			'cross-origin-resource-policy': 'same-origin'
		});
	});

	test.each(['/sdp', '/stats', '/rules', '/reports', '/reach'])(
		'%s, which gathers nothing, comes without credentials',
		async (path) => {
			const { text } = await ask(app, path);
			// A user name of ours: the time of its expiry, and twelve digits.
			const hasLogin = (page: string) => /\d{10}:[0-9a-f]{12}/.test(page);
			expect([text.includes('<title>Icelens'), hasLogin(text)]).toEqual([true, false]);
			expect(hasLogin((await ask(app, '/')).text)).toBe(true);
		}
	);

	test("other sites' pages get no credentials, and use up none", async () => {
		for (const site of ['cross-site', 'same-site']) {
			const answer = await ask(app, '/api/ice-servers', { 'sec-fetch-site': site });
			expect([answer.status, turnNames(answer)]).toEqual([403, []]);
		}
	});

	test('a page of the same name by another scheme is another origin', async () => {
		const { host } = new URL(app.url);
		const post = (origin: string) =>
			ask(app, '/api/signal', { origin, 'content-type': 'application/json', 'content-length': '15' }, '{"name":"Desk"}');
		expect((await post(`https://${host}`)).status).toBe(403);
		expect((await post(`http://${host}`)).status).toBe(201);
	});

	test('an address in a header that nobody asked for is not believed, and the operator is told', async () => {
		const echo = async (headers: Record<string, string>) => JSON.parse((await ask(app, '/api/echo', headers)).text) as object;
		expect(await echo({})).toEqual({ address: '127.0.0.1' });
		expect(await echo({ 'x-forwarded-for': '8.8.8.8' })).toEqual({ address: 'unknown' });
		const { warnings } = JSON.parse((await ask(app, '/api/health')).text) as { warnings: string[] };
		expect(warnings).toEqual([expect.stringContaining('ADDRESS_HEADER')]);
		expect(app.output()).toContain(warnings[0]);
	});
});

describe('behind a proxy', () => {
	let app: TestApp;
	beforeAll(
		async () => void (app = await startApp({ ORIGIN: 'https://icelens.example.org', ADDRESS_HEADER: 'x-forwarded-for' }))
	);
	afterAll(() => app.close());

	test('one source gets credentials for an office, not a thousand', async () => {
		const from = async (source: string, times: number) => {
			let given = 0;
			for (let i = 0; i < times; i++)
				given += turnNames(await ask(app, '/api/ice-servers', { 'x-forwarded-for': source.replace('*', i.toString(16)) })).length;
			return given;
		};
		expect(await from('198.51.100.7', 1000)).toBeLessThan(100);
		expect(await from('2001:db8::*', 300)).toBeLessThan(100);
		expect(await from('127.0.0.1', 300)).toBeLessThan(100);
		expect(await from('198.51.100.8', 5)).toBe(5);
	});

	test('a request without the header, or with something else in it, is answered', async () => {
		for (const [value, address] of [
			[undefined, '127.0.0.1'],
			['', 'unknown'],
			['localhost', 'unknown'],
			['::ffff:198.51.100.9', '198.51.100.9']
		] as const) {
			const { status, text } = await ask(app, '/api/echo', value === undefined ? {} : { 'x-forwarded-for': value });
			expect([value, status, JSON.parse(text)]).toEqual([value, 200, { address }]);
		}
	});

	test('answers to the name in ORIGIN, over https alone from then on', async () => {
		const { status, headers } = await ask(app, '/', { host: 'icelens.example.org' });
		expect([status, headers['strict-transport-security']]).toEqual([200, 'max-age=31536000']);
		expect((await ask(app, '/', { host: 'other.example.org' })).status).toBe(421);
	});
});
