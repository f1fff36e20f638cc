/**
 * What a busy machine does to a call over a network without fault, and how it is told: `node tests/bench/run.mjs busy-machine
 * [chromium|firefox|all] [seconds] [loads]`. Calls on the loopback, directly and through coturn. A load is a number of busy loops,
 * with `+3` as well as three more browsers in a call of 1280×720: these wake and sleep as the measured one does, and take its turns.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallRecord } from '../e2e/harness/call';
import { launchBrowser, type BrowserName, type TestBrowser } from '../support/browsers';
import { startCoturn } from '../support/coturn';
import { writeProbePage } from '../support/probe-page';

const account = { username: 'alice', credential: 'secret' };
const number = (value: number | null | undefined, digits = 1) =>
	value === null || value === undefined ? '–' : value.toFixed(digits);

export async function main([browsers = 'all', seconds = '10', loads = '0,2,4,2+3']: string[]): Promise<number> {
	const names = (browsers === 'all' ? ['chromium', 'firefox'] : [browsers]) as BrowserName[];
	const folder = mkdtempSync(join(tmpdir(), 'icelens-bench-'));
	const coturn = await startCoturn();
	console.log(
		'| browser | load | path | stood still, ms (times, longest) of s | timers late, mean / 95 % ms | encode / decode ms | limited by CPU | frames/s | jitter of media, ms | one-way delay, ms | one-way jitter, ms | frozen, % | lost, % | RTT ms | machine | network |'
	);
	try {
		const page = await writeProbePage(folder);
		for (const name of names) {
			for (const load of loads.split(',')) {
				const [loops, others] = load.split('+').map(Number);
				const browser = await launchBrowser(name, {
					args: name === 'chromium' ? ['--autoplay-policy=no-user-gesture-required'] : [],
					firefoxPrefs: { 'media.autoplay.default': 0, 'media.autoplay.blocking_policy': 0 }
				});
				const busy = Array.from({ length: loops! }, () => busyLoop(4 * (Number(seconds) + 20)));
				const beside: TestBrowser[] = [];
				try {
					for (let i = 0; i < (others ?? 0); i++) beside.push(await inCall(page));
					await browser.goto(page);
					for (const url of [null, coturn.urls.udp]) {
						const path = { kind: url === null ? 'host' : 'relay', url, transport: url && 'udp', far: url && 'relay' };
						const route = { path, servers: url === null ? [] : [{ urls: [url], ...account }] };
						for (const media of [
							{ width: 320, height: 180, frameRate: 15 },
							{ width: 640, height: 360, frameRate: 30 }
						]) {
							const record = await browser.evaluate<CallRecord>(
								`harness.calls.make(${JSON.stringify(route)}, { durationMs: ${1000 * Number(seconds)}, pollMs: 1000 }, ${JSON.stringify(media)})`
							);
							print(name, load, `${path.kind} ${media.width}×${media.height}@${media.frameRate}`, record);
						}
					}
				} finally {
					busy.forEach((child) => child.kill());
					for (const one of [browser, ...beside]) await one.close();
				}
			}
		}
	} finally {
		await coturn.close();
		rmSync(folder, { recursive: true, force: true });
	}
	return 0;
}

async function inCall(page: string): Promise<TestBrowser> {
	const browser = await launchBrowser('chromium', { args: ['--autoplay-policy=no-user-gesture-required'] });
	await browser.goto(page);
	const route = { path: { kind: 'host', url: null, transport: null, far: null }, servers: [] };
	await browser.evaluate(`harness.calls.start(${JSON.stringify(route)}, {}, { width: 1280, height: 720, frameRate: 30 })`);
	return browser;
}

/** Ends by itself, should this bench be ended in its middle. */
function busyLoop(seconds: number): ChildProcess {
	return spawn(process.execPath, ['-e', `const until = Date.now() + ${1000 * seconds}; while (Date.now() < until);`], {
		stdio: 'ignore'
	});
}

function print(name: string, load: string, path: string, { summary, findings, aboutMachine }: CallRecord): void {
	if (!summary) return void console.log(`| ${name} | ${load} | ${path} | not connected: ${findings.join(', ')} |`);
	const { machine, directions, rttMs } = summary;
	const both = (read: (one: (typeof directions)[number]) => number | null | undefined, digits = 1) =>
		directions.map((one) => number(read(one), digits)).join(' / ');
	const cells = [
		name,
		load,
		path,
		`${number(machine?.page.pausedMs.stalled, 0)} (${machine?.page.stalls ?? '–'}, ${number(machine?.page.longestStallMs, 0)}) of ${number((machine?.page.overMs ?? 0) / 1000)}`,
		`${number(machine?.page.lateMs?.mean)} / ${number(machine?.page.lateMs?.p95, 0)}`,
		`${number(machine?.encodeMs)} / ${number(machine?.decodeMs)}`,
		number(machine?.limitedByCpu, 2),
		both((one) => one.framesPerSecond?.median),
		both((one) => one.jitterMs?.median),
		both((one) => one.oneWayDelayMs?.median),
		both((one) => one.oneWayJitterMs?.median),
		both((one) => (one.freezeShare === null ? null : 100 * one.freezeShare)),
		both((one) => (one.lossRatio === null ? null : 100 * one.lossRatio), 2),
		number(rttMs?.median),
		aboutMachine.join(', ') || '–',
		findings.join(', ') || '–'
	];
	console.log(`| ${cells.join(' | ')} |`);
}
