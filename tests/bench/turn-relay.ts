/**
 * What relaying a packet costs: the embedded server beside coturn, on this machine, in one run:
 * `npm run lab -- bench-turn [seconds] [rounds]`. Packets a second depend on this load generator too, which takes its share of
 * the machine; the server's CPU time a packet hardly does: compare that.
 */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { writeChannelData } from '../../src/lib/core/stun/channel-data';
import { encodeMessage } from '../../src/lib/core/stun/message';
import { METHODS } from '../../src/lib/core/stun/methods-table';
import { TurnClient } from '../interop/turn/client';
import { startCoturn } from '../support/coturn';

const USER = { username: 'alice', password: 'secret' };
const CLIENTS = 4;
const PAYLOAD_BYTES = 1000;
/** Packets that each client keeps on the way: enough to keep a server busy, too few to overflow a socket. */
const WINDOW = 24;
const CHANNEL = 0x4000;

const WAYS = ['ChannelData', 'indications'] as const;
type Way = (typeof WAYS)[number];

interface Served {
	name: 'embedded' | 'coturn';
	port: number;
	pid: number;
	close(): Promise<void>;
}

interface Load {
	packetsPerS: number;
	/** Of the server, a relayed packet. */
	cpuUs: number;
	residentMb: number;
}

export async function main([secondsText, roundsText]: string[]): Promise<number> {
	const seconds = Number(secondsText ?? 3);
	const rounds = Number(roundsText ?? 3);
	const servers = [await startEmbedded(), await startOracle()];
	const results: { server: string; way: Way; load: Load }[] = [];
	try {
		// Turn about, so that what else the machine does meets both.
		for (let round = 0; round < rounds; round++) {
			for (const way of WAYS) {
				for (const server of servers) results.push({ server: server.name, way, load: await measure(server, way, seconds) });
			}
		}
	} finally {
		for (const server of servers) await server.close();
	}
	console.log(`${CLIENTS} clients, ${PAYLOAD_BYTES} bytes, ${seconds} s, median of ${rounds} rounds`);
	for (const way of WAYS) {
		const of = (name: string, field: keyof Load) =>
			median(results.filter((each) => each.server === name && each.way === way).map(({ load }) => load[field]));
		for (const { name } of servers) {
			const rate = of(name, 'packetsPerS');
			const mbit = Math.round((rate * PAYLOAD_BYTES * 8) / 1e6);
			const cells = [way.padEnd(11), name.padEnd(8), `${Math.round(rate)} packets/s`.padStart(16), `${mbit} Mbit/s`.padStart(11)];
			console.log(
				`${cells.join('  ')}  ${of(name, 'cpuUs').toFixed(2)} µs CPU a packet  ${Math.round(of(name, 'residentMb'))} MB`
			);
		}
		const ratio = (field: keyof Load) => (of('embedded', field) / of('coturn', field)).toFixed(2);
		console.log(`${way.padEnd(11)}  embedded/coturn: ${ratio('cpuUs')} in CPU a packet, ${ratio('packetsPerS')} in packets/s`);
	}
	return 0;
}

/** Bundled as the app bundles it, in a process of its own. */
async function startEmbedded(): Promise<Served> {
	const folder = mkdtempSync(join(tmpdir(), 'icelens-bench-'));
	const input = fileURLToPath(new URL('./turn-relay-server.ts', import.meta.url));
	await build({
		configFile: false,
		logLevel: 'error',
		build: { ssr: input, outDir: folder, minify: false, rollupOptions: { output: { entryFileNames: 'server.mjs' } } }
	});
	const child = fork(join(folder, 'server.mjs'));
	const port = await new Promise<number>((resolve, reject) => {
		child.once('message', (message) => resolve(Number(message)));
		child.once('exit', () => reject(new Error('the embedded server did not start')));
	});
	const close = async () => {
		child.disconnect();
		rmSync(folder, { recursive: true, force: true });
	};
	return { name: 'embedded', port, pid: child.pid!, close };
}

async function startOracle(): Promise<Served> {
	const { port, pid, close } = await startCoturn({ user: { name: USER.username, password: USER.password } });
	return { name: 'coturn', port, pid, close };
}

/** Clients send through the server to a peer that sends back, as fast as their windows let them. */
async function measure(server: Served, way: Way, seconds: number): Promise<Load> {
	const peer = createSocket({
		type: 'udp4',
		recvBufferSize: 1e6,
		sendBufferSize: 1e6,
		lookup: (host, _options, done) => done(null, host, 4)
	});
	peer.on('message', (data, from) => peer.send(data, from.port, from.address));
	await new Promise<void>((resolve) => peer.bind(0, '127.0.0.1', resolve));
	const target = { address: '127.0.0.1', port: peer.address().port };
	const payload = new Uint8Array(PAYLOAD_BYTES).fill(7);
	// Put together once: the load generator shall cost little.
	const packet =
		way === 'ChannelData'
			? writeChannelData(CHANNEL, payload, false)
			: encodeMessage({
					method: METHODS.Send,
					class: 'indication',
					transactionId: randomBytes(12),
					attributes: [
						['XOR-PEER-ADDRESS', target],
						['DATA', payload]
					]
				});

	const clients: TurnClient[] = [];
	for (let i = 0; i < CLIENTS; i++) {
		const client = await TurnClient.open('udp', '127.0.0.1', server.port, USER);
		const allocated = await client.allocate();
		const bound =
			way === 'ChannelData'
				? await client.request('ChannelBind', [
						['CHANNEL-NUMBER', CHANNEL],
						['XOR-PEER-ADDRESS', target]
					])
				: await client.request('CreatePermission', [['XOR-PEER-ADDRESS', target]]);
		if (allocated?.class !== 'success' || bound?.class !== 'success') throw new Error(`${server.name} did not serve a client`);
		clients.push(client);
	}

	let returned = 0;
	let running = true;
	for (const client of clients) {
		client.divert((bytes) => {
			if (bytes.length < PAYLOAD_BYTES) return;
			returned++;
			if (running) client.sendRaw(packet);
		});
		for (let i = 0; i < WINDOW; i++) client.sendRaw(packet);
	}
	// A lost packet narrows the window for good: widen it from time to time.
	const refill = setInterval(() => clients.forEach((client) => client.sendRaw(packet)), 50);
	await pause(300);
	const begin = { cpuUs: cpuUsOf(server.pid), atMs: performance.now(), returned };
	await pause(seconds * 1000);
	const end = { cpuUs: cpuUsOf(server.pid), atMs: performance.now(), returned };
	running = false;
	clearInterval(refill);
	await pause(100);
	for (const client of clients) {
		client.divert(null);
		await client.request('Refresh', [['LIFETIME', 0]]);
		client.close();
	}
	peer.close();
	// What came back went through the server twice.
	const relayed = 2 * (end.returned - begin.returned);
	return {
		packetsPerS: relayed / ((end.atMs - begin.atMs) / 1000),
		cpuUs: (end.cpuUs - begin.cpuUs) / relayed,
		residentMb: Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))![1]) / 1024
	};
}

/** CPU time of a process so far, µs (Linux: 100 ticks a second, proc(5)). */
function cpuUsOf(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
		.replace(/^.*\) /, '')
		.split(' ');
	return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}

function median(list: number[]): number {
	return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]!;
}
