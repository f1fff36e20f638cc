/**
 * Policies and preferences that take candidates away, in real browsers behind one home router: what they leave out is named, and neither
 * the network nor a server is blamed for it. Chromium reads its policies from a folder of its own (a bind mount in a mount namespace).
 */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../src/lib/core/report/report';
import { launchBrowser, type BrowserName } from '../../support/browsers';
import { patience } from '../../support/patience';
import { missing } from '../../support/require';
import { ACCOUNT, COTURN_PORT, makeCheckLab, type CheckLab } from './browser-check';
import { describeInLab } from './need';
import { startOwnServer } from './own-server';
import { makeSlots } from './slots';
import { PROV, STUN2 } from './topology';

const [FIRST, SECOND] = [`stun:${STUN2.ipv4[0]}:3478`, `stun:${PROV.ipv4[0]}:${COTURN_PORT + 1}`];
const [UDP, TCP] = ['udp', 'tcp'].map((transport) => `turn:${PROV.ipv4[0]}:${COTURN_PORT}?transport=${transport}`);
const ROUTER = 'stun:192.168.1.1:5478';
const APP = `http://${PROV.ipv4[0]}:8478`;
const SERVERS = [{ urls: [FIRST, SECOND, ROUTER] }, { urls: [UDP, TCP], ...ACCOUNT }];

interface Limit {
	browser: BrowserName;
	name: string;
	policy?: Record<string, unknown>;
	args?: string[];
	prefs?: Record<string, boolean>;
	/** What is said of candidates, of UDP and of the servers. */
	gathered: 'nothing' | 'only-relays' | 'no-host' | null;
	udp: 'yes' | 'unknown';
	rows: Record<string, string | string[]>;
}

const LNA = [
	'--enable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebRTC',
	`--unsafely-treat-insecure-origin-as-secure=${APP}`
];
const NOT_ASKED = 'server-perhaps-not-asked';

const LIMITS: Limit[] = [
	{
		browser: 'chromium',
		name: 'WebRtcIPHandling disable_non_proxied_udp',
		policy: { WebRtcIPHandling: 'disable_non_proxied_udp' },
		gathered: 'only-relays',
		udp: 'unknown',
		rows: { [FIRST]: NOT_ASKED, [SECOND]: NOT_ASKED, [UDP!]: NOT_ASKED, [TCP!]: 'relay-carries-between-relays' }
	},
	{
		browser: 'chromium',
		name: 'WebRtcIPHandling default_public_interface_only',
		policy: { WebRtcIPHandling: 'default_public_interface_only' },
		gathered: 'no-host',
		udp: 'yes',
		rows: { [FIRST]: 'stun-answers', [UDP!]: 'relay-carries', [TCP!]: 'relay-carries' }
	},
	{
		browser: 'chromium',
		name: 'WebRtcUdpPortRange of one port',
		policy: { WebRtcUdpPortRange: '50000-50000' },
		gathered: null,
		udp: 'yes',
		rows: { [TCP!]: 'relay-carries-between-relays' }
	},
	...(['denied', 'granted'] as const).map((state): Limit => ({
		browser: 'chromium',
		name: `Local Network Access ${state} by policy`,
		policy: { [`LocalNetworkAccess${state === 'denied' ? 'Blocked' : 'Allowed'}ForUrls`]: ['*'] },
		args: LNA,
		gathered: null,
		udp: 'yes',
		rows: { [ROUTER]: state === 'denied' ? 'server-local-network-not-allowed' : 'stun-answers', [FIRST]: 'stun-answers' }
	})),
	{
		browser: 'firefox',
		name: 'media.peerconnection.ice.proxy_only',
		prefs: { 'media.peerconnection.ice.proxy_only': true },
		gathered: 'nothing',
		udp: 'unknown',
		rows: { [FIRST]: NOT_ASKED, [SECOND]: NOT_ASKED, [UDP!]: NOT_ASKED, [TCP!]: NOT_ASKED }
	},
	{
		browser: 'firefox',
		name: 'media.peerconnection.ice.relay_only',
		prefs: { 'media.peerconnection.ice.relay_only': true },
		gathered: 'only-relays',
		udp: 'yes',
		rows: {
			[FIRST]: NOT_ASKED,
			[SECOND]: NOT_ASKED,
			// Now and then Firefox is done with gathering before it asks for the second relay.
			[UDP!]: ['relay-carries-between-relays', 'relay-second-allocation-unanswered']
		}
	},
	{
		browser: 'firefox',
		name: 'media.peerconnection.ice.no_host',
		prefs: { 'media.peerconnection.ice.no_host': true },
		gathered: 'no-host',
		udp: 'yes',
		// Without a host candidate it does not always send from its own sockets; from relay to relay it does.
		rows: { [FIRST]: 'stun-answers', [UDP!]: ['relay-carries', 'relay-carries-between-relays'] }
	}
];

