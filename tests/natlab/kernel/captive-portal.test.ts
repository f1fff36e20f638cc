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
/** What the gateway answers at each of its own ports, and what has to be said of it. */
const ANSWERS = [
	{ port: 8080, sign: 'redirect', ofWebSocket: 'reach-login-page-signs' },
	{ port: 8081, sign: 'page', ofWebSocket: 'reach-web-page-answered' }
];
/** It keeps no connection open: one that did would still carry the browser's requests to the port that it was made to. */
const GATEWAY = `
const { createServer } = require('node:http');
const answer = (status, headers, body) =>
	createServer((_, to) => to.writeHead(status, { connection: 'close', ...headers }).end(body));
answer(302, { location: 'http://login.hotel.example/' }).listen(8080, () =>
	answer(200, { 'content-type': 'text/html' }, '<h1>Welcome</h1>').listen(8081, () => console.log('ready')));`;
/** Connections to anybody else are reset, so that the browser comes with new ones, which the gateway answers at this port. */
const closedTo = (port: number) => `
table ip portal
delete table ip portal
insert rule inet firewall input iifname "lan" tcp dport ${port} accept
table ip portal {
	chain redirected {
		type nat hook prerouting priority dstnat - 10;
		iifname "lan" tcp dport 80 redirect to :${port}
	}
	chain refused {
		type filter hook forward priority filter - 10;
		iifname "lan" meta l4proto tcp reject with tcp reset
		iifname "lan" drop
	}
}`;

const lacking = missing('root', 'coturn', 'chromium', 'firefox');

describeInLab(`a captive portal${lacking === null ? '' : ` [skipped: ${lacking}]`}`, () => {
	describe.skipIf(lacking !== null)('that answers in the place of everybody', () => {
		let lab: Lab;
		beforeAll(async () => {
			lab = await makeLab('port-restricted');
			const app = lab.spawn('prov', [process.execPath, COMMAND, 'serve', '--host', '::', '--port', '80']);
			await app.printed(/:80/, patience(60_000));
			await lab.spawn('rA', [process.execPath, '-e', GATEWAY]).printed(/ready/, patience(30_000));
		}, patience(120_000));
		afterAll(() => lab?.close());

		async function reach(url: string): Promise<string> {
			const argv = [process.execPath, COMMAND, 'reach', url, '--format', 'json', '--hold', '0'];
			const { stdout } = await lab.exec('A', argv, { timeoutMs: patience(60_000) });
			return (JSON.parse(stdout) as { rule: string }).rule;
		}

		it('is said by the check and by the command line', { timeout: patience(240_000) }, async () => {
			const browsers = await Promise.all(
				(['chromium', 'firefox'] as const).map((name) => launchBrowser(name, { namespace: lab.namespace('A') }))
			);
			const check = `window.icelens.check({ iceServers: [{ urls: ['stun:${HOST}:3478'] }], profile: 'quick' })`;
			const signs = ({ conclusions }: Report) =>
				conclusions.findings.flatMap(({ rule, values }) =>
					rule === 'captive-portal-signs' ? [(values.sign as { kind: string }).kind] : []
				);
			try {
				await Promise.all(browsers.map(({ screen }) => screen.open(`http://${HOST}/`)));
				for (const report of await Promise.all(browsers.map(({ evaluate }) => evaluate<Report>(check))))
					expect(signs(report)).toEqual([]);
				expect(await reach(`http://${HOST}/api/echo`)).toBe('reach-answered');
				for (const { port, sign, ofWebSocket } of ANSWERS) {
					const closed = await lab.exec('rA', ['nft', '-f', '-'], { input: closedTo(port) });
					expect(closed.stderr).toBe('');
					for (const report of await Promise.all(browsers.map(({ evaluate }) => evaluate<Report>(check)))) {
						expect(signs(report), report.environment.browser).toEqual([sign]);
						expect(report.conclusions.headline.verdict).not.toMatch(/direct|with-turn/);
					}
					expect(await reach(`ws://${HOST}/`)).toBe(ofWebSocket);
					expect(await reach(`https://${HOST}/`)).toMatch(/refused|failed/);
				}
			} finally {
				await Promise.all(browsers.map((browser) => browser.close()));
			}
		});
	});
});
