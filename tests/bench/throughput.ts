/**
 * What the load test measures on a path that nothing holds back: `npm run lab -- bench-call [chromium|firefox]`. Both ends are on this
 * machine's loopback, directly and through coturn. Goal for the direct path: twenty times 2 Mbit/s, where the data test of
 * testrtc ends by its own timer.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PingRun, Throughput } from '../../src/lib/core/observations/observation';
import { launchBrowser, type BrowserName } from '../support/browsers';
import { startCoturn } from '../support/coturn';
import { writeProbePage } from '../support/probe-page';

const GOAL_BPS = 20 * 2e6;
const account = { username: 'alice', credential: 'secret' };

export async function main(args: string[]): Promise<number> {
	const names = (args[0] ? [args[0]] : ['chromium', 'firefox']) as BrowserName[];
	const folder = mkdtempSync(join(tmpdir(), 'icelens-bench-'));
	const coturn = await startCoturn();
	let least = Infinity;
	try {
		const page = await writeProbePage(folder);
		for (const name of names) {
			const browser = await launchBrowser(name);
			try {
				await browser.goto(page);
				console.log(browser.version);
				for (const url of [null, coturn.urls.udp, coturn.urls.tcp]) {
					const transport = url === null ? null : url.endsWith('tcp') ? 'tcp' : 'udp';
					const path = { kind: url === null ? 'host' : 'relay', url, transport, far: url === null ? null : 'relay' };
					const route = { path, servers: url === null ? [] : [{ urls: [url], ...account }] };
					const options = { secondsEach: 5, bytesAtMost: 1e9 };
					const run = await browser.evaluate<Throughput>(
						`harness.calls.load(${JSON.stringify(route)}, ${JSON.stringify(options)})`
					);
					for (const { direction, bitrateBps, forth, back } of run.loads) {
						if (url === null) least = Math.min(least, bitrateBps ?? 0);
						const name = `  ${url ?? 'host to host'}, ${direction}`.padEnd(52);
						console.log(
							`${name}${((bitrateBps ?? 0) / 1e6).toFixed(0).padStart(5)} Mbit/s, pings ${words(run.idle.forth)} idle, ${words(forth)} / ${words(back)} under load`
						);
					}
				}
			} finally {
				await browser.close();
			}
		}
	} finally {
		await coturn.close();
		rmSync(folder, { recursive: true, force: true });
	}
	console.log(`direct, the slower way: ${(least / 2e6).toFixed(0)} times 2 Mbit/s; the goal is 20`);
	return least >= GOAL_BPS ? 0 : 1;
}

function words({ sent, received, delayMs }: PingRun): string {
	return `${delayMs ? delayMs.median.toFixed(1) : '–'} ms (${received} of ${sent})`;
}
