/**
 * `npm run lab -- meet`: two browsers behind every pair of six kinds of network, in one home, in one network that keeps its
 * devices apart, behind one carrier, and over a link that loses packets one way. One part: `npm run lab -- meet -- -t "symmetric invites full-cone, in firefox"`.
 */
import { sentence } from '../../../src/lib/core/messages/en/sentence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../support/require';
import type { ProfileName } from '../profiles';
import type { LabBrowser } from './browser-check';
import { makeLab, type ClientSpec, type Lab } from './lab';
import {
	callEachOther,
	expectTruth,
	MATRIX_HEAD,
	matrixRow,
	saved,
	serve,
	truthOf,
	withBrowsers,
	type MeetingTruth
} from './meet-cell';
import { describeInLab, describeWithWire } from './need';

const FULL = process.env.ICELENS_MEET === 'full';
const KINDS: ProfileName[] = [
	'full-cone',
	'address-restricted',
	'port-restricted',
	'symmetric',
	'address-dependent',
	'udp-blocked'
];
/** Each with each, and with another of its own kind. */
const PAIRS = KINDS.flatMap((a, i) => KINDS.slice(i).map((b) => [a, b] as [ProfileName, ProfileName]));
const GUESTS: LabBrowser[] = ['chromium', 'firefox'];
const lacking = missing('root', 'chromium', 'firefox');
const why = lacking === null ? '' : ` [skipped: ${lacking}]`;
const off = !FULL || lacking !== null;
const NAMES = { host: /Host, Chromium \d+/, guest: /Guest, (Chromium|Firefox) \d+/ };

/** A lab with the app in it, for the tests of one `describe`; its matrix is printed at the end. */
function useLab(clients: (ProfileName | ClientSpec)[]) {
	const made: { lab: Lab | null; rows: string[] } = { lab: null, rows: [] };
	beforeAll(async () => {
		made.lab = await makeLab(...clients);
		await serve(made.lab, 'prov');
	}, 120_000);
	afterAll(async () => {
		await made.lab?.close();
		if (made.rows.length > 0) process.stdout.write(`\n${MATRIX_HEAD}\n${made.rows.join('\n')}\n`);
	});
	return made;
}

