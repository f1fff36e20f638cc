import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deliver, startAgent } from './agent';
import { makeLab, type Lab } from './lab';
import { describeInLab, describeWithWire } from './need';
import { holderCommand, run, SANDBOX_ENV } from './sandbox';
import { PROV } from './topology';
import { patience } from '../../support/patience';
import type { Link } from './wire';

/** Tries, for packets that have to arrive over a link that loses them. */
const MANY = 1000;

interface Carried {
	/** Of the datagram that was fastest, and the one in the middle, ms. Both ends read the same clock. */
	least: number;
	/** The fastest of those sent one at a time, ms. */
	alone: number;
	median: number;
	arrivedRatio: number;
}

/** Sends so many datagrams out and as many in, and waits until none of them can be on its way any more. */
async function measure(lab: Lab, count: number): Promise<Carried> {
	const [client, prov] = await Promise.all([startAgent(lab, 'A'), startAgent(lab, 'prov')]);
	const here = await client.open(lab.hosts['A']!.ipv4[0]!);
	const there = await prov.open(PROV.ipv4[0]!, 7001);
	const mapped = (await deliver(here, there, there.local, MANY))!;
	const delays: number[] = [];
	let alone = Infinity;
	const directions = [
		{ from: here, at: there, to: there.local },
		{ from: there, at: here, to: mapped }
	];
	for (const { from, at, to } of directions) {
		const arrivals = Array.from({ length: count }, (_, i) => {
			const sent = performance.now();
			void from.send(to, `packet ${i}`);
			return at.arrival(`packet ${i}`, patience(60_000)).then((source) => source && delays.push(performance.now() - sent));
		});
		// One that arrives was sent after the one before had arrived: the link reorders over less than three of its delays.
		for (let i = 0; i < 4; i++) await deliver(from, at, to, MANY);
		await Promise.race([Promise.all(arrivals), at.drain()]);
		// One at a time, so that none waits behind the others.
		for (let i = 0; i < 20; i++) {
			const sent = performance.now();
			if (await deliver(from, at, to, MANY)) alone = Math.min(alone, performance.now() - sent);
		}
	}
	await Promise.all([client.stop(), prov.stop()]);
	delays.sort((a, b) => a - b);
	return { least: delays[0]!, alone, median: delays[Math.floor(delays.length / 2)]!, arrivedRatio: delays.length / (2 * count) };
}

describeInLab('a kernel lab', () => {
	let lab: Lab;
	beforeAll(async () => {
		lab = await makeLab('port-restricted', 'symmetric', { profile: 'port-restricted', sameHomeAs: 'A' });
	});
	afterAll(() => lab?.close());

	it('gives every client its own home, and shares one where asked', () => {
		expect(lab.hosts['A']).toEqual({ ipv4: ['192.168.1.2'], ipv6: [] });
		expect(lab.hosts['B']).toEqual({ ipv4: ['192.168.2.2'], ipv6: [] });
		expect(lab.hosts['C']).toEqual({ ipv4: ['192.168.1.3'], ipv6: [] });
	});

	it('runs commands with the host’s own names, and passes on input, output and status', async () => {
		const names = await lab.exec('A', ['cat', '/etc/hosts']);
		expect(names.stdout).toContain('203.0.113.10 prov.lab prov.lab.');
		expect(await lab.exec('A', ['sh', '-c', 'cat; echo no >&2; exit 3'], { input: 'yes' })).toEqual({
			status: 3,
			stdout: 'yes',
			stderr: 'no\n'
		});
	});

	it('leads nowhere: what is not in it vanishes', async () => {
		const routes = await lab.exec('core', ['ip', 'route', 'show', 'default']);
		expect(routes.stdout.trim()).toBe('blackhole default');
		const links = await lab.exec('core', ['ip', '-o', 'link']);
		expect(
			links.stdout
				.trim()
				.split('\n')
				.map((line) => line.split(': ')[1]!.split('@')[0])
		).toEqual(['lo', 'to-prov', 'to-stun2', 'to-web', 'to-gate', 'to-rA', 'to-rB']);
	});

	it('says which hosts it has when asked for another', () => {
		expect(() => lab.commandLine('Q', ['true'])).toThrow('No host Q in this lab: prov, stun2, web, gate, pod1, pod2, A, B, C.');
	});

	it('makes an executable that runs in a host', async () => {
		const path = lab.executable('B', '/bin/cat');
		const read = await run([path, '/etc/hosts']);
		expect(read.stdout).toContain('prov.lab');
	});

	it('gives the command line that runs what follows it in a host', async () => {
		const read = await run([...lab.namespace('B'), 'ip', '-o', '-4', 'addr', 'show', 'eth0']);
		expect(read.stdout).toContain('192.168.2.2');
	});

	it('refuses to join a home that is not there', async () => {
		await expect(makeLab({ profile: 'port-restricted', sameHomeAs: 'Q' })).rejects.toThrow('not in this lab');
	});
});

