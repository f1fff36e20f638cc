/** A portal that begins to answer in the place of everybody after the page has come, as where a login runs out: said by both browsers. */
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report } from '../../src/lib/core/report/report';
import { judgeReach } from '../../src/lib/core/reach/reach-rules';
import { reach } from '../../src/lib/server/reach/reach';
import { sharedApp } from '../support/app';
import { launchBrowser, type BrowserName } from '../support/browsers';
import { describeWith } from '../support/require';

/** What it does with a request that it does not let pass. */
type Way = 'passes' | 'redirects' | 'shows-its-page' | 'asks-for-login';

let way: Way = 'passes';
let portal: Server;
let origin: string;

beforeAll(async () => {
	const app = new URL((await sharedApp()).url);
	portal = createServer((from, to) => {
		if (way === 'passes') {
			const { hostname, port } = app;
			const onward = request({ hostname, port, path: from.url, method: from.method, headers: from.headers }, (answer) => {
				to.writeHead(answer.statusCode!, answer.headers);
				answer.pipe(to);
			});
			onward.on('error', () => to.destroy());
			from.pipe(onward);
		} else if (way === 'redirects') to.writeHead(302, { location: 'http://login.hotel.example/?from=here' }).end();
		else
			to.writeHead(way === 'asks-for-login' ? 511 : 200, { 'content-type': 'text/html; charset=utf-8' }).end('<h1>Welcome</h1>');
	});
	await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
	origin = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`;
});
afterAll(() => {
	portal?.close();
	portal?.closeAllConnections();
});

const SAYS: Record<Exclude<Way, 'passes'>, string> = {
	redirects: 'redirect',
	'shows-its-page': 'page',
	'asks-for-login': 'login-required'
};

for (const name of ['chromium', 'firefox'] as BrowserName[]) {
	describeWith([name], `a captive portal before ${name}`, () => {
		test('is said by what answered in the place of the app, and not where the app did', async () => {
			const browser = await launchBrowser(name);
			try {
				const signs = async (then: Way) => {
					way = 'passes';
					await browser.screen.open(origin);
					// What a check needs is there before the portal closes.
					await browser.evaluate(`window.icelens.check({ iceServers: [] })`);
					way = then;
					const report = await browser.evaluate<Report>(`window.icelens.check({ iceServers: [] })`);
					const { findings } = report.conclusions;
					return findings.flatMap(({ rule, values }) =>
						rule === 'captive-portal-signs' ? [(values.sign as { kind: string }).kind] : []
					);
				};
				expect(await signs('passes')).toEqual([]);
				for (const [then, kind] of Object.entries(SAYS)) expect(await signs(then as Way), then).toEqual([kind]);
			} finally {
				way = 'passes';
				await browser.close();
			}
		});
	});
}

test('the command line says the same of a URL that a portal answers', async () => {
	const rule = async (then: Way) => {
		way = then;
		const said = judgeReach(await reach(new URL(`${origin}/api/echo`), { deadlineMs: 10_000, holdMs: 0 }));
		way = 'passes';
		return said.rule;
	};
	expect([await rule('passes'), await rule('redirects'), await rule('asks-for-login')]).toEqual([
		'reach-answered',
		'reach-login-page-signs',
		'reach-login-page-signs'
	]);
	way = 'shows-its-page';
	const said = judgeReach(await reach(new URL(origin.replace('http', 'ws')), { deadlineMs: 10_000, holdMs: 0 }));
	way = 'passes';
	expect(said.rule).toBe('reach-web-page-answered');
});
