import { createServer, type Server } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { parseIceUrl } from '../core/stun/uri';
import { makeCertificate } from './certificate';
import { namesOf } from './embedded';
import { currentServices, startServices, stopServices, type Services } from './services';
import { readSettings } from './settings';
import { isLoadTest } from './turn/rest-credentials';

const folder = mkdtempSync(join(tmpdir(), 'icelens-services-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => stopServices());

function start(env: Record<string, string> = {}) {
	const settings = readSettings({ ICELENS_STUN_PORT: '0', ICELENS_TLS_PORT: '0', ...env });
	if (!settings.ok) throw new Error(settings.error.message);
	return startServices(settings.value);
}

/** A TCP port of the loopback that somebody else holds. */
function takePort(): Promise<{ server: Server; port: number }> {
	return new Promise((resolve) => {
		const server = createServer().listen(0, '127.0.0.1', () =>
			resolve({ server, port: (server.address() as { port: number }).port })
		);
	});
}

const serversOf = async (services: Services, host: string | null, source: string | null = null) =>
	(await services.iceServersFor(host, source)).iceServers;
const urlsOf = (servers: { urls: string[] }[]) => servers.flatMap(({ urls }) => urls);
const portOf = (url: string) => {
	const parsed = parseIceUrl(url);
	return parsed.ok ? parsed.value.port : null;
};

describe('startServices', () => {
	test('starts once when called twice, and stops', async () => {
		const first = await start();
		expect(await start()).toBe(first);
		expect(await currentServices()).toBe(first);
		await stopServices();
		await expect(currentServices()).rejects.toThrow('not been started');
		expect(await start()).not.toBe(first);
	});

	test('offers STUN and TURN over UDP and TCP by default, with a credential for each visitor', async () => {
		const services = await start();
		const beforeS = Math.floor(Date.now() / 1000);
		const [stun, turn] = await serversOf(services, '127.0.0.1:8478');
		const afterS = Math.ceil(Date.now() / 1000);
		expect(stun!.urls).toEqual([expect.stringMatching(/^stun:127\.0\.0\.1:\d+$/)]);
		expect(turn!.urls).toEqual([
			expect.stringMatching(/^turn:.*\?transport=udp$/),
			expect.stringMatching(/^turn:.*\?transport=tcp$/)
		]);
		const expiresS = Number(turn!.username!.split(':')[0]);
		expect(expiresS).toBeGreaterThanOrEqual(beforeS + 3600);
		expect(expiresS).toBeLessThanOrEqual(afterS + 3600);
		const [, again] = await serversOf(services, '127.0.0.1:8478');
		expect(again!.username).not.toBe(turn!.username);
		expect(services.notes.join()).toContain('self-made certificate');
	});

	test('takes the next free port where one is taken, and says so in a note', async () => {
		const { server, port } = await takePort();
		try {
			const services = await start({ ICELENS_STUN_PORT: String(port) });
			const used = portOf(urlsOf(await serversOf(services, null))[0]!)!;
			expect(used).toBeGreaterThan(port);
			expect(services.notes).toContain(`Port ${port} was taken by another program, so STUN/TURN is on port ${used}.`);
		} finally {
			server.close();
		}
	});

	test('moves only TLS where the TLS port is taken', async () => {
		const { server, port } = await takePort();
		try {
			const services = await start({ ICELENS_TLS_PORT: String(port) });
			expect(services.notes.filter((note) => note.includes('was taken'))).toEqual([
				expect.stringMatching(new RegExp(`^Port ${port} was taken .* TURN over TLS is on port \\d+\\.$`))
			]);
		} finally {
			server.close();
		}
	});

	test('gives one source no credentials without end, and others theirs', async () => {
		const services = await start();
		const ask = async (source: string | null) => (await services.iceServersFor(null, source)).iceServers.length === 2;
		let given = 0;
		for (let i = 0; i < 1000; i++) if (await ask('198.51.100.7')) given++;
		expect(given).toBeGreaterThanOrEqual(60);
		expect(given).toBeLessThan(70);
		const { iceServers, notes } = await services.iceServersFor(null, '198.51.100.7');
		expect([urlsOf(iceServers).every((url) => url.startsWith('stun:')), notes.at(-1)]).toEqual([
			true,
			expect.stringContaining('No TURN credential was given')
		]);
		expect(await ask('198.51.100.8')).toBe(true);
		for (let i = 0; i < 100; i++) expect(await ask(null)).toBe(true);
	});

	test('load tests have credentials of their own, which say so and are given rarely', async () => {
		const services = await start();
		const names: (string | undefined)[] = [];
		for (let i = 0; i < 8; i++)
			names.push((await services.iceServersFor(null, '198.51.100.7', 'load-test')).iceServers[1]?.username);
		expect(names.slice(0, 6).every((name) => isLoadTest(name!))).toBe(true);
		expect(names.slice(6)).toEqual([undefined, undefined]);
		expect(isLoadTest((await serversOf(services, null, '198.51.100.7'))[1]!.username!)).toBe(false);
	});

	test('offers only STUN with ICELENS_TURN=off', async () => {
		const services = await start({ ICELENS_TURN: 'off' });
		expect(urlsOf(await serversOf(services, null)).every((url) => url.startsWith('stun:'))).toBe(true);
	});

	test('offers four observers with two addresses and two ports', async () => {
		const services = await start({ ICELENS_ADDRESSES: '127.0.0.1,127.0.0.2' });
		const [stun] = await serversOf(services, null);
		expect(new Set(stun!.urls).size).toBe(4);
	});

	test("offers the operator's servers instead of the embedded one, with credentials from the secret where a TURN entry has none", async () => {
		const servers = JSON.stringify([
			{ urls: 'stun:stun.example.org' },
			{ urls: 'turn:a.example.org' },
			{ urls: 'turn:b.example.org', username: 'me', credential: 'mine' }
		]);
		const secret = 'a shared secret of some length';
		const services = await start({ ICELENS_ICE_SERVERS: servers, ICELENS_TURN: 'off', ICELENS_TURN_SECRET: secret });
		const [stun, minted, own] = await serversOf(services, null);
		expect(stun).toEqual({ urls: ['stun:stun.example.org'] });
		expect(minted!.username).toMatch(/^\d+:/);
		expect(minted!.credential).toMatch(/^[A-Za-z0-9+/]{27}=$/);
		expect(own).toMatchObject({ username: 'me', credential: 'mine' });
		await stopServices();

		const without = await start({ ICELENS_ICE_SERVERS: servers, ICELENS_TURN: 'off' });
		expect((await serversOf(without, null))[1]).toEqual({ urls: ['turn:a.example.org'] });
	});

	test('offers TURN over TLS under the name in the certificate', async () => {
		const { cert, key } = await makeCertificate(['turn.example.org', '127.0.0.1']);
		const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
		writeFileSync(certFile, cert);
		writeFileSync(keyFile, key);
		const services = await start({ ICELENS_TLS_CERT: certFile, ICELENS_TLS_KEY: keyFile });
		expect(urlsOf(await serversOf(services, '127.0.0.1'))).toContainEqual(
			expect.stringMatching(/^turns:127\.0\.0\.1:\d+\?transport=tcp$/)
		);
		expect(urlsOf(await serversOf(services, 'localhost'))).toContainEqual(expect.stringMatching(/^turns:turn\.example\.org:/));
		expect(services.notes).toEqual([]);
		expect(namesOf(cert)).toEqual(['turn.example.org', '127.0.0.1']);
	});

	test('refuses to start on an address of another machine, and leaves nothing running', async () => {
		await expect(start({ ICELENS_ADDRESSES: '203.0.113.7' })).rejects.toThrow(/203\.0\.113\.7 is not an address of this machine/);
		await expect(currentServices()).rejects.toThrow('not been started');
	});
});