describeInLab('after a kernel lab', () => {
	it('nothing is left, even when its owner was killed', async () => {
		const source = `
			import { spawn } from 'node:child_process';
			const [program, ...argv] = ${JSON.stringify(holderCommand())};
			const holder = spawn(program, argv, { stdio: ['pipe', 'pipe', 'inherit'] });
			holder.stdout.once('data', (pid) => {
				process.stdout.write(pid, () => process.kill(process.pid, 'SIGKILL'));
			});`;
		const owner = spawnSync(process.execPath, ['--input-type=module', '-e', source], { encoding: 'utf8', env: SANDBOX_ENV });
		expect(owner.signal).toBe('SIGKILL');
		const pid = owner.stdout.trim();
		expect(pid).toMatch(/^\d+$/);
		await expect.poll(() => existsSync(`/proc/${pid}`)).toBe(false);
	});
});

await describeWithWire('an impaired link', () => {
	it('can be changed while it carries', async () => {
		const lab = await makeLab({ profile: 'port-restricted', link: { delayMs: 0 } });
		try {
			expect((await measure(lab, 100)).arrivedRatio).toBe(1);
			await lab.setLink('A', { up: { lossRatio: 0.5 } });
			const lossy = await measure(lab, 100);
			// Half of those one way, all of those back.
			expect(lossy.arrivedRatio).toBeGreaterThan(0.6);
			expect(lossy.arrivedRatio).toBeLessThan(0.9);
			await lab.setLink('A', { delayMs: 0 });
			expect((await measure(lab, 100)).arrivedRatio).toBe(1);
			await expect(lab.setLink('B', {})).rejects.toThrow('no link of its own');
		} finally {
			await lab.close();
		}
	});

	// What a link adds is held against the same lab with a link that adds nothing: a busy machine is as slow there.
	const cases: { link: Link; says: string; leastMs: number; arrived: [number, number] }[] = [
		{ link: { delayMs: 40 }, says: 'delays each way by 40 ms and not by twice as much', leastMs: 40, arrived: [1, 1] },
		{
			link: { delayMs: 30, jitterMs: 15, reorders: true },
			says: 'delays by 15 ms at least',
			leastMs: 15,
			arrived: [1, 1]
		},
		{ link: { lossRatio: 0.2 }, says: 'loses one in five and delays none', leastMs: 0, arrived: [0.7, 0.9] }
	];
	it.each(cases.map((one) => [one.says, one] as const))('%s', async (_, { link, leastMs, arrived }) => {
		const lab = await makeLab({ profile: 'port-restricted', link: { delayMs: 0 } });
		try {
			const control = await measure(lab, 200);
			await lab.setLink('A', link);
			const seen = await measure(lab, 200);
			expect(seen.least).toBeGreaterThanOrEqual(leastMs - 1);
			expect(seen.arrivedRatio).toBeGreaterThanOrEqual(arrived[0]);
			expect(seen.arrivedRatio).toBeLessThanOrEqual(arrived[1]);
			// The fastest of those sent alone: what the machine adds to it is a fraction of what it adds to one among many.
			expect(seen.alone).toBeLessThan(2 * leastMs + control.median + 1);
		} finally {
			await lab.close();
		}
	});
});
