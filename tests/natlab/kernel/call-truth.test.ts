/**
 * What a call reports, held against a link whose faults are known. Each end has a relay of its own, and only the way to the
 * caller's provider is impaired, in one direction: so the fault lies on one direction of the call. With one relay for both
 * ends every packet goes up and comes down the same link, and directions can be told apart only for loss, and only where
 * the caller reaches the relay by TCP: that is measured too.
 *
 * `npm run lab -- call-truth` runs all rows and prints the table; inside `npm test` one row stands for them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { CallPath, Throughput } from '../../../src/lib/core/observations/observation';
import type { DirectionDifference } from '../../../src/lib/core/call/call-figure-shapes';
import { launchBrowser } from '../../support/browsers';
import { startCoturn } from '../../support/coturn';
import { writeProbePage } from '../../support/probe-page';
import { patience } from '../../support/patience';
import { missing } from '../../support/require';
import type { CallRecord } from '../../e2e/harness/call';
import { makeLab } from './lab';
import { describeWithWire } from './need';
import { PROV, STUN2 } from './topology';
import type { Link } from './wire';

const FULL = process.env.ICELENS_CALL_TRUTH === 'full';
const BROWSER = process.env.ICELENS_BROWSER === 'firefox' ? 'firefox' : 'chromium';
const PROV_ADDRESS = PROV.ipv4[0]!;
/** Of 1,280 bytes on the link: IP 20, UDP 8, TURN 4, DTLS 37 and SCTP 28 are headers; the load test counts what is left. */
const PAYLOAD_SHARE = 0.92;
const account = { username: 'alice', credential: 'secret' };
const turn = (address: string, transport: 'udp' | 'tcp') => `turn:${address}:3478?transport=${transport}`;
const route = (path: Partial<CallPath>, ...urls: string[]) => ({
	path: { kind: 'relay', url: urls[0]!, transport: 'udp', far: 'relay', ...path },
	servers: urls.map((url) => ({ urls: [url], ...account }))
});
/** The two directions by two relays, and by one with TCP at the caller. */
const ACROSS = route({ farUrl: turn(STUN2.ipv4[0]!, 'udp') }, turn(PROV_ADDRESS, 'udp'), turn(STUN2.ipv4[0]!, 'udp'));
const SPLIT = route({ transport: 'tcp', far: 'direct' }, turn(PROV_ADDRESS, 'tcp'));

interface Row {
	name: string;
	link: Link;
	route: ReturnType<typeof route>;
	seconds: number;
	/** Which quantity must be found worse, and in which direction; null: none of any. */
	fault: { quantity: DirectionDifference['quantity']; worse: 'forth' | 'back' } | null;
	rttMs: number;
	lossRatio: number;
	/** Mean change between packets of a delay that is even between minus and plus 10 ms is 6.7 ms; queues even it out a little. */
	jitterMs: [least: number, most: number] | null;
	capBps: number | null;
}