/** What would blame the network or a server. */
const BLAMES = ['udp-blocked', 'relay-carries-no-data', 'nothing-outside-answers', 'host-addresses-hidden'];
const lacking = missing('root', 'coturn', 'chromium', 'firefox');

describeInLab(`browsers that leave candidates out${lacking === null ? '' : ` [skipped: ${lacking}]`}`, () => {
	// `npm run lab -- networks` runs them.
	describe.skipIf(lacking !== null || process.env.ICELENS_NATLAB !== 'full')('behind a home router', () => {
		const slot = makeSlots(2);
		let lab: CheckLab;
		beforeAll(async () => {
			lab = await makeCheckLab([{ profile: 'port-restricted' }]);
			await startOwnServer(lab.lab, 'rA', { addresses: ['192.168.1.1'], port: 5478 });
			// The router's own filter lets nobody in but for this.
			await lab.lab.exec('rA', ['nft', ...'insert rule inet firewall input iifname lan udp dport 5478 accept'.split(' ')]);
		}, patience(120_000));
		afterAll(() => lab?.close());

		it.concurrent.each(LIMITS)('$browser with $name', { timeout: patience(120_000) }, (limit) =>
			slot(async () => {
				const folder = mkdtempSync(join(tmpdir(), 'icelens-policy-'));
				mkdirSync(join(folder, 'policies/managed'), { recursive: true });
				writeFileSync(join(folder, 'policies/managed/limits.json'), JSON.stringify(limit.policy ?? {}));
				const own = ['unshare', '-m', 'sh', '-c', 'mount --bind "$0" /etc/chromium && exec "$@"', folder];
				const browser = await launchBrowser(limit.browser, {
					namespace: [...lab.lab.namespace('A'), ...(limit.policy ? own : [])],
					...(limit.args ? { args: limit.args } : {}),
					...(limit.prefs ? { firefoxPrefs: limit.prefs } : {})
				});
				try {
					await browser.screen.open(`${APP}/`);
					const { conclusions, observations } = await browser.evaluate<Report>(
						`window.icelens.check(${JSON.stringify({ iceServers: SERVERS, profile: 'quick' })})`
					);
					const { answers, findings, servers } = conclusions;
					const found = (rule: string) => findings.find((finding) => finding.rule === rule);
					expect(found('browser-leaves-candidates-out')?.values['gathered'] ?? null).toBe(limit.gathered);
					expect(answers.find(({ question }) => question === 'udp-usable')?.says).toBe(limit.udp);
					const wrong = servers.filter(({ url, rule }) => url in limit.rows && ![limit.rows[url]].flat().includes(rule));
					const relays = observations.filter(({ probe }) => probe === 'relay').map((one) => JSON.stringify(one));
					expect(servers.map(({ url }) => url)).toEqual(expect.arrayContaining(Object.keys(limit.rows)));
					expect(
						wrong.map(({ url, rule }) => [url, rule]),
						relays.join('\n')
					).toEqual([]);
					const blaming = findings.map(({ rule }) => rule).filter((rule) => BLAMES.includes(rule));
					expect(blaming.filter((rule) => limit.gathered !== null || rule !== 'host-addresses-hidden')).toEqual([]);
				} finally {
					await browser.close();
					rmSync(folder, { recursive: true, force: true });
				}
			})
		);
	});
});
