/**
 * A network whose gateway closes after the page has come, as where a login runs out: HTTP is answered by its login page, and everything
 * else is refused. The check in a real browser and the command line say the signs.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../src/lib/core/report/report';
import { launchBrowser } from '../../support/browsers';
import { patience } from '../../support/patience';
import { missing } from '../../support/require';
import { COMMAND } from './browser-check';
import { makeLab, type Lab } from './lab';
import { describeInLab } from './need';
import { PROV } from './topology';

const HOST = PROV.ipv4[0]!;
const PORTAL_PORT = 8080;
/** Open connections are reset, so that the browser comes with new ones, which the login page answers. */
const CLOSED = `
insert rule inet firewall input iifname "lan" tcp dport ${PORTAL_PORT} accept
table ip portal {
	chain redirected {
		type nat hook prerouting priority dstnat - 10;
		iifname "lan" tcp dport 80 redirect to :${PORTAL_PORT}
	}
	chain refused {
		type filter hook forward priority filter - 10;
		iifname "lan" meta l4proto tcp reject with tcp reset
		iifname "lan" drop
	}
}`;
const GATEWAY = `
const shown = process.argv[1] === 'page';
require('node:http').createServer((_, to) => shown
	? to.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>')
	: to.writeHead(302, { location: 'http://login.hotel.example/' }).end()
).listen(${PORTAL_PORT}, () => console.log('ready'));`;

const lacking = missing('root', 'coturn', 'chromium', 'firefox');

describeInLab(`a captive portal${lacking === null ? '' : ` [skipped: ${lacking}]`}`, () => {
	describe.skipIf(lacking !== null).each([
		['redirects', 'redirect', 'reach-login-page-signs'],
		['page', 'page', 'reach-web-page-answered']
	] as const)('that answers with its %s', (answer, sign, ofWebSocket) => {
		let lab: Lab;
		beforeAll(async () => {
			lab = await makeLab('port-restricted');
			const app = lab.spawn('prov', [process.execPath, COMMAND, 'serve', '--host', '::', '--port', '80']);
			await app.printed(/:80/, patience(60_000));
			await lab.spawn('rA', [process.execPath, '-e', GATEWAY, answer]).printed(/ready/, patience(30_000));
		}, patience(120_000));
		afterAll(() => lab?.close());

		it('is said by the check and by the command line', { timeout: patience(240_000) }, async () => {
			const reach = async (url: string) => {
				const argv = [process.execPath, COMMAND, 'reach', url, '--format', 'json', '--hold', '0'];
				const { stdout } = await lab.exec('A', argv, { timeoutMs: patience(60_000) });
				return (JSON.parse(stdout) as { rule: string }).rule;
			};
			const browsers = await Promise.all(
				(['chromium', 'firefox'] as const).map((name) => launchBrowser(name, { namespace: lab.namespace('A') }))
			);
			const check = `window.icelens.check({ iceServers: [{ urls: ['stun:${HOST}:3478'] }] })`;
			const signs = ({ conclusions }: Report) =>
				conclusions.findings.flatMap(({ rule, values }) =>
					rule === 'captive-portal-signs' ? [(values.sign as { kind: string }).kind] : []
				);
			try {
				for (const browser of browsers) {
					await browser.screen.open(`http://${HOST}/`);
					expect(signs(await browser.evaluate<Report>(check)), browser.name).toEqual([]);
				}
				expect(await reach(`http://${HOST}/api/echo`)).toBe('reach-answered');
				const closed = await lab.exec('rA', ['nft', '-f', '-'], { input: CLOSED });
				expect(closed.stderr).toBe('');
				for (const browser of browsers) {
					const report = await browser.evaluate<Report>(check);
					expect(signs(report), browser.name).toEqual([sign]);
					expect(report.conclusions.headline.verdict, browser.name).not.toMatch(/direct|with-turn/);
				}
				expect(await reach(`ws://${HOST}/`)).toBe(ofWebSocket);
				expect(await reach(`https://${HOST}/`)).toMatch(/refused|failed/);
			} finally {
				await Promise.all(browsers.map((browser) => browser.close()));
			}
		});
	});
});