const BASE = { route: ACROSS, seconds: 20, rttMs: 0, lossRatio: 0, jitterMs: null, capBps: null };
const only = PROV_ADDRESS;
const impaired = (direction: 'up' | 'down', name: string, impairment: Link['up']) => ({
	name: `${name} ${direction === 'up' ? 'from caller to callee' : 'from callee to caller'}`,
	link: { only, [direction]: impairment }
});
const rowsOf = (direction: 'up' | 'down', worse: 'forth' | 'back'): Row[] => [
	{ ...BASE, ...impaired(direction, '80 ms delay', { delayMs: 80 }), fault: { quantity: 'delay', worse }, rttMs: 80 },
	{
		...BASE,
		...impaired(direction, '2 % loss', { lossRatio: 0.02 }),
		fault: { quantity: 'loss', worse },
		lossRatio: 0.02,
		seconds: 60
	},
	{
		...BASE,
		// A packet cannot come before it was sent, so jitter needs a delay to vary.
		...impaired(direction, '10 ms jitter', { delayMs: 10, jitterMs: 10 }),
		fault: { quantity: 'jitter', worse },
		rttMs: 10,
		jitterMs: [3.5, 9]
	},
	{
		...BASE,
		...impaired(direction, '1 Mbit/s', { rateBps: 1_000_000 }),
		fault: { quantity: 'bitrate', worse },
		seconds: 40,
		capBps: 1_000_000
	}
];
const ALL: Row[] = [
	{ ...BASE, name: 'control', link: { only, delayMs: 0 }, fault: null },
	...rowsOf('up', 'forth'),
	...rowsOf('down', 'back'),
	{
		...BASE,
		name: '2 % loss on the way up (one relay, caller by TCP)',
		link: { up: { lossRatio: 0.02 } },
		route: SPLIT,
		fault: { quantity: 'loss', worse: 'back' },
		lossRatio: 0.02,
		seconds: 60
	},
	{
		...BASE,
		name: '2 % loss on the way down (one relay, caller by TCP)',
		link: { down: { lossRatio: 0.02 } },
		route: SPLIT,
		fault: { quantity: 'loss', worse: 'forth' },
		lossRatio: 0.02,
		seconds: 60
	}
];
const ASKED = process.env.ICELENS_ROWS;
const ROWS = FULL
	? ALL.filter(({ name }) => !ASKED || new RegExp(ASKED).test(name))
	: ALL.slice(1, 2).map((row) => ({ ...row, seconds: 6 }));

interface Measured {
	/** The same call over the same link before it was impaired. */
	control: CallRecord;
	call: CallRecord;
	load: Throughput | null;
}

const CONTROL_SECONDS = 4;

async function measure({ link, route: over, seconds, capBps }: Row): Promise<Measured> {
	const folder = mkdtempSync(join(tmpdir(), 'icelens-truth-'));
	const closing: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
	try {
		const lab = await makeLab({ profile: 'open', link: { only, delayMs: 0 } });
		closing.unshift(() => lab.close());
		for (const [host, { ipv4 }] of [
			['prov', PROV],
			['stun2', STUN2]
		] as const) {
			const coturn = await startCoturn({ namespace: lab.namespace(host), addresses: [ipv4[0]!] });
			closing.unshift(() => coturn.close());
		}
		const browser = await launchBrowser(BROWSER, {
			namespace: lab.namespace('A'),
			args: BROWSER === 'chromium' ? ['--autoplay-policy=no-user-gesture-required'] : [],
			firefoxPrefs: { 'media.autoplay.default': 0, 'media.autoplay.blocking_policy': 0 }
		});
		closing.unshift(() => browser.close());
		await browser.goto(await writeProbePage(folder));
		const media = capBps === null ? { width: 160, height: 90, frameRate: 10 } : { width: 640, height: 480, frameRate: 20 };
		const make = (lasting: number) =>
			browser.evaluate<CallRecord>(
				`harness.calls.make(${JSON.stringify(over)}, { durationMs: ${lasting * 1000}, pollMs: 1000 }, ${JSON.stringify(media)})`
			);
		const control = await make(CONTROL_SECONDS);
		await lab.setLink('A', link);
		const call = await make(seconds);
		const load =
			capBps === null
				? null
				: await browser.evaluate<Throughput>(
						`harness.calls.load(${JSON.stringify(over)}, { secondsEach: 10, bytesAtMost: 4000000 })`
					);
		return { control, call, load };
	} finally {
		for (const close of closing) await close();
	}
}

const table: string[] = [];
const percent = (ratio: number | null) => (ratio === null ? '–' : `${(ratio * 100).toFixed(2)} %`);
const ms = (value: number | null | undefined) => (value === null || value === undefined ? '–' : `${value.toFixed(1)}`);

