/**
 * How long a check takes, in a real browser: `npm run lab -- bench-check [chromium|firefox] [relay]`, where `relay` leaves out 1.
 *
 * 1. Three servers, one of them dead: when our verdict is there and when our run has ended, beside one connection that waits
 *    for `iceGatheringState` to be `complete`, in the same browser. Behind a NAT in a network namespace where this machine
 *    allows it, else on the loopback, where there is no NAT to judge.
 * 2. The time to a relay candidate by our probe over that of a bare RTCPeerConnection. Goal: under 1.05.
 */
import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS, type CheckConfig } from '../../src/lib/core/plan/config';
import { launchBrowser, type BrowserName } from '../support/browsers';
import { startCoturn } from '../support/coturn';
import { makeLab, PROV, STUN2, whyNoNamespaces } from '../support/namespace';
import type { NamespaceCommand } from '../support/namespace-command';
import { writeProbePage } from '../support/probe-page';

const GOAL = 1.05;
/** Firefox needs a tenth of Chromium's time on the loopback, so that more rounds are needed against the noise. */
const ROUNDS = { chromium: 60, firefox: 400 };
const account = { username: 'alice', credential: 'secret' };

interface Verdict {
	tookMs: number;
	verdict: string;
	text: string;
	verdictMs: number;
}

export async function main(args: string[]): Promise<number> {
	const name = (args[0] ?? 'chromium') as BrowserName;
	const folder = mkdtempSync(join(tmpdir(), 'icelens-bench-'));
	try {
		const page = await writeProbePage(folder);
		if (args[1] !== 'relay') await deadServer(name, page);
		return await relayTime(name, page);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Three servers to ask, and the namespace to ask them from. */
async function servers(): Promise<{ config: CheckConfig; namespace?: NamespaceCommand; where: string; close(): Promise<void> }> {
	const config = (stun: string, turn: string, dead: string): CheckConfig => ({
		iceServers: [{ urls: [stun] }, { urls: [turn], ...account }, { urls: [dead] }],
		profile: 'full',
		limits: DEFAULT_LIMITS,
		mediaPermission: false
	});
	const reason = whyNoNamespaces();
	if (reason === null && process.getuid?.() === 0) {
		const lab = await makeLab('port-restricted');
		const main = await startCoturn({ namespace: lab.namespace('prov'), addresses: [PROV.ipv4[0]!] });
		const second = await startCoturn({ namespace: lab.namespace('stun2'), addresses: [STUN2.ipv4[0]!] });
		return {
			// Nothing listens at this port of the provider, and its host drops what comes: silence.
			config: config(second.urls.stun, main.urls.udp, `stun:203.0.113.99:3478`),
			namespace: lab.namespace('A'),
			where: 'behind a port-restricted NAT',
			close: async () => {
				await Promise.all([main.close(), second.close()]);
				await lab.close();
			}
		};
	}
	const coturn = await startCoturn({ addresses: ['127.0.0.1', '127.0.0.2'] });
	const silent = createSocket('udp4');
	await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve));
	const stun = `stun:127.0.0.2:${coturn.port}`;
	return {
		config: config(stun, coturn.urls.udp, `stun:127.0.0.1:${silent.address().port}`),
		where: `on the loopback (${reason ?? 'not root'})`,
		close: async () => {
			silent.close();
			await coturn.close();
		}
	};
}

async function deadServer(name: BrowserName, page: string): Promise<void> {
	const { config, namespace, where, close } = await servers();
	const browser = await launchBrowser(name, namespace ? { namespace } : {});
	try {
		await browser.goto(page);
		console.log(`${browser.version}, ${where}: a STUN server, a TURN server, a dead one`);
		const ours = await browser.evaluate<Verdict>(`harness.timeVerdict(${JSON.stringify(config)})`);
		console.log(`  verdict “${ours.verdict}” after          ${seconds(ours.verdictMs)}   ${ours.text}`);
		console.log(`  our run ended after              ${seconds(ours.tookMs)}`);
		const complete = await browser.evaluate<number>(`harness.waitForComplete(${JSON.stringify(config.iceServers)})`);
		console.log(`  waiting for “complete” takes     ${seconds(complete)}`);
		console.log(
			`  ratio: verdict ${(complete / ours.verdictMs).toFixed(1)}, whole run ${(complete / ours.tookMs).toFixed(1)} times sooner`
		);
	} finally {
		await browser.close();
		await close();
	}
}

async function relayTime(name: BrowserName, page: string): Promise<number> {
	const coturn = await startCoturn();
	// Firefox rounds its clock to a millisecond, a third of what is measured here.
	const browser = await launchBrowser(name, { firefoxPrefs: { 'privacy.reduceTimerPrecision': false } });
	let worst = 0;
	try {
		await browser.goto(page);
		for (const urls of [coturn.urls.udp, coturn.urls.tcp]) {
			const server = JSON.stringify({ urls, ...account });
			const times = await browser.evaluate<{ bare: number[]; ours: number[] }>(
				`harness.compareRelayTimes(${server}, ${ROUNDS[name]})`
			);
			const ratio = median(times.ours) / median(times.bare);
			worst = Math.max(worst, ratio);
			console.log(
				`${urls}: ${ROUNDS[name]} rounds in turns, median ms to the relay candidate: ` +
					`bare ${median(times.bare).toFixed(2)}, ours ${median(times.ours).toFixed(2)}, ratio ${ratio.toFixed(3)}`
			);
		}
	} finally {
		await browser.close();
		await coturn.close();
	}
	console.log(worst < GOAL ? `under the goal of ${GOAL}` : `over the goal of ${GOAL}`);
	return worst < GOAL ? 0 : 1;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
