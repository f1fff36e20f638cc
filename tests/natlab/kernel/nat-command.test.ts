import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCoturn, type Coturn } from '../../support/coturn';
import { missing } from '../../support/require';
import { profile, type ProfileName } from '../profiles';
import { makeLab, type Lab } from './lab';
import { describeInLab } from './need';
import { startOwnServer } from './own-server';
import { PROV } from './topology';

/** Measuring a lifetime takes that long. */
const FULL = process.env.ICELENS_NATLAB === 'full';
const COMMAND = fileURLToPath(new URL('../../../dist/icelens.mjs', import.meta.url));

const noCoturn = missing('coturn', 'root');

/** Every kind of NAT that a lab host can stand behind; all clients live in one lab, which costs less than one for each. */
const NAMES: ProfileName[] = [
	'open',
	'firewall',
	'full-cone',
	'address-restricted',
	'port-restricted',
	'symmetric',
	'address-dependent',
	'symmetric-pool',
	'carrier-grade',
	'port-restricted-hairpin',
	'udp-blocked'
];
const MORE: ProfileName[] = [
	'symmetric-sequential',
	'full-cone-hairpin',
	'full-cone-remap',
	'port-restricted-remap',
	'short-lifetime',
	'carrier-grade-symmetric',
	'dualstack',
	'tcp-dropped'
];

/** Mapping and filtering as the command prints them for a truth of the table. */
function expected(name: ProfileName) {
	const { mapping, filtering, hairpin } = profile(name).ipv4!;
	if (mapping === 'blocked') return { mapping: 'unknown', filtering: 'unknown' };
	return { mapping, filtering, hairpin: { yes: 'yes', 'when-opened': 'yes', no: 'no', 'not-applicable': 'not-tested' }[hairpin] };
}

async function ask(lab: Lab, host: string, server: string, ...more: string[]) {
	const ran = await lab.exec(host, [process.execPath, COMMAND, 'nat', '--server', server, '--format', 'json', ...more], {
		timeoutMs: 40_000
	});
	return { ...ran, document: JSON.parse(ran.stdout || 'null') };
}

describeInLab('icelens nat', () => {
	it('has been built', () => expect(existsSync(COMMAND)).toBe(true));

	describe.each([NAMES, MORE])('behind %s and the rest', (...names) => {
		let lab: Lab;
		let coturn: Coturn | null = null;
		beforeAll(async () => {
			lab = await makeLab(...(names as ProfileName[]));
			await startOwnServer(lab, 'prov', { addresses: PROV.ipv4, port: 5478, alternatePort: 5479 });
			if (missing('coturn', 'root') === null)
				coturn = await startCoturn({ namespace: await lab.namespace('prov'), addresses: PROV.ipv4 });
		});
		afterAll(async () => {
			await coturn?.close();
			await lab?.close();
		});

		const hosts = (names as ProfileName[]).map((name, i) => ({ name, host: String.fromCharCode(65 + i) }));
		it.concurrent.each(hosts)('$name, asked of our own server', async ({ name, host }) => {
			const { document } = await ask(lab, host, `${PROV.ipv4[0]}:5478`);
			expect(document.nat.ipv4).toMatchObject(expected(name));
		});

		it.runIf(FULL && names.includes('short-lifetime'))('meets the lifetime of a short-lived mapping', async () => {
			const host = String.fromCharCode(65 + names.indexOf('short-lifetime'));
			const { document } = await ask(lab, host, `${PROV.ipv4[0]}:5478`, '--lifetime', '25');
			expect(document.nat.ipv4.lifetime).toEqual({ aliveS: 19, deadS: 25 });
		});

		const withCoturn = noCoturn === null ? it.concurrent : it.skip;
		withCoturn.each(hosts)(
			`$name, asked of coturn${noCoturn === null ? '' : ` [skipped: ${noCoturn}]`}`,
			async ({ name, host }) => {
				const { document } = await ask(lab, host, `${PROV.ipv4[0]}:3478`);
				expect(document.nat.ipv4).toMatchObject(expected(name));
			}
		);
	});
});
