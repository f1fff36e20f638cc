/** A real coturn configured as people misconfigure it, asked by both browsers over a network: the check and the ICE screen name the fault. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WrittenReport } from '../../../src/lib/core/report/with-text';
import { stateWord } from '../../../src/lib/ui/ice/server-answers';
import { startApp, type TestApp } from '../../support/app';
import { launchBrowser, type BrowserName } from '../../support/browsers';
import { startCoturn, type Coturn, type CoturnOptions } from '../../support/coturn';
import { gatherOnScreen } from '../../support/ice-screen';
import { patience } from '../../support/patience';
import { missing } from '../../support/require';
import { makeLab, type Lab } from './lab';
import { describeInLab } from './need';
import { PROV } from './topology';

interface Fault {
	name: string;
	port: number;
	coturn?: Pick<CoturnOptions, 'realm' | 'extra'>;
	url?: (plain: string) => string;
	/** What is said of the server, by browser: one of these rules. */
	rules: Record<BrowserName, string[]>;
	/** In the sentence about it, or in its next step. */
	says: Record<BrowserName, RegExp>;
}

const both = <T>(one: T): Record<BrowserName, T> => ({ chromium: one, firefox: one });

const FAULTS: Fault[] = [
	{ name: 'nothing is wrong', port: 4001, rules: both(['relay-carries']), says: both(/carried data both ways/) },
	{
		name: 'a quota of one allocation',
		port: 4002,
		coturn: { extra: ['user-quota=1'] },
		rules: both(['relay-second-allocation-refused']),
		says: both(/second allocation, which the test needs, was refused with error 486.*user-quota/s)
	},
	{
		name: 'no realm',
		port: 4003,
		coturn: { realm: '' },
		// Firefox logs in to an empty realm, Chromium asks no more.
		rules: { chromium: ['turn-silent-stun-answers'], firefox: ['relay-carries'] },
		says: { chromium: /a login of an empty realm/, firefox: /carried data both ways/ }
	},
	{
		name: 'turns: for a port that speaks no TLS',
		port: 4004,
		url: (plain) => plain.replace('turn:', 'turns:').replace('=udp', '=tcp'),
		// Whether coturn closes the connection or waits for more depends on what the first bytes look like as a length.
		rules: { chromium: ['tls-refused-or-certificate', 'tls-no-answer'], firefox: ['tls-address-not-tried'] },
		says: { chromium: /port (that )?speaks no TLS/, firefox: /needs a name to check the certificate/ }
	},
	{
		name: 'static users beside a shared secret',
		port: 4005,
		coturn: { extra: ['use-auth-secret', 'static-auth-secret=north'] },
		rules: both(['credential-refused']),
		says: both(/coturn ignores static users/)
	}
];

const lacking = missing('root', 'coturn', 'chromium', 'firefox');

describeInLab(`misconfigured coturn${lacking === null ? '' : ` [skipped: ${lacking}]`}`, () => {
	describe.skipIf(lacking !== null)('asked over a network', () => {
		let lab: Lab;
		let app: TestApp;
		const servers: Coturn[] = [];
		beforeAll(async () => {
			lab = await makeLab('open');
			for (const { port, coturn } of FAULTS)
				servers.push(await startCoturn({ namespace: lab.namespace('prov'), addresses: [PROV.ipv4[0]!], port, ...coturn }));
			app = await startApp({}, { namespace: lab.namespace('A') });
		}, patience(120_000));
		afterAll(async () => {
			await app?.close();
			await Promise.all(servers.map((server) => server.close()));
			await lab?.close();
		});

		it.each(['chromium', 'firefox'] as const)('is named in %s', { timeout: patience(240_000) }, async (name) => {
			const browser = await launchBrowser(name, {
				namespace: lab.namespace('A'),
				firefoxPrefs: { 'media.peerconnection.ice.loopback': false }
			});
			try {
				for (const { name: fault, url, rules, says } of FAULTS) {
					const plain = servers[FAULTS.findIndex((each) => each.name === fault)]!.urls.udp;
					const iceServers = [{ urls: [url?.(plain) ?? plain], username: 'alice', credential: 'secret' }];
					const check = `window.icelens.check(${JSON.stringify({ iceServers, profile: 'quick' })})`;
					await browser.screen.open(`${app.url}/ice`);
					const report = await browser.evaluate<WrittenReport>(check);
					const [server] = report.conclusions.servers;
					expect(rules[name], fault).toContain(server!.error?.rule ?? server!.rule);
					expect(JSON.stringify(report), fault).toMatch(says[name]);
					const { servers: rows } = await gatherOnScreen(browser, iceServers);
					expect(rows, fault).toMatchObject([{ url: server!.url }]);
					// What differs from one connection to the next may differ between two of them.
					if (rules[name].length === 1) expect(rows[0]!.state, fault).toBe(stateWord(server!));
				}
			} finally {
				await browser.close();
			}
		});
	});
});
