/** Where on the path the NAT is, by packets with few hops to travel, on networks whose NATs are known. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { NatPlace } from '../../../src/lib/core/nat/hop-rules';
import { patience } from '../../support/patience';
import { hostAt } from './blueprint';
import { makeLab, type ClientSpec, type Lab, type Ran } from './lab';
import { describeInLab } from './need';
import { startOwnServer } from './own-server';
import { PROV } from './topology';

const COMMAND = fileURLToPath(new URL('../../../dist/icelens.mjs', import.meta.url));

/** What the router at this hop does beside its profile. */
const ANSWERS_ITS_OWN_NETWORK = 'insert rule inet firewall input iifname lan accept';
const REFUSES_ALL = [
	'add table ip refusing',
	'add chain ip refusing everybody { type filter hook prerouting priority -300 ; }',
	'add rule ip refusing everybody iifname lan udp dport 9 reject'
].join('\n');

interface Row {
	name: string;
	client: ClientSpec;
	at?: { hop: 1 | 2; rules: string };
	/** Silence, s; the outermost router forgets after 3 s where it is given. */
	silenceS?: number;
	says: NatPlace;
	rule: string;
	values?: object;
}

const FORGETS = { lifetimeS: 3 };
const ROWS: Row[] = [
	{ name: 'no NAT', client: { profile: 'open' }, says: 'none', rule: 'hops-no-nat' },
	{ name: 'a firewall alone', client: { profile: 'firewall' }, says: 'none', rule: 'hops-no-nat' },
	{
		name: 'one NAT that answers its own network',
		client: { profile: 'port-restricted' },
		at: { hop: 1, rules: ANSWERS_ITS_OWN_NETWORK },
		says: 'first-router',
		rule: 'hops-refused-by-first-router'
	},
	{
		name: 'one NAT that hairpins',
		client: { profile: 'full-cone-hairpin' },
		says: 'first-router',
		rule: 'hops-returned-by-first-router'
	},
	{ name: 'one NAT that does neither', client: { profile: 'symmetric' }, says: 'unknown', rule: 'hops-no-sign' },
	{
		name: 'one NAT that refuses packets to anybody',
		client: { profile: 'port-restricted' },
		at: { hop: 1, rules: REFUSES_ALL },
		says: 'unknown',
		rule: 'hops-no-sign'
	},
	{
		name: 'one NAT that forgets',
		client: { profile: 'symmetric', outermost: FORGETS },
		silenceS: 5,
		says: 'unknown',
		rule: 'hops-state-lost-by-first-routers'
	},
	{
		name: 'a carrier’s NAT that answers',
		client: { profile: 'carrier-grade' },
		at: { hop: 2, rules: ANSWERS_ITS_OWN_NETWORK },
		says: 'farther',
		rule: 'hops-refused-farther',
		values: { hops: 2 }
	},
	{
		name: 'a carrier’s NAT that hairpins',
		client: { profile: 'carrier-grade', outermost: { hairpin: true } },
		says: 'farther',
		rule: 'hops-returned-farther',
		values: { hops: 4 }
	},
	{
		name: 'a home NAT that answers, behind a silent carrier',
		client: { profile: 'carrier-grade' },
		at: { hop: 1, rules: ANSWERS_ITS_OWN_NETWORK },
		says: 'unknown',
		rule: 'hops-no-sign'
	},
	{
		name: 'a carrier’s NAT as the second router, which hears of packets that end there',
		client: { profile: 'carrier-grade-symmetric', outermost: FORGETS },
		silenceS: 5,
		says: 'unknown',
		rule: 'hops-state-lost-by-first-routers'
	},
	{
		name: 'a carrier’s NAT behind a private network, which forgets and gives another port',
		client: { profile: 'carrier-grade-symmetric', outermost: FORGETS, between: '10.7.1.' },
		silenceS: 5,
		says: 'farther',
		rule: 'hops-mapping-lost-farther'
	},
	{
		name: 'a carrier’s NAT behind a public network, which forgets and gives the same port',
		client: { profile: 'carrier-grade', outermost: FORGETS, between: '192.88.99.' },
		silenceS: 5,
		says: 'unknown',
		rule: 'hops-state-lost-farther'
	},
	{
		name: 'a NAT before a firewall that forgets',
		client: {
			profile: 'carrier-grade',
			outermost: { ...FORGETS, mapping: 'none', filtering: 'address-and-port-dependent', ports: 'preserved' },
			between: '192.88.98.'
		},
		silenceS: 5,
		says: 'unknown',
		rule: 'hops-state-lost-farther'
	}
];

describeInLab('icelens nat --layers', () => {
	let lab: Lab;
	/** All at once: nearly all of it is waiting for what does not come. */
	let runs: Promise<Ran>[];

	async function ask({ at, silenceS }: Row, host: string): Promise<Ran> {
		if (at) {
			const ruled = await lab.exec(`r${host}${at.hop === 1 ? '' : at.hop}`, ['nft', '-f', '-'], { input: at.rules });
			if (ruled.status !== 0) throw new Error(ruled.stderr);
		}
		const argv = [process.execPath, COMMAND, 'nat', '--server', `${PROV.ipv4[0]}:5478`, '--no-hairpin', '--layers'];
		const silence = silenceS ? ['--lifetime', `${silenceS}`] : [];
		return lab.exec(host, [...argv, ...silence, '--format', 'json'], { timeoutMs: patience(60_000) });
	}

	beforeAll(async () => {
		lab = await makeLab(...ROWS.map(({ client }) => client));
		await startOwnServer(lab, 'prov', { addresses: [...PROV.ipv4], port: 5478, alternatePort: 5479 });
		runs = ROWS.map((row, i) => ask(row, hostAt(i)));
		await Promise.allSettled(runs);
	}, patience(120_000));
	afterAll(() => lab?.close());

	it.each(ROWS)('says $says of $name', async ({ says, rule, values, ...row }) => {
		const { stdout } = await runs[ROWS.findIndex(({ name }) => name === row.name)]!;
		const { place } = JSON.parse(stdout).nat.ipv4;
		expect([place.says, place.because.rule, place.observed]).toEqual([says, rule, expect.anything()]);
		expect(place.because.values).toMatchObject(values ?? {});
	});
});
