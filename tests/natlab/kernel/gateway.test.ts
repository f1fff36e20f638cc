/** The external address of a router by NAT-PMP, asked of a real miniupnpd on the router of each network. */
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
const NETWORKS: { name: ProfileName; rule: string; values: object; daemon: { externalAddress: string | null } | null }[] = [
	{ name: 'carrier-grade', rule: 'gateway-tells-no-address', values: { resultCode: 3 }, daemon: { externalAddress: null } },
	{
		name: 'port-restricted',
		rule: 'gateway-address-not-seen',
		values: { externalAddress: ELSEWHERE },
		daemon: { externalAddress: ELSEWHERE }
	},
	{ name: 'symmetric', rule: 'gateway-silent', values: { requests: 5 }, daemon: null }
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

		it.each(NETWORKS)('behind $name', { timeout: patience(60_000) }, async ({ name, rule, values, daemon }) => {
			const host = hostAt(NETWORKS.findIndex((each) => each.name === name));
			const router = `r${host}`;
			if (daemon) {
				const file = join(folder, `${host}.conf`);
				writeFileSync(
					file,
					[
						'ext_ifname=wan',
						...(daemon.externalAddress ? [`ext_ip=${daemon.externalAddress}`] : []),
						'listening_ip=lan',
						'enable_natpmp=yes',
						'enable_upnp=no',
						'secure_mode=yes',
						''
					].join('\n')
				);
				await lab.exec(router, ['nft', ...'insert rule inet firewall input iifname lan udp dport 5351 accept'.split(' ')]);
				const running = lab.spawn(router, [MINIUPNPD!, '-d', '-f', file, '-P', join(folder, `${host}.pid`)]);
				await running.printed(/[Ll]istening/, patience(10_000));
			}
			const argv = [process.execPath, COMMAND, 'nat', '--server', `${PROV.ipv4[0]}:5478`, '--no-hairpin'];
			const ran = await lab.exec(host, [...argv, '--gateway', 'auto', '--format', 'json'], { timeoutMs: patience(40_000) });
			expect(ran.stderr).toBe('');
			const { gateway } = JSON.parse(ran.stdout).nat.ipv4;
			expect(gateway.because).toMatchObject({ rule, values });
		});
	});
});
