/**
 * Real browsers behind real NATs name the NAT they are behind, by both methods. Here each kind once in Chromium and some in
 * Firefox; `npm run test:natlab-full` runs all of them in both, ten times, and over links that lose and delay.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing, type Need } from '../../support/require';
import { profile, type ProfileName } from '../profiles';
import { byMethod, makeCheckLab, rightFiltering, rightMapping, type CheckLab, type LabBrowser } from './browser-check';
import { describeInLab } from './need';
import type { Link } from './wire';

const FULL = process.env.ICELENS_NATLAB === 'full';
const RUNS = FULL ? Number(process.env.ICELENS_NATLAB_RUNS ?? 10) : 1;

/** Two labs: a lab holds eleven clients. */
const GROUPS: ProfileName[][] = [
	[
		'open',
		'firewall',
		'full-cone',
		'address-restricted',
		'port-restricted',
		'symmetric',
		'address-dependent',
		'carrier-grade',
		'udp-blocked',
		'dualstack'
	],
	[
		'symmetric-sequential',
		'symmetric-pool',
		'full-cone-hairpin',
		'port-restricted-hairpin',
		'tcp-443',
		'web-only',
		'ipv6-only',
		'ipv6-only-open',
		'dualstack-open',
		'short-lifetime'
	]
];
const IN_FIREFOX: ProfileName[] = ['full-cone', 'address-restricted', 'port-restricted', 'symmetric', 'udp-blocked'];
const LINKS: { name: string; link: Link | null }[] = [
	{ name: 'a clean link', link: null },
	...(FULL
		? [
				{ name: '5 % loss', link: { lossRatio: 0.05 } },
				{ name: '150 ms each way', link: { delayMs: 150 } }
			]
		: [])
];

const needs: Need[] = ['root', 'coturn', 'chromium', 'firefox'];
const lacking = missing(...needs);
/** Pooled addresses: the relay may be written to from another address than the one it knows, and then tells nothing. */
const POOLED: ProfileName[] = ['symmetric-pool'];
/** Chromium without any IPv4 address opens no socket for a page that may not see addresses, so the prober hears nothing. */
const WITHOUT_IPV4: ProfileName[] = ['ipv6-only', 'ipv6-only-open'];
const MAY_STAY_UNKNOWN = [...POOLED, ...WITHOUT_IPV4];
const lines: string[] = [];

function measured(
	name: ProfileName,
	browser: LabBrowser,
	link: string,
	run: number,
	{ report, tookMs }: Awaited<ReturnType<CheckLab['check']>>
) {
	const said: Record<string, string> = {};
	for (const family of ['ipv4', 'ipv6'] as const) {
		const truth = profile(name)[family];
		const nat = report.conclusions.nat[family];
		if (!truth) continue;
		const [turn, prober] = [byMethod(report, 'turn', family), byMethod(report, 'prober', family)];
		const ms = (of: { tookMs: number | null }) => (of.tookMs === null ? '' : ` ${of.tookMs} ms`);
		lines.push(
			[
				name,
				family,
				browser,
				link,
				`run ${run}`,
				`${nat?.mapping ?? '-'} / ${nat?.filtering ?? '-'}`,
				`turn: ${turn.filtering}${ms(turn)}`,
				`prober: ${prober.filtering}${ms(prober)}`,
				`${Math.round(tookMs)} ms in all`
			].join(' | ')
		);
		const context = `${name} ${family} ${browser} ${link} run ${run}: `;
		if (!rightMapping(truth.mapping, nat?.mapping ?? 'unknown')) said.mapping = `${context}${nat?.mapping}`;
		for (const [method, { filtering }] of Object.entries({ turn, prober, both: { filtering: nat?.filtering ?? 'unknown' } })) {
			// The relays of IPv4 tell nothing of IPv6, so there one method may have nothing to say; no method may say a wrong word.
			const optional = MAY_STAY_UNKNOWN.includes(name) || (family === 'ipv6' && method === 'turn');
			if (filtering === 'unknown' && optional) continue;
			if (!rightFiltering(truth.filtering, filtering)) said[method] = `${context}${filtering}`;
		}
	}
	expect(said).toEqual({});
}

describeInLab(`the check in a browser${lacking === null ? '' : ` [skipped: ${lacking}]`}`, () => {
	describe.skipIf(lacking !== null).each(LINKS)('over $name', ({ name: linkName, link }) => {
		describe.each(GROUPS.map((names) => ({ names })))('behind $names.0 and others', ({ names }) => {
			let lab: CheckLab;
			beforeAll(async () => {
				lab = await makeCheckLab(names.map((name) => (link ? { profile: name, link } : { profile: name })));
			});
			afterAll(() => lab?.close());

			const cases = names.flatMap((name, i) => {
				const host = String.fromCharCode(65 + i);
				const browsers: LabBrowser[] = FULL || IN_FIREFOX.includes(name) ? ['chromium', 'firefox'] : ['chromium'];
				return browsers.map((browser) => ({ name, host, browser }));
			});
			it.each(cases)('$name in $browser', { timeout: RUNS * 60_000 }, async ({ name, host, browser }) => {
				for (let run = 1; run <= RUNS; run++) measured(name, browser, linkName, run, await lab.check(host, browser));
			});
		});
	});
	afterAll(() => void process.stdout.write(`\n${lines.join('\n')}\n`));
});
