/**
 * Large dumps: `npm run bench:dump -- [megabytes] [page]`. Makes a webrtc-internals dump and an rtcstats dump of this size, reads each in a
 * process of its own, and prints how long it took and the most memory. With `page`, opens them on the stats screen of the built
 * app in Chromium too, and prints the longest time for which the page's main thread did not answer.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../support/browsers';
import { startApp } from '../support/app';

const T0 = Date.UTC(2026, 0, 1);
const SAMPLES = 1000;

/** Connections with a thousand samples of some hundred series each, as Chrome prints them. */
function writeInternals(path: string, bytes: number): void {
	const file = openSync(path, 'w');
	let written = writeSync(file, '{\n "getUserMedia": [],\n "PeerConnections": {');
	const iso = (ms: number) => new Date(ms).toISOString();
	const [startTime, endTime] = [iso(T0), iso(T0 + (SAMPLES - 1) * 1000)];
	const clock = JSON.stringify(Array.from({ length: SAMPLES }, (_, i) => T0 + i * 1000 + 0.25));
	for (let connection = 0; written < bytes; connection++) {
		let text = `${connection > 0 ? ',' : ''}\n  "1-${connection}": {\n   "rtcConfiguration": "{}",\n   "stats": {`;
		for (let stream = 0; stream < 20; stream++) {
			const id = `IT01V${connection}${stream}`;
			const fields = [
				'packetsReceived',
				'bytesReceived',
				'packetsLost',
				'jitter',
				'framesDecoded',
				'totalDecodeTime',
				'nackCount',
				'jitterBufferDelay',
				'jitterBufferEmittedCount',
				'qpSum'
			];
			const column = (field: string, values: string) =>
				`${text.endsWith('{') ? '' : ','}\n    "${id}-${field}": ${JSON.stringify({ startTime, endTime, statsType: 'inbound-rtp', values }, null, 1).replaceAll('\n', '\n    ')}`;
			fields.forEach(
				(field, number) =>
					(text += column(
						field,
						JSON.stringify(
							Array.from({ length: SAMPLES }, (_, i) => (field === 'jitter' ? (i % 7) / 1000 : i * (number + 3) + stream))
						)
					))
			);
			text += column('kind', JSON.stringify(Array.from({ length: SAMPLES }, () => 'video')));
			text += column('timestamp', clock);
		}
		text += '\n   },\n   "updateLog": [],\n   "url": "https://example.org/"\n  }';
		written += writeSync(file, text);
	}
	writeSync(file, '\n },\n "UserAgent": "Chrome/147"\n}\n');
	closeSync(file);
}

/** One long call: a whole report a second, as Chrome's own export has it. */
function writeRtcstats(path: string, bytes: number): void {
	const file = openSync(path, 'w');
	let written = writeSync(file, `RTCStatsDump\n{"fileFormat":3}\n["create","1-1",{},${T0}]\n`);
	for (let second = 1; written < bytes; second++) {
		const report: Record<string, object> = {};
		for (let stream = 0; stream < 40; stream++)
			report[`IT${stream}`] = {
				id: `IT${stream}`,
				type: 'inbound-rtp',
				kind: 'video',
				ssrc: stream,
				timestamp: T0 + second * 1000,
				packetsReceived: second * 50,
				bytesReceived: second * 50_000,
				packetsLost: second >> 4,
				jitter: (second % 7) / 1000,
				framesDecoded: second * 30,
				totalDecodeTime: second / 10,
				nackCount: second >> 5,
				decoderImplementation: 'libvpx'
			};
		written += writeSync(file, `${JSON.stringify(['getStats', '1-1', report, 1000])}\n`);
	}
	closeSync(file);
}

const MB = 1 << 20;

/** In a process of its own, so that nothing else is counted. */
function readInProcess(path: string): { seconds: number; peakMb: number; text: string } {
	const program = fileURLToPath(new URL('../../dist/icelens.mjs', import.meta.url));
	const begun = performance.now();
	const output = execFileSync(
		'/bin/sh',
		[
			'-c',
			`node --max-old-space-size=4096 -e 'process.on("exit", () => process.stderr.write("PEAK " + process.resourceUsage().maxRSS + "\\n")); process.argv.splice(1, 0, "icelens"); import(${JSON.stringify(program)})' stats "$0" 2>&1; true`,
			path
		],
		{ encoding: 'utf8', maxBuffer: 64 * MB }
	);
	const seconds = (performance.now() - begun) / 1000;
	return { seconds, peakMb: Number(/PEAK (\d+)/.exec(output)?.[1] ?? NaN) / 1024, text: output.split('\n')[0]! };
}

async function openOnPage(path: string): Promise<{ seconds: number; blockMs: number }> {
	const app = await startApp();
	const browser = await launchBrowser('chromium', { args: ['--js-flags=--max-old-space-size=4096'] });
	try {
		const page = browser.page!;
		await page.goto(`${app.url}/stats`);
		await page.waitForFunction(() => window.icelens !== undefined);
		await page.evaluate(() => {
			const state = { most: 0, last: performance.now() };
			(window as unknown as { blocked: typeof state }).blocked = state;
			const tick = () => {
				const now = performance.now();
				state.most = Math.max(state.most, now - state.last);
				state.last = now;
				setTimeout(tick, 0);
			};
			tick();
		});
		const begun = performance.now();
		await page.getByTestId('dump').setInputFiles(path);
		await page.getByRole('heading', { name: 'Connections' }).waitFor({ timeout: 600_000 });
		const seconds = (performance.now() - begun) / 1000;
		const blockMs = await page.evaluate(() => (window as unknown as { blocked: { most: number } }).blocked.most);
		return { seconds, blockMs };
	} finally {
		await browser.close();
		await app.close();
	}
}

export async function main(args: string[]): Promise<number> {
	const size = Number(args.find((each) => /^\d+$/.test(each)) ?? 200);
	const folder = mkdtempSync(join(tmpdir(), 'icelens-dump-'));
	let good = true;
	try {
		for (const [name, write] of [
			['webrtc-internals', writeInternals],
			['rtcstats', writeRtcstats]
		] as const) {
			const path = join(folder, name);
			write(path, size * MB);
			const megabytes = statSync(path).size / MB;
			const { seconds, peakMb, text } = readInProcess(path);
			const factor = peakMb / megabytes;
			good &&= factor < 4;
			console.log(
				`${name}: ${megabytes.toFixed(0)} MB read in ${seconds.toFixed(1)} s, peak memory ${peakMb.toFixed(0)} MB (${factor.toFixed(2)} times the file). ${text}`
			);
			if (args.includes('page')) {
				const { seconds: opened, blockMs } = await openOnPage(path);
				good &&= blockMs < 50;
				console.log(
					`${name}: on the page in ${opened.toFixed(1)} s, longest time without an answer of the main thread ${blockMs.toFixed(0)} ms`
				);
			}
			rmSync(path);
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	return good ? 0 : 1;
}
