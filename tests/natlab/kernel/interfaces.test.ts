/** One machine with three interfaces: two homes with NATs of different behaviour, and one whose packets leave by another. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { patience } from '../../support/patience';
import { makeLab, type Lab } from './lab';
import { describeInLab } from './need';
import { startOwnServer } from './own-server';
import { clientNetwork, PROV } from './topology';

const COMMAND = fileURLToPath(new URL('../../../dist/icelens.mjs', import.meta.url));

const HOME = '192.168.1.2';
const SECOND = '192.168.2.77';
const STRAY = '10.99.0.2';
/** Chosen by the source address, as systems with several ways out do. */
const SECOND_WAY = `
	ip link add second type veth peer name port9 netns rB
	ip link set second up
	ip addr add ${SECOND}/24 dev second
	ip route add default via 192.168.2.1 dev second table 100
	ip rule add from ${SECOND} table 100
	ip link add stray type veth peer name nowhere
	ip link set stray up
	ip link set nowhere up
	ip addr add ${STRAY}/24 dev stray`;

describeInLab('icelens nat --interface', () => {
	let lab: Lab;
	beforeAll(async () => {
		lab = await makeLab('port-restricted', 'symmetric');
		await startOwnServer(lab, 'prov', { addresses: [...PROV.ipv4], port: 5478, alternatePort: 5479 });
		for (const [host, script] of [
			['A', SECOND_WAY],
			['rB', 'ip link set port9 master lan; ip link set port9 up']
		] as const) {
			const ran = await lab.exec(host, ['sh', '-e', '-c', script]);
			if (ran.status !== 0) throw new Error(ran.stderr);
		}
	}, patience(60_000));
	afterAll(() => lab?.close());

	async function ask(...more: string[]) {
		const argv = [process.execPath, COMMAND, 'nat', '--server', `${PROV.ipv4[0]}:5478`, '--no-hairpin', ...more];
		return lab.exec('A', argv, { timeoutMs: patience(60_000) });
	}

	it.concurrent('tells the NAT of each address, and that they differ', { timeout: patience(90_000) }, async () => {
		const ran = await ask('--interface', 'all', '--format', 'json');
		expect([ran.status, ran.stderr]).toEqual([0, '']);
		const { nat, interfaces, findings } = JSON.parse(ran.stdout);
		const [first, second, stray] = interfaces;
		expect(interfaces).toHaveLength(3);
		expect(first).toMatchObject({
			name: 'eth0',
			address: HOME,
			mapping: 'endpoint-independent',
			publicAddresses: [clientNetwork(1).outside]
		});
		expect(nat.ipv4.publicAddresses).toEqual(first.publicAddresses);
		expect(second).toMatchObject({
			name: 'second',
			address: SECOND,
			mapping: 'address-and-port-dependent',
			publicAddresses: [clientNetwork(2).outside]
		});
		expect(stray).toMatchObject({ name: 'stray', address: STRAY, mapping: 'unknown', publicAddresses: [], findings: [] });
		expect(findings.map(({ rule }: { rule: string }) => rule)).toEqual(['interface-without-answer', 'interfaces-differ']);
	});

	it.concurrent.each([
		['by name', 'second', SECOND],
		['by address', SECOND, SECOND]
	])('asks from the one that is chosen %s', { timeout: patience(60_000) }, async (_, chosen, address) => {
		const { interfaces, nat } = JSON.parse((await ask('--interface', chosen, '--format', 'json')).stdout);
		expect(interfaces).toMatchObject([{ address }]);
		expect(nat.ipv4.publicAddresses).toEqual([clientNetwork(2).outside]);
	});

	it.concurrent('names the interfaces that there are', async () => {
		const ran = await ask('--interface', 'wlan7');
		expect(ran.status).toBe(2);
		expect(ran.stderr).toContain(
			`"wlan7" is not all, nor an interface or address of this machine: eth0 (${HOME}), second (${SECOND})`
		);
	});

	it.concurrent('does not ask a router for an address that it does not serve', async () => {
		const ran = await ask('--interface', 'second', '--gateway', 'auto');
		expect(ran.status).toBe(2);
		expect(ran.stderr).toContain(`--gateway: 192.168.1.1 is reached from ${HOME}, which --interface second leaves out.`);
	});
});