function print(row: Row, { call, load }: Measured): void {
	const [forth, back] = call.summary!.directions;
	const loads = load?.loads.map(({ bitrateBps }) => `${((bitrateBps ?? 0) / 1e6).toFixed(2)}`).join(' / ') ?? '–';
	const named = call.directions.filter(({ worse }) => worse === 'forth' || worse === 'back' || worse === 'both');
	table.push(
		[
			row.name.padEnd(50),
			`RTT ${ms(call.summary!.rttMs?.least)}, median ${ms(call.summary!.rttMs?.median)} ms (${row.rttMs})`,
			`delay ${ms(forth!.oneWayDelayMs?.median)} / ${ms(back!.oneWayDelayMs?.median)} ms`,
			`loss ${percent(forth!.lossRatio)} / ${percent(back!.lossRatio)} (${percent(row.lossRatio)})`,
			`jitter ${ms(forth!.oneWayJitterMs?.median)} / ${ms(back!.oneWayJitterMs?.median)} ms (media ${ms(forth!.jitterMs?.median)} / ${ms(back!.jitterMs?.median)})`,
			`path ${call.pathMbps.map((value) => value?.toFixed(2) ?? '–').join(' / ')} Mbit/s`,
			`load ${loads} Mbit/s`,
			`named: ${named.map(({ quantity, worse }) => `${quantity} ${worse}`).join(', ') || 'nothing'}`
		].join(' | ')
	);
}

const why = missing(BROWSER, 'coturn', 'root');

await describeWithWire(`a call over a link with known faults, in ${BROWSER}`, () => {
	afterAll(() => process.stdout.write(`\n${table.join('\n')}\n`));
	test.skipIf(why !== null).each(ROWS)(`$name${why ? ` [skipped: ${why}]` : ''}`, { timeout: patience(240_000) }, async (row) => {
		const measured = await measure(row);
		const { control, call, load } = measured;
		print(row, measured);
		expect(call.call.endedBy).toBe('duration');
		const { summary, directions } = call;
		const [forth, back] = summary!.directions;
		// No packet is faster than the link. What wires and relays in user space add to the fastest, the control has had as well.
		const rtt = summary!.rttMs!.least;
		const addedMs = 2 * Math.max(1, control.summary!.rttMs!.median);
		if (row.jitterMs === null) expect(rtt).toBeGreaterThanOrEqual(row.rttMs - 1);
		if (row.capBps === null) expect(rtt).toBeLessThan(1.1 * row.rttMs + addedMs);
		const losses = [forth!.lossRatio!, back!.lossRatio!];
		const worse = row.fault?.worse ?? 'forth';
		const [bad, good] = worse === 'forth' ? losses : losses.toReversed();
		if (row.capBps === null) {
			expect(Math.abs(bad! - row.lossRatio)).toBeLessThan(0.01);
			expect(good).toBeLessThan(0.005);
		}
		const said = (quantity: string) => directions.find((one) => one.quantity === quantity)!.worse;
		if (row.fault) expect(said(row.fault.quantity)).toBe(row.fault.worse);
		if (row.fault === null) {
			expect(said('loss')).toBe('neither');
			// A busy machine delays both ways alike; a direction must not be named.
			for (const { worse: named } of directions) expect(['neither', 'both']).toContain(named);
			expect(call.findings).toEqual([]);
		}
		if (row.jitterMs) {
			const jitter = (worse === 'forth' ? forth : back)!.oneWayJitterMs!.median;
			expect(jitter).toBeGreaterThan(row.jitterMs[0]);
			expect(jitter).toBeLessThan(row.jitterMs[1]);
		}
		if (row.capBps !== null) {
			const capped = load!.loads.find(({ direction }) => direction === worse)!;
			const free = load!.loads.find(({ direction }) => direction !== worse)!;
			const callBps = call.pathMbps[worse === 'forth' ? 0 : 1]! * 1e6;
			expect(Math.abs(callBps - row.capBps)).toBeLessThan(0.15 * row.capBps);
			const payloadBps = PAYLOAD_SHARE * row.capBps;
			expect(Math.abs(capped.bitrateBps! - payloadBps)).toBeLessThan(0.15 * payloadBps);
			expect(free.bitrateBps).toBeGreaterThan(3 * row.capBps);
		}
	});
});