describeInLab(`every pair of networks${why}`, () => {
	describe.skipIf(off)('apart', () => {
		// Two networks of each kind.
		const made = useLab([...KINDS, ...KINDS]);
		const letter = (index: number) => String.fromCharCode(65 + index);

		describe.each(GUESTS)('guests in %s', (guestBrowser) => {
			it.each(PAIRS)(`%s invites %s, in ${guestBrowser}`, { timeout: 240_000 }, async (one, other) => {
				const hosts: [string, string] = [letter(KINDS.indexOf(one)), letter(KINDS.length + KINDS.indexOf(other))];
				await withBrowsers(made.lab!, hosts, { guestBrowser }, async (host, guest) => {
					const met = await callEachOther(host, guest);
					made.rows.push(matrixRow(one, `${other}, ${guestBrowser}`, met));
					expectTruth(met, truthOf(one, other, NAMES));
				});
			});
		});
	});

	/** Behind one public address the two checks know only what the browsers show of the inside. */
	const inside: MeetingTruth = {
		direct: true,
		predicted: 'unknown',
		rule: 'pair-same-nat',
		why: null,
		reasons: ['not-turned-round', 'filtered', 'name-hidden', 'not-tried', 'under-way'],
		remoteTypes: [
			['host', 'prflx'],
			['host', 'prflx']
		],
		relay: 'udp'
	};
	const throughNat: MeetingTruth['remoteTypes'] = [
		['srflx', 'prflx'],
		['srflx', 'prflx']
	];
	const carrier: ClientSpec = { profile: 'carrier-grade', outermost: { hairpin: true } };
	const apart = (profile: ProfileName): ClientSpec[] => [
		{ profile, isolated: true },
		{ profile, isolated: true, sameHomeAs: 'A' }
	];
	const TOGETHER: {
		name: string;
		clients: ClientSpec[];
		addresses?: 'shown';
		truth: MeetingTruth;
		says: RegExp;
		/** What is said of their own addresses, where those did not connect them. */
		local?: RegExp;
	}[] = [
		{
			name: 'one home, addresses hidden',
			clients: [{ profile: 'symmetric' }, { profile: 'symmetric', sameHomeAs: 'A' }],
			truth: inside,
			says: /Connected over the direct path/
		},
		{
			name: 'one home, addresses shown',
			clients: [{ profile: 'symmetric' }, { profile: 'symmetric', sameHomeAs: 'A' }],
			addresses: 'shown',
			truth: { ...inside, rule: 'pair-same-network' },
			says: /Connected over the direct path/
		},
		{
			name: 'one network that keeps its devices apart, addresses hidden',
			clients: apart('port-restricted'),
			truth: { ...inside, direct: false, why: /does not hairpin packets/ },
			says: /relay over UDP to relay/,
			local: /was given an mDNS name .* made no candidate pair with it.*client isolation/
		},
		{
			name: 'one network that keeps its devices apart, addresses shown',
			clients: apart('port-restricted'),
			addresses: 'shown',
			truth: {
				...inside,
				direct: false,
				rule: 'pair-same-network',
				why: /does not hairpin packets/,
				reasons: [...inside.reasons, 'local-unanswered']
			},
			says: /relay over UDP to relay/,
			local: /\(192\.168\.1\.2 and 192\.168\.1\.3\).*none of \d+ checks from .*client isolation/
		},
		{
			name: 'one network that keeps its devices apart, whose NAT hairpins',
			clients: apart('full-cone-hairpin'),
			addresses: 'shown',
			truth: { ...inside, rule: 'pair-same-network', remoteTypes: throughNat },
			says: /hairpinned by the shared NAT/,
			local: /none of \d+ checks from .*They connected through the NAT that they share instead/
		},
		{
			name: 'two homes of one carrier, whose NAT does not hairpin',
			clients: [{ profile: 'carrier-grade' }, { profile: 'carrier-grade', sameCarrierAs: 'A' }],
			truth: { ...inside, direct: false, why: /Both devices have this public address.*does not hairpin packets/ },
			says: /relay over UDP to relay/,
			local: /or that they are in two networks behind one carrier’s NAT/
		},
		{
			name: 'two homes of one carrier, addresses shown',
			clients: [{ profile: 'carrier-grade' }, { profile: 'carrier-grade', sameCarrierAs: 'A' }],
			addresses: 'shown',
			truth: {
				...inside,
				direct: false,
				why: /Both devices have this public address.*does not hairpin packets/,
				reasons: [...inside.reasons, 'no-route']
			},
			says: /relay over UDP to relay/
		},
		{
			name: 'two homes of one carrier, whose NAT hairpins',
			clients: [carrier, { ...carrier, sameCarrierAs: 'A' }],
			truth: { ...inside, remoteTypes: throughNat },
			says: /hairpinned by the shared NAT/
		}
	];

	describe.skipIf(off).each(TOGETHER)('$name', ({ name, clients, addresses, truth, says, local }) => {
		const made = useLab(clients);
		it.each(GUESTS)(`${name}, in %s`, { timeout: 240_000 }, async (guestBrowser) => {
			await withBrowsers(made.lab!, ['A', 'B'], { guestBrowser, addresses }, async (host, guest) => {
				const met = await callEachOther(host, guest);
				made.rows.push(matrixRow(name, guestBrowser, met));
				expectTruth(met, truth);
				for (const [i, { pair, report }] of met.entries()) {
					expect(sentence(pair.outcomes.at(-1)!)).toMatch(says);
					const found = report.conclusions.findings.filter(({ rule }) => rule === 'pair-local-path-failed').map(sentence);
					expect(found).toEqual(local ? [expect.stringMatching(local)] : []);
					// In the panel of its attempt, which is folded once another one connected; of a call that goes on it counts on.
					const page = await [host, guest][i]!.evaluate<string>('document.querySelector("main").textContent');
					if (local) expect(page).toMatch(local);
				}
			});
		});
	});
});

await describeWithWire(`over a link that loses 3 % one way${why}`, () => {
	describe.skipIf(off).each([
		['up', 'there'],
		['down', 'back']
	] as const)('on the way %s', (way, direction) => {
		const made = useLab([{ profile: 'full-cone', link: { [way]: { lossRatio: 0.03 } } }, { profile: 'full-cone' }]);

		it.each(GUESTS)(`3 % ${way}: both screens name it, in %s`, { timeout: 300_000 }, async (guestBrowser) => {
			await withBrowsers(made.lab!, ['A', 'B'], { guestBrowser }, async (host, guest) => {
				await callEachOther(host, guest);
				await new Promise((resolve) => setTimeout(resolve, 60_000));
				for (const browser of [host, guest]) {
					const { pair, report, screen } = await saved(browser);
					const { directions } = pair.outcomes[0]!;
					const { host: one, guest: other } = pair.sides;
					const [lossy, clean] = direction === 'there' ? directions : directions.toReversed();
					const [from, to] = direction === 'there' ? [one.name, other.name] : [other.name, one.name];
					const percent = (ratio: number | null) => ((ratio ?? NaN) * 100).toFixed(2);
					process.stdout.write(
						`3 % ${way}, guest in ${guestBrowser}, seen by ${browser === host ? 'the host' : 'the guest'}: ${percent(lossy!.lossRatio)} % of ${lossy!.packetsSent}, the other way ${percent(clean!.lossRatio)} % of ${clean!.packetsSent}\n`
					);
					expect(Math.abs(lossy!.lossRatio! - 0.03)).toBeLessThan(0.01);
					expect(clean!.lossRatio!).toBeLessThan(0.005);
					const named = report.conclusions.findings.filter(({ rule }) => rule === 'pair-loss-direction');
					expect(named).toHaveLength(1);
					expect(sentence(named[0]!).startsWith(`From ${from} to ${to} `)).toBe(true);
					expect(screen).toContain(`From ${from} to ${to} `);
				}
			});
		});
	});
});
