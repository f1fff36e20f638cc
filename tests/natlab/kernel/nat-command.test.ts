import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCoturn, type Coturn } from '../../support/coturn';
import { patience } from '../../support/patience';
import { missing } from '../../support/require';
import { onlyTranslated, profile, type ProfileName, type Truth } from '../profiles';
import { hostAt, inLabs } from './blueprint';
import { makeLab, type Lab } from './lab';
import { BUILDABLE, describeInLab } from './need';
import { startOwnServer } from './own-server';
import { makeSlots } from './slots';
import { PROV } from './topology';

/** Measuring a lifetime takes that long. */
const FULL = process.env.ICELENS_NATLAB === 'full';
const COMMAND = fileURLToPath(new URL('../../../dist/icelens.mjs', import.meta.url));

const noCoturn = missing('coturn', 'root');
/** Nearly all of it is waiting for what does not come. */
const AT_ONCE = 5;

const LIAR = fileURLToPath(new URL('./lying-server.mjs', import.meta.url));
/** What each of the liar's ports has to be caught at. */
const LIES: { port: number; rule: string }[] = [
	{ port: 7101, rule: 'discovery-other-address-is-not-another' },
	{ port: 7102, rule: 'discovery-other-address-is-not-another' },
	{ port: 7103, rule: 'discovery-other-address-is-private' },
	{ port: 7104, rule: 'discovery-other-address-is-silent' },
	{ port: 7105, rule: 'discovery-change-not-done' }
];
/** Every lie in every network takes minutes; `npm test` takes two kinds of network. */
const LIED_TO: ProfileName[] = FULL ? BUILDABLE : ['open', 'port-restricted'];

/** What coturn sends from its other address and port is told apart by these; the other networks are left to the full command. */
const COTURN_ASKED: ProfileName[] = FULL
	? BUILDABLE
	: ['open', 'full-cone', 'address-restricted', 'port-restricted', 'symmetric', 'address-dependent', 'dualstack'];

/** Mapping and filtering as the command prints them for a truth of the table. */
function expected({ mapping, filtering, hairpin }: Truth) {
	if (mapping === 'blocked') return { mapping: 'unknown', filtering: 'unknown' };
	return { mapping, filtering, hairpin: { yes: 'yes', 'when-opened': 'yes', no: 'no', 'not-applicable': 'not-tested' }[hairpin] };
}

async function ask(lab: Lab, host: string, server: string, ...more: string[]) {
	const ran = await lab.exec(host, [process.execPath, COMMAND, 'nat', '--server', server, '--format', 'json', ...more], {
		timeoutMs: patience(40_000)
	});
	return { ...ran, document: JSON.parse(ran.stdout || 'null') };
}

describeInLab('icelens nat', () => {
	it('has been built', () => expect(existsSync(COMMAND)).toBe(true));

	describe.each(inLabs(BUILDABLE).map((names) => ({ names })))('behind $names.0 and others', ({ names }) => {
		const slot = makeSlots(AT_ONCE);
		let lab: Lab;
		let coturn: Coturn | null = null;
		beforeAll(async () => {
			lab = await makeLab(...names);
			const addresses = [...PROV.ipv4, ...PROV.ipv6];
			await startOwnServer(lab, 'prov', { addresses, port: 5478, alternatePort: 5479 });
			if (missing('coturn', 'root') === null)
				coturn = await startCoturn({ namespace: lab.namespace('prov'), addresses, port: 4478 });
			await lab.spawn('prov', [process.execPath, LIAR, ...PROV.ipv4]).printed(/listening/);
		});
		afterAll(async () => {
			await coturn?.close();
			await lab?.close();
		});

		const cases = names.flatMap((name, i) =>
			(['ipv4', 'ipv6'] as const).flatMap((family) => {
				const truth = profile(name)[family];
				// A server's IPv4 address says nothing to a device without one; asked through NAT64 by name it is not here.
				if (family === 'ipv4' && onlyTranslated(name)) return [];
				const at = family === 'ipv4' ? PROV.ipv4[0] : `[${PROV.ipv6[0]}]`;
				return truth ? [{ name, family, truth, at, host: hostAt(i) }] : [];
			})
		);
		it.concurrent.each(cases)(
			'names the NAT of $name over $family, asked of our own server',
			async ({ host, family, truth, at }) => {
				const { document } = await slot(() => ask(lab, host, `${at}:5478`));
				expect(document.nat[family]).toMatchObject(expected(truth));
			}
		);

		it.runIf(FULL && names.includes('short-lifetime'))('meets the lifetime of a mapping that ends after 20 s', async () => {
			const host = hostAt(names.indexOf('short-lifetime'));
			const { document } = await ask(lab, host, `${PROV.ipv4[0]}:5478`, '--lifetime', '25');
			expect(document.nat.ipv4.lifetime).toEqual({ aliveS: 19, deadS: 25 });
		});

		const withCoturn = noCoturn === null ? it.concurrent : it.skip;
		withCoturn.each(cases.filter(({ name }) => COTURN_ASKED.includes(name)))(
			`names the NAT of $name over $family, asked of coturn${noCoturn === null ? '' : ` [skipped: ${noCoturn}]`}`,
			async ({ host, family, truth, at }) => {
				const { document } = await slot(() => ask(lab, host, `${at}:4478`));
				expect(document.nat[family]).toMatchObject(expected(truth));
			}
		);

		withCoturn.each(cases.filter(({ name }) => name === 'stun-half-rewritten'))(
			'names the address that $name writes into answers over $family',
			async ({ host, at }) => {
				const { document, status } = await slot(() => ask(lab, host, `${at}:4478`, '--no-hairpin'));
				expect(document.findings.map((finding: { rule: string }) => finding.rule)).toContain(
					'discovery-mapped-address-falsified'
				);
				expect(status).toBe(1);
			}
		);

		const liedTo = cases.filter(
			({ name, family, truth }) => LIED_TO.includes(name) && family === 'ipv4' && truth.mapping !== 'blocked'
		);
		const lies = LIES.flatMap((lie) => liedTo.map((one) => ({ ...one, ...lie })));
		it.concurrent.each(lies)(
			'behind $name catches a server that lies at $rule (port $port)',
			async ({ host, truth, at, port, rule }) => {
				const { document, status } = await slot(() => ask(lab, host, `${at}:${port}`, '--no-hairpin'));
				expect(document.findings.map((finding: { rule: string }) => finding.rule)).toContain(rule);
				expect(status).toBe(1);
				// What it says beside that may be unknown, and must not be wrong.
				const { mapping, filtering } = document.nat.ipv4;
				expect(['unknown', truth.mapping]).toContain(mapping);
				expect(['unknown', truth.filtering]).toContain(filtering);
			}
		);
	});
});
