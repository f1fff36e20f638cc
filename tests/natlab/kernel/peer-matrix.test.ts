/**
 * The peer matrix against truth: two real browsers behind every pair of networks really try to connect, with STUN alone and
 * with TURN; what each side's own report predicts has to agree with what happens. `npm run test:natlab-full` takes more kinds of
 * network, each with another of its own kind too, and Firefox.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directPath, pathWithRelays, type Direct, type NetworkReach } from '../../../src/lib/core/nat/peer-matrix';
import type { Family } from '../../../src/lib/core/base/ip';
import { networkReach, relayFamilies } from '../../../src/lib/core/verdict/peers';
import { makeView } from '../../../src/lib/core/verdict/view';
import type { Report } from '../../../src/lib/core/report/report';
import { missing } from '../../support/require';
import type { ProfileName } from '../profiles';
import { ACCOUNT, COTURN_PORT, makeCheckLab, type CheckLab, type KeptPage, type LabBrowser } from './browser-check';
import { describeInLab } from './need';
import { PROV, STUN2 } from './topology';

const FULL = process.env.ICELENS_NATLAB === 'full';
const KINDS: ProfileName[] = [
	'open',
	'firewall',
	'full-cone',
	'address-restricted',
	'port-restricted',
	'symmetric',
	'address-dependent',
	'udp-blocked'
];
const twins = (names: ProfileName[]) => names.flatMap((name) => [name, name]);
/** A lab holds eleven clients. In one of twins only the two of a kind call each other. */
const LABS: { names: ProfileName[]; twins: boolean }[] = FULL
	? [
			{ names: KINDS, twins: false },
			{ names: twins(KINDS.slice(0, 4)), twins: true },
			{ names: twins(KINDS.slice(4)), twins: true }
		]
	: [{ names: ['address-restricted', 'port-restricted', 'symmetric', 'udp-blocked'], twins: false }];
const BROWSERS: LabBrowser[] = FULL ? ['chromium', 'firefox'] : ['chromium'];
/** Candidates are waited for until all are there, or this long where a server is silent. */
const GATHERING_MS = 2500;
/** ICE gives up after 15 s where it has candidates to try; on a clean link what connects does so within a second or two. */
const PATIENCE_MS = FULL ? 8000 : 5000;
/** So many calls at once: most of the time of those that fail is waiting. */
const AT_ONCE = 4;

const lacking = missing('root', 'coturn', ...BROWSERS);

interface Side {
	name: ProfileName;
	page: KeptPage;
	reach: NetworkReach;
	relays: Family[];
}

/** What the report says of its own network, in the shape that the matrix takes. */
function reachOf({ config, observations, conclusions }: Report): NetworkReach {
	const says = Object.fromEntries(conclusions.answers.map((answer) => [answer.question, answer.says]));
	return networkReach({ ...makeView(config.limits, observations), says });
}

const STUN = [{ urls: `stun:${STUN2.ipv4[0]}:3478` }];
const TURN = {
	urls: ['udp', 'tcp'].map((transport) => `turn:${PROV.ipv4[0]}:${COTURN_PORT}?transport=${transport}`),
	...ACCOUNT
};

/** What a side's own report says of it. */
async function said(page: KeptPage): Promise<Pick<Side, 'reach' | 'relays'>> {
	const { report } = await page.check();
	return { reach: reachOf(report), relays: relayFamilies(report.conclusions.servers) };
}

const agrees = ({ predicted, connected }: Cell) => predicted === (connected ? 'yes' : 'no');

/** One call: an offer and an answer with the candidates that came in time, and then whether they connect. */
async function connects({ browser: a }: KeptPage, { browser: b }: KeptPage, id: string, withTurn: boolean): Promise<boolean> {
	const own = `globalThis.calls[${JSON.stringify(id)}]`;
	const begin = `(() => { globalThis.calls ??= {}; ${own} = new RTCPeerConnection(${JSON.stringify({ iceServers: withTurn ? [...STUN, TURN] : STUN })}); })()`;
	const described = `for (const end = performance.now() + ${GATHERING_MS}; performance.now() < end && ${own}.iceGatheringState !== 'complete'; )
		await new Promise((resolve) => setTimeout(resolve, 50));
	return ${own}.localDescription.toJSON();`;
	await Promise.all([a.evaluate(begin), b.evaluate(begin)]);
	const offer = await a.evaluate(
		`(async () => { ${own}.createDataChannel(''); await ${own}.setLocalDescription(); ${described} })()`
	);
	const answer = await b.evaluate(
		`(async () => { await ${own}.setRemoteDescription(${JSON.stringify(offer)}); await ${own}.setLocalDescription(); ${described} })()`
	);
	const reached = await a.evaluate<boolean>(`(async () => {
		await ${own}.setRemoteDescription(${JSON.stringify(answer)});
		const end = performance.now() + ${PATIENCE_MS};
		while (performance.now() < end && ${own}.connectionState !== 'connected' && ${own}.connectionState !== 'failed')
			await new Promise((resolve) => setTimeout(resolve, 50));
		return ${own}.connectionState === 'connected';
	})()`);
	await Promise.all([a, b].map((side) => side.evaluate(`void ${own}.close()`)));
	return reached;
}

