/** The probes behind real kernel NATs and firewalls, in network namespaces: what each network lets through is what is seen. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Observation, ProbeData, ProbeId } from '../../src/lib/core/observations/observation';
import type { CheckConfig } from '../../src/lib/core/plan/config';
import { launchBrowser, type BrowserName } from '../support/browsers';
import { startCoturn, type Coturn } from '../support/coturn';
import { makeLab, PROV, STUN2, type Lab } from '../support/namespace';
import { writeProbePage } from '../support/probe-page';
import { describeWith, testWith } from '../support/require';
import type { RunRecord } from './harness/entry';

const NETWORKS = ['port-restricted', 'symmetric', 'udp-blocked', 'web-only'] as const;
const HOSTS = ['A', 'B', 'C', 'D'];
const DEADLINE_MS = 2500;
const account = { username: 'alice', credential: 'secret' };

function data<P extends ProbeId>(record: RunRecord, _probe: P, step: string): ProbeData[P] {
	const observation = record.observations.find((candidate: Observation) => candidate.step === step)!;
	if (observation.outcome.state !== 'seen') throw new Error(`${step}: ${JSON.stringify(observation.outcome)}`);
	return observation.outcome.data as ProbeData[P];
}

describeWith(['chromium', 'firefox', 'coturn', 'namespaces', 'nftables'], 'probes on other networks', () => {
	let folder: string;
	let page: string;
	let lab: Lab;
	let servers: Coturn[];
	let config: CheckConfig;
	let main: Coturn;

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'icelens-networks-'));
		[page, lab] = await Promise.all([writeProbePage(folder), makeLab(...NETWORKS)]);
		const start = async (host: string, address: string) => startCoturn({ namespace: lab.namespace(host), addresses: [address] });
		servers = await Promise.all([start('prov', PROV.ipv4[0]!), start('stun2', STUN2.ipv4[0]!)]);
		main = servers[0]!;
		config = {
			iceServers: [{ urls: [main.urls.stun, servers[1]!.urls.stun] }, { urls: [main.urls.udp, main.urls.tcp], ...account }],
			profile: 'full',
			limits: { deadlineMs: DEADLINE_MS, staggerMs: 40, relayBytes: 8192 },
			mediaPermission: false
		};
	});
	afterAll(async () => {
		await Promise.all((servers ?? []).map((server) => server.close()));
		await lab?.close();
		if (folder) rmSync(folder, { recursive: true, force: true });
	});

	const check = async (name: BrowserName, network: (typeof NETWORKS)[number]): Promise<RunRecord> => {
		const browser = await launchBrowser(name, { namespace: lab.namespace(HOSTS[NETWORKS.indexOf(network)]!) });
		try {
			await browser.goto(page);
			return await browser.evaluate<RunRecord>(`harness.check(${JSON.stringify(config)})`);
		} finally {
			await browser.close();
		}
	};
	/** Two deadlines, one behind the other, and what a page that stands still adds to each. */
	const mostMs = ({ stoodStillMs }: RunRecord) => 2.4 * (DEADLINE_MS + stoodStillMs);
	const gathered = (record: RunRecord, url: string) => data(record, 'server-gathering', `server-gathering ${url}`);
	const types = (record: RunRecord, url: string) => gathered(record, url).candidates.map(({ type }) => type);

	for (const name of ['chromium', 'firefox'] as BrowserName[]) {
		testWith(
			[],
			`${name} behind one mapping for all sees one address from two observers, and the browser done without an error`,
			async () => {
				const record = await check(name, 'port-restricted');
				const mapping = data(record, 'nat-mapping', 'nat-mapping early');
				expect(mapping.observers).toHaveLength(2);
				expect(mapping).toMatchObject({ endedBy: 'complete', errors: [] });
				const reflexive = mapping.candidates.filter(({ type }) => type === 'srflx');
				expect(reflexive.map(({ address }) => address)).toEqual(['198.51.100.1']);
				for (const url of [main.urls.udp, main.urls.tcp]) {
					const [direct] = data(record, 'relay', `relay ${url}`).runs;
					// Data left the relay for an address outside of it, as toward any peer.
					expect(direct).toMatchObject({ toward: 'direct', state: 'carried', bytesOut: 8192, bytesBack: 8192 });
					expect(direct!.relayAddress).toBe(PROV.ipv4[0]);
					expect(direct!.remote!.address ?? '198.51.100.1').toBe('198.51.100.1');
				}
			}
		);

		testWith([], `${name} behind a mapping for each destination sees another port from each observer`, async () => {
			const mapping = data(await check(name, 'symmetric'), 'nat-mapping', 'nat-mapping early');
			const ports = mapping.candidates.filter(({ type }) => type === 'srflx').map(({ port }) => port);
			expect(new Set(ports).size).toBe(2);
		});

		testWith(
			[],
			`${name} with UDP dropped sees nothing over UDP until the deadline, and TCP carries to another relay only`,
			async () => {
				const record = await check(name, 'udp-blocked');
				for (const url of [main.urls.stun, main.urls.udp]) {
					expect(gathered(record, url)).toMatchObject({ endedBy: 'deadline', errors: [] });
					expect(types(record, url).every((type) => type === 'host')).toBe(true);
				}
				expect(types(record, main.urls.tcp)).toContain('relay');
				const runs = data(record, 'relay', `relay ${main.urls.tcp}`).runs;
				expect(runs.map(({ toward, state }) => [toward, state])).toEqual([
					['direct', 'not-connected'],
					['self', 'carried']
				]);
				expect(record.observations.find(({ step }) => step === 'nat-mapping early')!.outcome.state).toBe('skipped');
				expect(record.tookMs).toBeLessThan(mostMs(record));
			}
		);

		testWith([], `${name} with UDP and TCP to the servers dropped sees no event at all, and the deadlines end it`, async () => {
			const record = await check(name, 'web-only');
			for (const url of [main.urls.stun, main.urls.udp, main.urls.tcp]) {
				expect(gathered(record, url)).toMatchObject({ endedBy: 'deadline', completeMs: null, errors: [] });
				expect(types(record, url).every((type) => type === 'host')).toBe(true);
			}
			expect(record.tookMs).toBeLessThan(mostMs(record));
			expect(record.openAfter).toBe(0);
		});
	}
});
