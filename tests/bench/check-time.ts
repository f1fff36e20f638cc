/**
 * How long a check takes, in a real browser: `npm run lab -- bench-check [chromium|firefox] [verdict|relay|command] [OTHER]`, all
 * parts unless one is named.
 *
 * 1. Three servers, one of them dead: when our verdict is there and when our run has ended, beside one connection that waits
 *    for `iceGatheringState` to be `complete`, in the same browser. Behind a NAT in a network namespace where this machine
 *    allows it, else on the loopback, where there is no NAT to judge.
 * 2. The time to a relay candidate by our probe over that of a bare RTCPeerConnection. Goal: under 1.05.
 * 3. The whole run of `icelens check` on a healthy network, from start to exit; in turns with OTHER, the dist/icelens.mjs of another
 *    build, where one is named. Build first. Goal beside an earlier build: under 1.2.
 */
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS, type CheckConfig } from '../../src/lib/core/plan/config';
import { launchBrowser, type BrowserName } from '../support/browsers';
import { ICELENS } from '../support/cli';
import { startCoturn } from '../support/coturn';
import { makeLab, PROV, STUN2, whyNoNamespaces } from '../support/namespace';
import type { NamespaceCommand } from '../support/namespace-command';
import { writeProbePage } from '../support/probe-page';

const GOAL = 1.05;
/** Firefox needs a tenth of Chromium's time on the loopback, so that more rounds are needed against the noise. */
const ROUNDS = { chromium: 60, firefox: 400 };
const COMMAND_GOAL = 1.2;
const COMMAND_ROUNDS = 9;
const account = { username: 'alice', credential: 'secret' };

interface Verdict {
	tookMs: number;
	verdict: string;
	text: string;
	verdictMs: number;
}

export async function main(args: string[]): Promise<number> {
	const name = (args[0] ?? 'chromium') as BrowserName;
	const [, part, other] = args;
	const wanted = (one: string) => part === undefined || part === one;
	const folder = mkdtempSync(join(tmpdir(), 'icelens-bench-'));
	try {
		const page = await writeProbePage(folder);
		if (wanted('verdict')) await deadServer(name, page);
		const relay = wanted('relay') ? await relayTime(name, page) : 0;
		return Math.max(relay, wanted('command') ? await commandTime(name, folder, other) : 0);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

interface Asked {
	stun: string;
	turn: string;
	dead: string;
	namespace?: NamespaceCommand;
	where: string;
	close(): Promise<void>;
}

/** Three servers to ask, and the namespace to ask them from. */
async function servers(): Promise<Asked> {
	const reason = whyNoNamespaces();
	if (reason === null && process.getuid?.() === 0) {
		const lab = await makeLab('port-restricted');
		const main = await startCoturn({ namespace: lab.namespace('prov'), addresses: [PROV.ipv4[0]!] });
		const second = await startCoturn({ namespace: lab.namespace('stun2'), addresses: [STUN2.ipv4[0]!] });
		return {
			// Nothing listens at this port of the provider, and its host drops what comes: silence.
			stun: second.urls.stun,
			turn: main.urls.udp,
			dead: 'stun:203.0.113.99:3478',
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
	return {
		stun: `stun:127.0.0.2:${coturn.port}`,
		turn: coturn.urls.udp,
		dead: `stun:127.0.0.1:${silent.address().port}`,
		where: `on the loopback (${reason ?? 'not root'})`,
		close: async () => {
			silent.close();
			await coturn.close();
		}
	};
}

async function deadServer(name: BrowserName, page: string): Promise<void> {
	const { stun, turn, dead, namespace, where, close } = await servers();
	const config: CheckConfig = {
		iceServers: [{ urls: [stun] }, { urls: [turn], ...account }, { urls: [dead] }],
		profile: 'full',
		limits: DEFAULT_LIMITS,
		mediaPermission: false
	};
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

async function commandTime(name: BrowserName, folder: string, other: string | undefined): Promise<number> {
	const { stun, turn, namespace, where, close } = await servers();
	const list = join(folder, 'servers.json');
	writeFileSync(list, JSON.stringify([{ urls: [stun] }, { urls: [turn], ...account }]));
	const builds = [ICELENS, ...(other ? [other] : [])].map((program) => ({ program, times: [] as number[] }));
	const run = (program: string) => {
		const options = ['check', '--servers', list, '--browser', name, '--format', 'json'];
		const argv = [...(namespace ?? []), process.execPath, program, ...options];
		const startedMs = performance.now();
		const child = spawn(argv[0]!, argv.slice(1), { stdio: ['ignore', 'ignore', 'pipe'] });
		let said = '';
		child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
		return new Promise<number>((resolve, reject) =>
			child.once('close', (status) => {
				if (status === 0) resolve(performance.now() - startedMs);
				else reject(new Error(`${program} ended with status ${status}, where every server answers:\n${said}`));
			})
		);
	};
	try {
		for (let round = 0; round < COMMAND_ROUNDS; round++)
			for (const { program, times } of round % 2 === 0 ? builds : builds.toReversed()) times.push(await run(program));
	} finally {
		await close();
	}
	console.log(
		`icelens check in ${name}, ${where}: a STUN server and a TURN server that answer; ${COMMAND_ROUNDS} rounds in turns`
	);
	for (const { program, times } of builds)
		console.log(
			`  median ${seconds(median(times))} (${seconds(Math.min(...times))} to ${seconds(Math.max(...times))})  ${program}`
		);
	if (builds.length < 2) return 0;
	const ratio = median(builds[0]!.times) / median(builds[1]!.times);
	console.log(`  ratio ${ratio.toFixed(2)}, goal ${COMMAND_GOAL}`);
	return ratio < COMMAND_GOAL ? 0 : 1;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
