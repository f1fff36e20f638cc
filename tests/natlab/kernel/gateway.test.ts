/** The external address of a router by NAT-PMP and UPnP, asked of a real miniupnpd on the router of each network. */
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patience } from '../../support/patience';
import { findProgram, missing, PROGRAMS } from '../../support/require';
import { hostAt } from './blueprint';
import { makeLab, type Lab } from './lab';
import { describeInLab } from './need';
import { startOwnServer } from './own-server';
import { PROV } from './topology';
import type { ProfileName } from '../profiles';

const COMMAND = fileURLToPath(new URL('../../../dist/icelens.mjs', import.meta.url));
const MINIUPNPD = findProgram(...PROGRAMS.miniupnpd);
const lacking = missing('miniupnpd');
/** Of the daemon's own choice: it takes the documentation addresses of the lab for private ones, and tells none of those. */
const ELSEWHERE = '9.9.9.9';
interface Row {
	name: ProfileName;
	/** Lines of its configuration; null: none runs. */
	daemon: string[] | null;
	rule: string;
	values: object;
	observed: { natPmp: object | null; pcp: object | null; upnp: object | null };
}
const NETWORKS: Row[] = [
	{
		name: 'carrier-grade',
		daemon: ['enable_natpmp=yes', 'enable_upnp=yes'],
		rule: 'gateway-tells-no-address',
		values: { resultCode: 3, upnp: { state: 'told' } },
		observed: { natPmp: { resultCode: 3 }, pcp: { resultCode: 0 }, upnp: { state: 'told', externalAddress: null } }
	},
	{
		name: 'port-restricted',
		daemon: [`ext_ip=${ELSEWHERE}`, 'enable_natpmp=yes', 'enable_upnp=yes'],
		rule: 'gateway-address-not-seen',
		values: { externalAddress: ELSEWHERE, protocols: ['nat-pmp', 'upnp'] },
		observed: { natPmp: { externalAddress: ELSEWHERE }, pcp: { resultCode: 0 }, upnp: { externalAddress: ELSEWHERE } }
	},
	{
		name: 'full-cone',
		daemon: [`ext_ip=${ELSEWHERE}`, 'enable_natpmp=no', 'enable_upnp=yes'],
		rule: 'gateway-address-not-seen',
		values: { externalAddress: ELSEWHERE, protocols: ['upnp'] },
		observed: { natPmp: null, pcp: null, upnp: { state: 'told', externalAddress: ELSEWHERE } }
	},
	{
		name: 'symmetric',
		daemon: null,
		rule: 'gateway-silent',
		values: {},
		observed: { natPmp: null, pcp: null, upnp: null }
	}
];

describeInLab('icelens nat --gateway', () => {
	describe.skipIf(lacking !== null)(`before miniupnpd${lacking === null ? '' : ` [skipped: ${lacking}]`}`, () => {
		let lab: Lab;
		let folder: string;
		beforeAll(async () => {
			folder = await mkdtemp(join(tmpdir(), 'icelens-gateway-'));
			lab = await makeLab(...NETWORKS.map(({ name }) => name));
			await startOwnServer(lab, 'prov', { addresses: [...PROV.ipv4], port: 5478, alternatePort: 5479 });
		}, patience(60_000));
		afterAll(async () => {
			await lab?.close();
			await rm(folder, { recursive: true, force: true });
		});

		it.concurrent.each(NETWORKS)(
			'behind $name',
			{ timeout: patience(60_000) },
			async ({ name, daemon, rule, values, observed }) => {
				const host = hostAt(NETWORKS.findIndex((each) => each.name === name));
				const router = `r${host}`;
				if (daemon) {
					const file = join(folder, `${host}.conf`);
					writeFileSync(file, ['ext_ifname=wan', 'listening_ip=lan', 'secure_mode=yes', ...daemon, ''].join('\n'));
					await lab.exec(router, ['nft', ...'insert rule inet firewall input iifname lan accept'.split(' ')]);
					const running = lab.spawn(router, [MINIUPNPD!, '-d', '-f', file, '-P', join(folder, `${host}.pid`)]);
					await running.printed(/[Ll]istening/, patience(10_000));
				}
				const rules = async () => (await lab.exec(router, ['nft', '--stateless', '--terse', 'list', 'ruleset'])).stdout;
				const before = await rules();
				expect(before).toContain('chain');
				const argv = [process.execPath, COMMAND, 'nat', '--server', `${PROV.ipv4[0]}:5478`, '--no-hairpin'];
				const ran = await lab.exec(host, [...argv, '--gateway', 'auto', '--format', 'json'], { timeoutMs: patience(40_000) });
				expect(ran.stderr).toBe('');
				const { gateway } = JSON.parse(ran.stdout).nat.ipv4;
				expect(gateway.because).toMatchObject({ rule, values });
				for (const [protocol, answer] of Object.entries(observed)) {
					const told = gateway.observed[protocol].answer;
					expect([protocol, told]).toEqual([protocol, answer === null ? null : expect.objectContaining(answer)]);
				}
				// Nothing was mapped.
				expect(await rules()).toBe(before);
			}
		);
	});
});
