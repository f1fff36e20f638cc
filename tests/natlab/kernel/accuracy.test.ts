/**
 * What icelens and other tools say of the same networks at the same time, beside what plain sockets at both ends measure there.
 * `npm run lab -- accuracy` writes docs/accuracy.md, and goes on where it stopped; ICELENS_ACCURACY_NETWORKS=open,symmetric takes some and
 * prints them only.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findProgram, PROGRAMS } from '../../support/programs';
import { patience } from '../../support/patience';
import { missing } from '../../support/require';
import { onlyTranslated, profile, type ProfileName } from '../profiles';
import { accuracyDocument, type Measured } from './accuracy-document';
import { hostAt, inLabs } from './blueprint';
import { COTURN_PORT, makeCheckLab, type CheckLab, type LabBrowser } from './browser-check';
import { groundTruth, startObservers } from './ground-truth';
import { keepRuns } from './kept-runs';
import { BUILDABLE, describeInLab } from './need';
import { makeSlots } from './slots';
import { TOOLS, type Said } from './tools-table';

const WANTED = process.env.ICELENS_ACCURACY_NETWORKS?.split(',');
const NETWORKS = BUILDABLE.filter((name) => WANTED?.includes(name) ?? true);
const BROWSERS: LabBrowser[] = ['chromium', 'firefox'];
const DOCUMENT = fileURLToPath(new URL('../../../docs/accuracy.md', import.meta.url));
const AT_ONCE = 3;
const lacking = missing('root', 'coturn', 'chromium', 'firefox', 'natdiscovery', 'stun');

async function byCheck(lab: CheckLab, host: string, browser: LabBrowser): Promise<Record<'ipv4' | 'ipv6', Said>> {
	const page = await lab.keep(host, browser);
	try {
		const { conclusions } = (await page.check()).report;
		const udp = conclusions.answers.find(({ question }) => question === 'udp-usable')!.says;
		const said = (family: 'ipv4' | 'ipv6'): Said => ({
			mapping: conclusions.nat[family]?.mapping ?? 'unknown',
			filtering: conclusions.nat[family]?.filtering ?? 'unknown',
			blocked: udp === 'no' ? 'yes' : 'not-said'
		});
		return { ipv4: said('ipv4'), ipv6: said('ipv6') };
	} finally {
		await page.close();
	}
}

async function measure(lab: CheckLab, observers: Parameters<typeof groundTruth>[1], name: ProfileName, host: string) {
	const rows: Measured[] = [];
	const checks = [];
	for (const browser of BROWSERS) checks.push(await byCheck(lab, host, browser));
	for (const family of ['ipv4', 'ipv6'] as const) {
		if (!profile(name)[family]) continue;
		const { mapping, filtering } = await groundTruth(lab.lab, observers, host, family);
		const said: Record<string, Said | null> = {};
		for (const [i, browser] of BROWSERS.entries()) said[`check in ${browser}`] = checks[i]![family];
		for (const tool of TOOLS) {
			// A literal IPv4 address says nothing to a device without IPv4.
			const can = tool.families.includes(family) && !(family === 'ipv4' && onlyTranslated(name));
			const program = tool.program === null ? '' : findProgram(...PROGRAMS[tool.program])!;
			const argv = tool.argv(program, family, COTURN_PORT);
			said[tool.name] = can ? tool.read(await lab.lab.exec(host, argv, { timeoutMs: patience(60_000) }), family) : null;
		}
		rows.push({ network: name, family, truth: { mapping, filtering }, said });
	}
	return rows;
}

const firstLine = (program: string, ...argv: string[]) =>
	execFileSync(program, argv, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
		.split('\n')[0]!
		.trim();
const ofPackage = (name: string) => firstLine('dpkg-query', '-W', '-f', '${Version}', name);

function versions(): string[] {
	const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string };
	return [
		`icelens ${version}`,
		firstLine(findProgram(...PROGRAMS.chromium)!, '--version').replace(/ built on .*/, ''),
		firstLine(findProgram(...PROGRAMS.firefox)!, '--version'),
		...['coturn', 'stun-client', 'tayga', 'nftables'].map((name) => `${name} ${ofPackage(name)}`),
		`Node ${process.versions.node}`,
		`Linux ${/^[\d.]+/.exec(release())![0]}`
	];
}

function never(): never {
	throw new Error('Every network was measured before.');
}

describe.skipIf(!process.env.ICELENS_ACCURACY)('accuracy (npm run lab -- accuracy)', () => {
	describeInLab(lacking === null ? 'of icelens and of others' : `[skipped: ${lacking}]`, () => {
		it.skipIf(lacking !== null)('is written down', { timeout: patience(1_800_000) }, async () => {
			const kept = keepRuns<Measured[]>('accuracy');
			for (const names of inLabs(NETWORKS.filter((name) => !kept.has(name, 1)))) {
				const lab = await makeCheckLab(names.map((profile) => ({ profile })));
				try {
					const observers = await startObservers(lab.lab);
					const slot = makeSlots(AT_ONCE);
					const measured = names.map((name, i) =>
						kept.runs(name, 1, () =>
							slot(() =>
								measure(lab, observers, name, hostAt(i)).catch((error: unknown) => {
									throw new Error(`${name} was not measured.`, { cause: error });
								})
							)
						)
					);
					const failed = (await Promise.allSettled(measured)).filter(({ status }) => status === 'rejected');
					if (failed.length > 0) throw new AggregateError(failed.map((one) => (one as PromiseRejectedResult).reason as unknown));
				} finally {
					await lab.close();
				}
			}
			const rows = (await Promise.all(NETWORKS.map((name) => kept.runs(name, 1, never)))).flat(2);
			const text = accuracyDocument(rows, versions(), new Date().toISOString().slice(0, 10));
			if (WANTED) process.stdout.write(text);
			else writeFileSync(DOCUMENT, text);
			// A tool that says nothing at all was asked wrongly.
			const said = (tool: string) => rows.some((one) => one.said[tool] && one.said[tool].mapping !== 'unknown');
			expect(Object.keys(rows[0]!.said).filter((tool) => !said(tool))).toEqual([]);
			// What plain sockets measure is what the networks were built for, or the lab is at fault.
			expect(rows.map(({ network, family, truth }) => [network, family, truth])).toEqual(
				rows.map(({ network, family }) => {
					const { mapping, filtering } = profile(network)[family]!;
					return [network, family, { mapping, filtering }];
				})
			);
		});
	});
});
