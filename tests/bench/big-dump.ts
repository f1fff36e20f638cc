/**
 * Large dumps: `npm run lab -- bench-dump [megabytes] [page] [internals|rtcstats] [packed]`. Makes a webrtc-internals dump and an
 * rtcstats dump of this size, plain and packed with gzip, reads each by `icelens stats` in a process of its own, and prints time
 * and most memory, beside JSON.parse of the same text. With `page`, opens them on the stats screen of the built app in
 * Chromium, looks at everything there, and prints the page's memory and the longest time for which its main thread was deaf.
 * `npm run lab -- bench-dump verdict` instead prints how long a dump of 5 MB takes until its verdict is there, in both.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeInternals, writePacked, writeRtcstats } from './dump-bench/dumps';
import { firstVerdicts } from './dump-bench/first-verdict';
import { factorOf, openOnPage } from './dump-bench/page';

const MB = 1 << 20;
/** The goals: memory over the size of the text, and the main thread's longest block. */
const MOST_FACTOR = 4;
const MOST_BLOCK_MS = 50;

const REPORT =
	'process.on("exit", () => { const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage(); console.error("MEASURED", process.uptime(), maxRSS / 1024, (userCPUTime + systemCPUTime) / 1e6) })';

/** Node in a process of its own, so that nothing else is counted. The memory has in it what Node takes by itself. */
function measureNode(program: string, path: string): { seconds: number; peakMb: number; processorSeconds: number } {
	const output = execFileSync('/bin/sh', ['-c', 'node -e "$0" "$1" 2>&1 || true', `${REPORT}; ${program}`, path], {
		encoding: 'utf8',
		maxBuffer: 64 * MB
	});
	const measured = /MEASURED ([\d.]+) ([\d.]+) ([\d.]+)/.exec(output);
	if (!measured) throw new Error(`Reading ${path} did not end well:\n${output.slice(-2000)}`);
	return { seconds: Number(measured[1]), peakMb: Number(measured[2]), processorSeconds: Number(measured[3]) };
}

const CLI = fileURLToPath(new URL('../../dist/icelens.mjs', import.meta.url));
const readByCli = (path: string) =>
	measureNode(`process.argv.splice(1, 0, "icelens", "stats"); import(${JSON.stringify(CLI)})`, path);

/** What there is no way below: the text read and parsed, a line at a time where it is lines. */
const parseOnly = (path: string) =>
	measureNode(
		`const text = require("fs").readFileSync(process.argv[1], "latin1");
		if (text[0] === "{") globalThis.kept = JSON.parse(text);
		else globalThis.kept = text.split("\\n").slice(2).filter(Boolean).map((line) => JSON.parse(line).length);`,
		path
	);

/** The goal for a dump of this size, from opening it to its verdict. */
const VERDICT_MB = 5;
const VERDICT_MS = 1000;
const VERDICT_TIMES = 7;

async function measureVerdicts(name: string, path: string): Promise<boolean> {
	const runs = Array.from({ length: VERDICT_TIMES }, () => readByCli(path));
	const byCli = runs.map(({ seconds }) => seconds * 1000);
	// On a machine that has more to do, this is what is left of the measurement.
	const processorMs = Math.min(...runs.map(({ processorSeconds }) => processorSeconds)) * 1000;
	const onPage = await firstVerdicts(path, VERDICT_TIMES);
	const size = `${(statSync(path).size / MB).toFixed(1)} MB`;
	const results = [
		[`icelens stats with Node’s own start (${processorMs.toFixed(0)} ms of processor time)`, byCli],
		['on the page', onPage]
	] as const;
	for (const [where, took] of results) {
		const sorted = took.toSorted((a, b) => a - b);
		const [median, most] = [sorted[VERDICT_TIMES >> 1]!, sorted.at(-1)!];
		console.log(
			`${name}, ${size}, ${where}: verdict after ${median.toFixed(0)} ms (median of ${VERDICT_TIMES}, at most ${most.toFixed(0)} ms)${median < VERDICT_MS ? '' : ` (goal: under ${VERDICT_MS})`}`
		);
	}
	return results.every(([, took]) => took.toSorted((a, b) => a - b)[VERDICT_TIMES >> 1]! < VERDICT_MS);
}

export async function main(args: string[]): Promise<number> {
	const verdict = args.includes('verdict');
	const size = Number(args.find((each) => /^\d+$/.test(each)) ?? (verdict ? VERDICT_MB : 200));
	const only = args.filter((each) => each === 'internals' || each === 'rtcstats');
	const folder = mkdtempSync(join(tmpdir(), 'icelens-dump-'));
	let good = true;
	const judge = (value: number, most: number) => {
		good &&= value < most;
		return value < most ? '' : ` (goal: under ${most})`;
	};
	try {
		for (const [name, write] of [
			['internals', writeInternals],
			['rtcstats', writeRtcstats]
		] as const) {
			if (only.length > 0 && !only.includes(name)) continue;
			const path = join(folder, name);
			// Of internals whole connections are written, of 5 MB each: a little less is one of them.
			write(path, (verdict ? 0.9 : 1) * size * MB);
			if (verdict) {
				good = (await measureVerdicts(name, path)) && good;
				continue;
			}
			const bytes = statSync(path).size;
			const plain = parseOnly(path);
			console.log(
				`${name}, ${(bytes / MB).toFixed(0)} MB: JSON.parse alone ${plain.seconds.toFixed(1)} s, ${plain.peakMb.toFixed(0)} MB`
			);
			const files = [[name, path]];
			if (!args.includes('plain')) {
				writePacked(path, `${path}.gz`);
				files.push([`${name}, packed to ${(statSync(`${path}.gz`).size / MB).toFixed(0)} MB`, `${path}.gz`]);
			}
			for (const [what, file] of files) {
				const { seconds, peakMb } = readByCli(file!);
				const factor = (peakMb * MB) / bytes;
				console.log(
					`  ${what}: icelens stats ${seconds.toFixed(1)} s (${((seconds * 1000 * MB) / bytes).toFixed(0)} ms a MB, ${(seconds / plain.seconds).toFixed(1)} times JSON.parse), ` +
						`peak memory ${peakMb.toFixed(0)} MB, ${factor.toFixed(2)} times the text${judge(factor, MOST_FACTOR)}`
				);
				if (!args.includes('page')) continue;
				const result = await openOnPage(file!);
				const { baseMb, peakMb: pagePeakMb, afterMb, blocks, cancel } = result;
				const onPage = factorOf(result, bytes);
				console.log(
					`  ${what}: on the page ${result.seconds.toFixed(1)} s (${(result.seconds / plain.seconds).toFixed(1)} times JSON.parse), memory ${baseMb.toFixed(0)} MB before, ` +
						`at most ${pagePeakMb.toFixed(0)} MB, ${afterMb.toFixed(0)} MB at the end: ${onPage.toFixed(2)} times the text over the empty page${judge(onPage, MOST_FACTOR)}`
				);
				for (const { part, blockMs, longTaskMs } of blocks)
					console.log(
						`    main thread, ${part}: longest block ${blockMs.toFixed(0)} ms${judge(blockMs, MOST_BLOCK_MS)}${longTaskMs > 0 ? `, long task ${longTaskMs.toFixed(0)} ms` : ''}`
					);
				console.log(
					`    cancelled at ${(cancel.progressSeen * 100).toFixed(0)} %: gone after ${cancel.ms.toFixed(0)} ms, ${cancel.leftMb.toFixed(0)} MB left of it a second later`
				);
			}
			for (const [, file] of files) rmSync(file!);
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	return good ? 0 : 1;
}
