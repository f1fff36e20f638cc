/**
 * The peer matrix against truth: two real browsers behind every pair of networks really try to connect, with STUN alone; what
 * each side's own report predicts has to agree with what happens. `npm run test:natlab-full` takes more kinds of network.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directPath, type NetworkReach } from '../../../src/lib/core/nat/peer-matrix';
import { networkReach } from '../../../src/lib/core/verdict/peers';
import { makeView } from '../../../src/lib/core/verdict/view';
import type { Report } from '../../../src/lib/core/report/report';
import { launchBrowser, type TestBrowser } from '../../support/browsers';
import { missing } from '../../support/require';
import type { ProfileName } from '../profiles';
import { makeCheckLab, type CheckLab } from './browser-check';
import { describeInLab } from './need';
import { STUN2 } from './topology';

const FULL = process.env.ICELENS_NATLAB === 'full';
const NAMES: ProfileName[] = FULL
	? ['open', 'firewall', 'full-cone', 'address-restricted', 'port-restricted', 'symmetric', 'address-dependent', 'udp-blocked']
	: ['full-cone', 'address-restricted', 'port-restricted', 'symmetric'];
/** ICE gives up after 15 s where it has candidates to try; what connects does so within a second or two. */
const PATIENCE_MS = 8000;

const lacking = missing('root', 'coturn', 'chromium');

/** What the report says of its own network, in the shape that the matrix takes. */
function reachOf({ config, observations, conclusions }: Report): NetworkReach {
	const says = Object.fromEntries(conclusions.answers.map((answer) => [answer.question, answer.says]));
	return networkReach({ ...makeView(config.limits, observations), says });
}

const begin = `(stun) => {
	const connection = (globalThis.connection = new RTCPeerConnection({ iceServers: [{ urls: stun }] }));
	globalThis.described = async () => {
		await new Promise((resolve) => setTimeout(resolve, 700));
		return connection.localDescription.toJSON();
	};
}`;

async function connects(a: TestBrowser, b: TestBrowser): Promise<boolean> {
	const stun = `stun:${STUN2.ipv4[0]}:3478`;
	for (const side of [a, b]) {
		await side.goto('about:blank');
		await side.evaluate(`(${begin})(${JSON.stringify(stun)})`);
	}
	const offer = await a.evaluate(
		`(async () => { connection.createDataChannel(''); await connection.setLocalDescription(); return described(); })()`
	);
	const answer = await b.evaluate(
		`(async () => { await connection.setRemoteDescription(${JSON.stringify(offer)}); await connection.setLocalDescription(); return described(); })()`
	);
	const state = `(async () => {
		const end = performance.now() + ${PATIENCE_MS};
		while (performance.now() < end && connection.connectionState !== 'connected' && connection.connectionState !== 'failed')
			await new Promise((resolve) => setTimeout(resolve, 50));
		const reached = connection.connectionState === 'connected';
		return reached;
	})()`;
	await a.evaluate(`connection.setRemoteDescription(${JSON.stringify(answer)})`);
	return a.evaluate<boolean>(state);
}

describeInLab(`who can call whom without TURN${lacking === null ? '' : ` [skipped: ${lacking}]`}`, () => {
	describe.skipIf(lacking !== null)('in Chromium', () => {
		let lab: CheckLab;
		const reaches: NetworkReach[] = [];
		const browsers: TestBrowser[] = [];
		const rows: string[] = [];
		beforeAll(async () => {
			lab = await makeCheckLab(NAMES.map((profile) => ({ profile })));
			for (const host of lab.hosts) reaches.push(reachOf((await lab.check(host, 'chromium')).report));
			for (const host of lab.hosts) browsers.push(await launchBrowser('chromium', { namespace: await lab.lab.namespace(host) }));
		}, 200_000);
		afterAll(async () => {
			await Promise.all(browsers.map((browser) => browser.close()));
			await lab?.close();
			process.stdout.write(`\n${rows.join('\n')}\n`);
		});

		const pairs = NAMES.flatMap((a, i) => NAMES.slice(i + 1).map((b, j) => ({ a, b, i, j: i + 1 + j })));
		it.each(pairs)('$a with $b: as both reports say', { timeout: 60_000 }, async ({ a, b, i, j }) => {
			const { direct, rule } = directPath(reaches[i]!, reaches[j]!);
			const connected = await connects(browsers[i]!, browsers[j]!);
			rows.push(`${a} | ${b} | predicted ${direct} (${rule}) | ${connected ? 'connected' : 'not connected'}`);
			expect(direct).toBe(connected ? 'yes' : 'no');
		});
	});
});
