/** One client, one table, two servers: ours, and coturn as the oracle that the table is right. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeCertificate } from '../../../src/lib/server/certificate';
import { startTurnServer, type TurnServer, type TurnServerOptions } from '../../../src/lib/server/turn/turn-server';
import { freePort, startCoturn, type Coturn } from '../../support/coturn';
import { PEERS_HERE } from '../../support/peers-here';
import { describeWith } from '../../support/require';
import { ALICE, BOB, CHECKS, QUOTA, SECRET, type Target, type Tools } from './checks-table';
import { Peer, TurnClient } from './client';
import { readAttribute } from '../../../src/lib/core/stun/message';

const REALM = 'icelens.test';
const ADDRESSES = ['127.0.0.1', '127.0.0.2', '::1'];

let target: Target;
const open: { close(): void }[] = [];

const tools: Tools = {
	get target() {
		return target;
	},
	async client(transport = 'udp', options = {}) {
		const port = options.port ?? (transport === 'tls' ? target.tlsPort : target.port);
		const client = await TurnClient.open(transport, options.address ?? '127.0.0.1', port, options.user ?? ALICE, options.from);
		open.push(client);
		return client;
	},
	async allocated(transport = 'udp', user = ALICE) {
		const client = await tools.client(transport, { user });
		const answer = await client.allocate();
		const relay = answer && readAttribute(answer, 'XOR-RELAYED-ADDRESS');
		if (!relay) throw new Error('no allocation to begin with');
		return { client, relay };
	},
	async peer(address) {
		const peer = await Peer.open(address);
		open.push(peer);
		return peer;
	}
};

afterEach(() => {
	for (const each of open.splice(0)) each.close();
});

test('has enough checks, with unique names', () => {
	expect(CHECKS.length).toBeGreaterThanOrEqual(46);
	expect(new Set(CHECKS.map(({ name }) => name)).size).toBe(CHECKS.length);
});

describe('embedded server', () => {
	const servers: TurnServer[] = [];
	const start = async (options: TurnServerOptions) => {
		const started = await startTurnServer({ realm: REALM, port: 0, peers: PEERS_HERE, ...options });
		if (!started.ok) throw new Error(started.error.message);
		servers.push(started.value);
		return started.value.endpoints;
	};

	beforeAll(async () => {
		const users = { [ALICE.username]: ALICE.password, [BOB.username]: BOB.password };
		const tls = { port: 0, ...(await makeCertificate(['127.0.0.1'])) };
		// UDP clients that just go away leave allocations behind: room for every check's.
		const quotas = { perUser: 1000, perSource: 1000 };
		const endpoints = await start({ addresses: ADDRESSES, alternatePort: 0, tls, users, quotas });
		const rest = await start({ secret: SECRET, quotas: { perUser: QUOTA } });
		target = {
			port: endpoints[0]!.port,
			alternatePort: endpoints[1]!.port,
			tlsPort: endpoints.find(({ protocol }) => protocol === 'tls')!.port,
			restPort: rest[0]!.port
		};
	});
	afterAll(async () => {
		await Promise.all(servers.map((server) => server.close()));
	});

	test.each(CHECKS)('$name: $want ($cite)', async ({ run, want }) => {
		expect(await run(tools)).toBe(want);
	});
});

/** What coturn is asked, and what it says. */
const ORACLE = CHECKS.flatMap((check) => {
	const says = check.coturn ? check.coturn.says : check.want;
	return says === null ? [] : [{ ...check, says }];
});

describeWith(['coturn'], 'coturn as oracle', () => {
	const servers: Coturn[] = [];

	beforeAll(async () => {
		const main = { addresses: ADDRESSES, realm: REALM, tls: true, user: { name: ALICE.username, password: ALICE.password } };
		const alternatePort = await freePort('127.0.0.1');
		servers.push(
			await startCoturn({
				...main,
				// The last line counts, so this one takes the place of the helper's choice.
				extra: [`user=${BOB.username}:${BOB.password}`, `alt-listening-port=${alternatePort}`]
			})
		);
		servers.push(await startCoturn({ realm: REALM, secret: SECRET, extra: [`user-quota=${QUOTA}`] }));
		target = { port: servers[0]!.port, alternatePort, tlsPort: servers[0]!.tlsPort!, restPort: servers[1]!.port };
	});
	afterAll(async () => {
		await Promise.all(servers.map((server) => server.close()));
	});

	test.each(ORACLE)('$name: $says ($cite)', async ({ run, says, coturn }) => {
		const said = await run(tools);
		if (typeof says === 'string') expect(said, coturn?.why).toBe(says);
		else expect(said, coturn?.why).toMatch(says);
	});
});
