/**
 * Commands that take longer than `npm test`, or that measure, record or write files: `npm run lab` lists them, `npm run lab -- NAME
 * [arguments]` runs one. How long each takes is in CONTRIBUTING.md, what it found last in docs/benchmarks.md.
 */
import { join } from 'node:path';
import { isMain } from './run.mjs';
import { makeRun } from './test-run.mjs';

const vitest = (project, ...args) => [join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', project, ...args];
const bench = (name) => [join('tests', 'bench', 'run.mjs'), name];
const ONE_AT_A_TIME = ['--maxWorkers', '1'];

/** @type {Record<string, { what: string, env?: Record<string, string>, runs: string[][] }>} */
export const LAB = {
	fuzz: {
		what: 'long fuzzing of the servers, the SDP linter, dumps and reports (ICELENS_FUZZ_SEED starts elsewhere)',
		env: { ICELENS_FUZZ: 'full' },
		runs: [vitest('interop', 'tests/fuzz')]
	},
	truth: {
		what: 'every sentence of a check in 20,000 generated networks, different ones each run (ICELENS_TRUTH_SEED, ICELENS_TRUTH_COUNT)',
		env: { ICELENS_TRUTH: 'full' },
		runs: [vitest('unit', 'tests/truth')]
	},
	networks: {
		what: 'every network many times in both browsers, servers by address and by names, over a clean, a lossy and a slow link; calls, partners; goes on where it stopped (root)',
		env: { ICELENS_NATLAB: 'full' },
		runs: [vitest('natlab', '--maxConcurrency', '8', '--test-timeout', '3600000')]
	},
	'browsers-agree': {
		what: 'Chromium and Firefox, the check and the ICE screen on 28 lists of servers, over loopback, behind a NAT and with a public address, with and without microphone (root)',
		env: { ICELENS_AGREE: 'full' },
		runs: [vitest('natlab', 'tests/natlab/kernel/browsers-agree.test.ts')]
	},
	accuracy: {
		what: 'writes docs/accuracy.md: icelens, natdiscovery and stun on the same networks, compared with ground truth (root)',
		env: { ICELENS_ACCURACY: 'full' },
		runs: [vitest('natlab', 'tests/natlab/kernel/accuracy.test.ts')]
	},
	meet: {
		what: 'two browsers meet behind every pair of six networks (root)',
		env: { ICELENS_MEET: 'full' },
		runs: [vitest('natlab', ...ONE_AT_A_TIME, 'tests/natlab/kernel/meet')]
	},
	calls: {
		what: 'loopback calls over every relay route in both browsers',
		env: { ICELENS_CALLS: 'full' },
		runs: [vitest('e2e', 'tests/e2e/call.test.ts')]
	},
	'lesser-browsers': {
		what: 'Chromium and Firefox with the functions removed that some other browser lacks, one by one and all together, on 28 lists of servers, and in every network of the lab (root)',
		env: { ICELENS_LESSER: 'full' },
		runs: [vitest('e2e', 'tests/e2e/lesser-browsers.test.ts'), vitest('natlab', 'tests/natlab/kernel/lesser-matrix.test.ts')]
	},
	'meet-states': {
		what: 'each state of the screen for two devices at both widths in both schemes (ICELENS_SHOTS=FOLDER keeps the pictures)',
		env: { ICELENS_STATES: 'full' },
		runs: [vitest('e2e', 'tests/e2e/meet-states.test.ts')]
	},
	screens: {
		what: 'axe over every state of every screen at both widths in both schemes',
		env: { ICELENS_SCREENS: 'full' },
		runs: [vitest('e2e', 'tests/e2e/screens.test.ts', 'tests/e2e/stats-everybody.test.ts')]
	},
	'call-truth': {
		what: 'calls over a link with known faults, each alone, in each direction (root; ICELENS_BROWSER, ICELENS_ROWS)',
		env: { ICELENS_CALL_TRUTH: 'full' },
		runs: [vitest('natlab', 'tests/natlab/kernel/call-truth.test.ts')]
	},
	'stats-truth': {
		what: 'a call with a known loss, saved by webrtc-internals and read again (root)',
		env: { ICELENS_STATS_TRUTH: 'full' },
		runs: [vitest('natlab', 'tests/natlab/kernel/stats-truth.test.ts')]
	},
	'bench-call': { what: 'the load test where nothing holds it back [chromium|firefox]', runs: [bench('throughput')] },
	'bench-check': {
		what: 'a check compared with waiting for iceGatheringState `complete`, and the whole command [chromium|firefox] [verdict|relay|command] [OTHER icelens.mjs]',
		runs: [bench('check-time')]
	},
	'bench-turn': { what: 'relaying compared with coturn, µs of CPU a packet [seconds] [rounds]', runs: [bench('turn-relay')] },
	'bench-sdp': { what: "parse and lint compared with sdp-transform's parse", runs: [bench('sdp-lint')] },
	'bench-dump': {
		what: 'dumps of 200 MB: time, memory, blocking of the main thread [megabytes] [page] [plain] [internals|rtcstats]; verdict: how long 5 MB take',
		runs: [['--max-old-space-size=4096', ...bench('big-dump')]]
	},
	'bench-charts': { what: '20 series of 3,600 points drawn in Chromium [draw]', runs: [bench('charts')] },
	'bench-signalling': { what: 'rooms with two devices each: latency, memory [rooms]', runs: [bench('signalling')] },
	'bench-busy': { what: 'what a busy machine does to calls: timers, freezes, jitter, findings', runs: [bench('busy-machine')] },
	'bench-bundle': { what: 'size of the check and what judges it, without sentences', runs: [bench('bundle')] },
	'bench-history': { what: 'opening the list of 1,000 kept reports', runs: [bench('history')] },
	'record-reports': {
		what: 'records real browsers on kernel NATs into tests/golden, to be looked at in review (root)',
		env: { RECORD: '1' },
		runs: [vitest('natlab', 'tests/natlab/record-reports.test.ts'), ['scripts/lab.mjs', 'update-golden']]
	},
	'record-sdp': {
		what: 'records the descriptions of both browsers into tests/fixtures/sdp, to be looked at in review',
		env: { RECORD: '1' },
		runs: [vitest('e2e', 'tests/e2e/sdp.test.ts', '-t', 'calls')]
	},
	'record-programs': {
		what: 'records calls with Janus, werift and baresip into tests/fixtures/sdp-programs, to be looked at in review',
		env: { RECORD: '1' },
		runs: [vitest('interop', 'tests/interop/sdp-programs')]
	},
	'record-refusals': {
		what: 'asks both browsers about some 7,000 descriptions and 4,600 exchanges with one change each and writes what they refused, to be looked at in review [offers|exchanges]',
		runs: [bench('../mutations/record')]
	},
	'record-messages': {
		what: 'brings about some 200 situations in which calls of WebRTC fail, in both browsers, and writes what they say, to be looked at in review',
		runs: [bench('../mutations/record-messages')]
	},
	'sdp-refusals': {
		what: 'asks both browsers about every change to six descriptions and to calls of other kinds, and holds the linter against it [call|simulcast|chromium|firefox|chromium-simulcast|firefox-simulcast|exchanges|corrected]',
		runs: [bench('../mutations/compare')]
	},
	'record-stats': {
		what: 'records dumps of real browsers into tests/fixtures/stats, to be looked at in review',
		runs: [bench('../support/record-stats')]
	},
	'record-calls': {
		what: 'records calls whose truth is known, failed and well, into tests/fixtures/calls [names or patterns] (root)',
		runs: [bench('../recordings/record')]
	},
	verdicts: {
		what: 'prints what is said first of each recorded call, beside what was so [-t name]',
		env: { ICELENS_VERDICTS: 'print' },
		runs: [vitest('unit', 'tests/golden/recorded-calls.test.ts')]
	},
	'update-golden': {
		what: 'judges the golden reports anew and writes them',
		env: { UPDATE: '1' },
		runs: [vitest('unit', 'tests/golden')]
	},
	'update-docs': {
		what: 'writes docs/rules.md and the JSON Schemas of reports, of the API and of the configuration',
		env: { UPDATE: '1' },
		runs: [
			vitest(
				'unit',
				'src/lib/core/report/rule-book.test.ts',
				'src/lib/core/report/report-schema.test.ts',
				'src/lib/core/inspection/lint-config.test.ts',
				'src/routes/api/api-schema.test.ts'
			)
		]
	}
};

function list() {
	const width = Math.max(...Object.keys(LAB).map((name) => name.length));
	return Object.entries(LAB).map(([name, { what }]) => `  ${name.padEnd(width)}  ${what}`);
}

if (isMain(import.meta.url)) {
	const [name, ...args] = process.argv.slice(2);
	const entry = name === undefined ? undefined : LAB[name];
	if (!entry) {
		if (name !== undefined) console.error(`lab: "${name}" is not in the list.`);
		console.log(['npm run lab -- NAME [arguments]', '', ...list()].join('\n'));
		process.exit(name === undefined ? 0 : 2);
	}
	const run = makeRun();
	for (const [i, program] of entry.runs.entries()) {
		// Arguments narrow the first program; what follows it works on whatever that left.
		const status = await run.visibly([...program, ...(i === 0 ? args : [])], entry.env);
		if (status !== 0) process.exit(status);
	}
	run.end();
}