async function severalAtOnce<T>(tasks: readonly (() => Promise<T>)[]): Promise<T[]> {
	const results: T[] = [];
	let next = 0;
	const work = async () => {
		for (let i = next++; i < tasks.length; i = next++) results[i] = await tasks[i]!();
	};
	await Promise.all(Array.from({ length: AT_ONCE }, work));
	return results;
}

interface Cell {
	a: ProfileName;
	b: ProfileName;
	withTurn: boolean;
	predicted: Direct;
	rule: string;
	connected: boolean;
}

const MARK = { yes: 'direct', no: '–', unknown: '?' } as const;

/** Rows and columns one for each kind of network: what was predicted, and what happened where it differs. */
function matrix(browser: string, withTurn: boolean, cells: readonly Cell[]): string {
	const names = [...new Set(cells.flatMap(({ a, b }) => [a, b]))];
	const text = (one: string, other: string) => {
		const cell = cells.find(({ a, b }) => (a === one && b === other) || (a === other && b === one));
		if (!cell) return '';
		const happened = cell.connected ? 'yes' : 'no';
		return cell.predicted === happened ? (cell.connected ? 'connects' : 'no path') : `${MARK[cell.predicted]} BUT ${happened}`;
	};
	const lines = names.map((one) => `| ${[one, ...names.map((other) => text(one, other))].join(' | ')} |`);
	const head = `| ${browser}, ${withTurn ? 'with TURN' : 'STUN only'} | ${names.join(' | ')} |\n|${'---|'.repeat(names.length + 1)}`;
	return `${head}\n${lines.join('\n')}`;
}

describeInLab(`who can call whom${lacking === null ? '' : ` [skipped: ${lacking}]`}`, () => {
	describe.skipIf(lacking !== null).each(BROWSERS)('in %s', (browser) => {
		const cells: Cell[] = [];
		afterAll(() => {
			for (const withTurn of [false, true]) {
				const of = cells.filter((cell) => cell.withTurn === withTurn);
				process.stdout.write(`\n${matrix(browser, withTurn, of)}\n`);
			}
		});

		describe.each(LABS)('behind $names.0, $names.1 and others (of a kind: $twins)', ({ names, twins }) => {
			let lab: CheckLab;
			const sides: Side[] = [];
			beforeAll(async () => {
				lab = await makeCheckLab(names.map((profile) => ({ profile })));
				for (const [i, host] of lab.hosts.entries()) {
					const page = await lab.keep(host, browser);
					sides.push({ name: names[i]!, page, ...(await said(page)) });
				}
			}, 300_000);
			afterAll(async () => {
				await Promise.all(sides.map(({ page }) => page.close()));
				await lab?.close();
			});

			it.each([false, true])('calls connect as both reports say (with TURN: %s)', { timeout: 300_000 }, async (withTurn) => {
				const pairs = sides.flatMap((a, i) => sides.slice(i + 1).flatMap((b) => (!twins || a.name === b.name ? [{ a, b }] : [])));
				const tryOut = async ({ a, b }: (typeof pairs)[number], id: string): Promise<Cell> => {
					const direct = directPath(a.reach, b.reach);
					const predicted = withTurn ? pathWithRelays(a.reach, b.reach, { mine: a.relays, theirs: b.relays }) : direct.direct;
					const connected = await connects(a.page, b.page, `${id} ${withTurn}`, withTurn);
					return { a: a.name, b: b.name, withTurn, predicted, rule: direct.rule, connected };
				};
				const found = await severalAtOnce(pairs.map((pair, n) => () => tryOut(pair, `${n}`)));
				// A busy machine leaves things unknown and packets undelivered; what is wrong is wrong again, alone and with new reports.
				for (const [n, cell] of found.entries()) {
					if (agrees(cell)) continue;
					const pair = pairs[n]!;
					for (const side of [pair.a, pair.b]) Object.assign(side, await said(side.page));
					found[n] = await tryOut(pair, `${n} again`);
				}
				cells.push(...found);
				expect(found.filter((cell) => !agrees(cell))).toEqual([]);
			});
		});
	});
});
