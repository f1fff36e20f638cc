/** A URL of the user's own, asked from real browsers on real servers over TLS; and the policy that lets this page alone ask. */
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UrlReach } from '../../src/lib/core/observations/observation';
import { parseReport } from '../../src/lib/core/report/parse';
import { sharedApp, type TestApp } from '../support/app';
import { launchBrowser, type BrowserName, type TestBrowser } from '../support/browsers';
import { describeWith } from '../support/require';
import { until } from '../support/until';
import { startUserServer, type UserServer } from '../support/user-server';
import { expectGoodLooks } from '../support/watched-page';

const CUT_AFTER_MS = 2500;
const RESULT = { selector: '.verdict' };

let app: TestApp;
let server: UserServer;
beforeAll(async () => {
	[app, server] = await Promise.all([sharedApp(), startUserServer({ cutAfterMs: CUT_AFTER_MS })]);
});
afterAll(() => server?.close());

for (const name of ['chromium', 'firefox'] as BrowserName[]) {
	describeWith(name === 'firefox' ? [name, 'certutil'] : [name], `a URL asked in ${name}`, () => {
		let browser: TestBrowser;
		beforeAll(async () => {
			browser = await launchBrowser(name, { trustedCertificates: [server.certificate] });
		});
		afterAll(() => browser?.close());

		/** As a person does it, on a page of its own. */
		async function ask(url: string, holdS: number | null = null): Promise<string> {
			const { screen } = browser;
			await screen.open(`${app.url}/reach`);
			await screen.fill('URL of your own server', url);
			await screen.check(/ is mine, or I may test it$/);
			if (holdS !== null) {
				await screen.check(/^Hold the WebSocket open/);
				await screen.choose('How long to hold it open', `${holdS} s`);
			}
			await screen.press('button', 'Ask this URL');
			await screen.see(/\S/, RESULT);
			return (await screen.read('.verdict'))[0]!.replaceAll(/\s+/g, ' ');
		}

		test('a WebSocket that stays open, and one that brings a message', async () => {
			expect(await ask(`wss://localhost:${server.port}/held`)).toMatch(
				/^Reached The WebSocket to localhost:\d+ opened after .* stayed open for 2\.\d+ s, with no message either way\.$/
			);
			expect(await ask(`wss://localhost:${server.port}/talks`)).toMatch(/nothing sent from here and 1 message from the server/);
		});

		test('a proxy that cuts what is idle, with its second', async () => {
			const said = await ask(`wss://localhost:${server.cuttingPort}/held`, 30);
			expect(said).toMatch(
				/^Reached, with a fault .* was cut [\d.]+ s later after [\d.]+ s in which no message came, .*1006.*idle/
			);
			const [, heldS] = /cut ([\d.]+) s later/.exec(said)!;
			// The proxy counts from the last byte of the handshake, the page from the event that follows it.
			expect(1000 * Number(heldS)).toBeGreaterThan(CUT_AFTER_MS - 200);
		});

		test('a WebSocket that the server closes by policy, and one that it drops', async () => {
			expect(await ask(`wss://localhost:${server.port}/policy`)).toMatch(
				/with code 1008 \(against the policy.*reason “no token”/
			);
			expect(await ask(`wss://localhost:${server.port}/dropped`)).toMatch(/was cut .* without a close frame \(code 1006\)/);
		});

		test('a WebSocket that is refused where HTTPS answers, and a certificate that nobody trusts', async () => {
			expect(await ask(`wss://localhost:${server.port}/refused`)).toMatch(
				/^Reached, with a fault .* failed after .*, while the same URL was reached over HTTPS/
			);
			expect(await ask(`wss://localhost:${server.untrustedPort}/held`)).toMatch(
				/^No answer to this page .* hides why \(code 1006 whatever/
			);
		});

		test('HTTPS: an answer whose status is hidden, a way out of TLS, and no answer at all', async () => {
			expect(await ask(`https://localhost:${server.port}/whip`)).toMatch(/^Reached .* over HTTPS: .*status .* is hidden/);
			expect(await ask(`https://localhost:${server.port}/elsewhere`)).toMatch(/sends to another URL, which is not over TLS/);
			expect(await ask(`https://localhost:${server.silentPort}/`)).toMatch(/^No answer to this page No answer .* and no error/);
		});

		test('an answer that no other page may use is not called none of the server’s', async () => {
			const before = server.asked.length;
			expect(await ask(`https://localhost:${server.port}/kept-to-itself`)).toMatch(
				/got no answer .* or the server answers and forbids/
			);
			expect(server.asked.slice(before)).toEqual(['GET /kept-to-itself']);
		});

		test('no TLS is not asked, and says what would ask', async () => {
			expect(await ask(`ws://localhost:${server.port}/held`)).toMatch(/^Cannot tell .*was not asked: .*over TLS only \(wss:\)/);
		});

		test('a port that browsers block is not even connected to', async () => {
			let connections = 0;
			const blocked = createServer(() => connections++);
			await new Promise<void>((resolve) => blocked.listen(10080, '127.0.0.1', resolve));
			try {
				expect((blocked.address() as AddressInfo).port).toBe(10080);
				expect(await ask('wss://localhost:10080/')).toMatch(/^No answer to this page .*browsers block port 10080 for every page/);
				expect(connections).toBe(0);
			} finally {
				blocked.close();
			}
		});

		test('nothing is asked before it is confirmed, and a stop says what was known', async () => {
			const { screen } = browser;
			await screen.open(`${app.url}/reach`);
			const before = server.asked.length;
			await screen.fill('URL of your own server', `wss://localhost:${server.port}/held?access_token=never-kept`);
			expect(await browser.evaluate<boolean>('document.querySelector("form button[type=submit]").disabled')).toBe(true);
			await screen.check(`localhost:${server.port} is mine, or I may test it`);
			await screen.check(/^Hold the WebSocket open/);
			expect(server.asked.length).toBe(before);
			await screen.press('button', 'Ask this URL');
			await until('the WebSocket', () => server.asked.at(-1) === 'WebSocket /held?access_token=never-kept');
			await screen.see('The WebSocket is open. Nothing is sent.');
			await screen.press('button', 'Stop');
			await screen.see(/stayed open for/, RESULT);
			const saved = await screen.download('Save as JSON');
			const text = saved.content.toString();
			expect(text).not.toContain('never-kept');
			const report = parseReport(text);
			if (!report.ok) throw new Error(report.error.message);
			const { outcome } = report.value.observations[0]!;
			expect(outcome.state === 'seen' && (outcome.data as UrlReach).url).toBe(`wss://localhost:${server.port}/held?…`);
			// Kept on this device, and opened again from there.
			await screen.open(`${app.url}/reports`);
			await screen.press('button', /^Open Unnamed network,/);
			await screen.see(/^The WebSocket to localhost:\d+ opened/);
		});

		test('the wide policy is that of this page alone, however it is entered and left', async () => {
			const { screen } = browser;
			const policyAllows = (url: string) =>
				browser.evaluate(async (url) => {
					const violated = new Promise<boolean>((resolve) => {
						document.addEventListener('securitypolicyviolation', () => resolve(false), { once: true });
						fetch(url, { mode: 'no-cors' }).then(
							() => resolve(true),
							() => {}
						);
					});
					return violated;
				}, url);
			const other = `https://localhost:${server.port}/whip`;
			await screen.open(app.url);
			expect(await policyAllows(other)).toBe(false);
			await screen.press('link', 'Reach');
			await screen.see('Does this network reach your server?');
			await until('the page’s script', () => browser.evaluate<boolean>('window.icelens !== undefined'));
			expect(await policyAllows(other)).toBe(true);
			await screen.press('link', 'Rules');
			await until('the other page', () =>
				browser.evaluate<boolean>('location.pathname === "/rules" && window.icelens !== undefined')
			);
			expect(await policyAllows(other)).toBe(false);
		});

		if (name === 'chromium') {
			test('is accessible and as wide as the page: empty, filled in, open and judged', async () => {
				const page = browser.page!;
				const { screen } = browser;
				await screen.open(`${app.url}/reach`);
				await expectGoodLooks(page, 'empty');
				await screen.fill('URL of your own server', 'localhost');
				await page.getByRole('textbox').blur();
				await screen.see(/has no scheme/);
				await expectGoodLooks(page, 'a fault');
				await screen.fill('URL of your own server', `wss://localhost:${server.port}/held`);
				await screen.check(/ is mine, or I may test it$/);
				await screen.check(/^Hold the WebSocket open/);
				await screen.press('button', 'Ask this URL');
				await screen.see('The WebSocket is open. Nothing is sent.');
				await expectGoodLooks(page, 'open');
				await screen.press('button', 'Stop');
				await screen.see(/stayed open for/, RESULT);
				await screen.fill('URL of your own server', `wss://localhost:${server.port}/refused`);
				await screen.press('button', 'Ask again');
				await screen.see(/while the same URL was reached/, RESULT);
				await expectGoodLooks(page, 'judged');
			});
		}
	});
}

test('the policy differs in one directive', async () => {
	const policyOf = async (path: string) => (await fetch(app.url + path)).headers.get('content-security-policy')!.split('; ');
	const withoutNonce = (policy: string[]) => policy.map((one) => one.replaceAll(/'nonce-[^']*'/g, "'nonce'"));
	const [narrow, wide] = [withoutNonce(await policyOf('/')), withoutNonce(await policyOf('/reach'))];
	expect(wide.filter((one) => !narrow.includes(one))).toEqual(["connect-src 'self' https: wss:"]);
	expect(narrow.filter((one) => !wide.includes(one))).toEqual(["connect-src 'self'"]);
});
