import { spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate, type Certificate } from '../../src/lib/server/certificate';
import type { NamespaceCommand } from './namespace-command';
import { patience } from './patience';
import { findProgram, PROGRAMS } from './require';

const READY_WITHIN_MS = patience(8000);

export interface CoturnOptions {
	/** Where it listens and relays, 127.0.0.1 unless given. Two addresses of one family switch RFC 5780 on. */
	addresses?: string[];
	/** UDP and TCP; a free one unless given (3478 inside a namespace). */
	port?: number;
	/** TURN over TLS: `true` makes a certificate for the addresses and takes a free port. */
	tls?: boolean | { port?: number; certificate?: Certificate };
	/** TURN REST: the shared secret. */
	secret?: string;
	/** One long-term user, when there is no secret. Default alice / secret. */
	user?: { name: string; password: string };
	/** Empty: the configuration names none. */
	realm?: string;
	/** More lines of turnserver.conf, such as `max-allocate-lifetime=60`. */
	extra?: string[];
	/** Runs inside this network namespace. */
	namespace?: NamespaceCommand;
}

export interface Coturn {
	/** turn: and stun: addresses of the first listening address: udp, tcp and, with `tls`, turns. */
	urls: { stun: string; udp: string; tcp: string; tls: string | null };
	address: string;
	port: number;
	tlsPort: number | null;
	realm: string;
	pid: number;
	/** What it wrote so far. */
	log(): string;
	close(): Promise<void>;
}

/** Starts a coturn of its own in a temporary folder; returns when it answers a STUN Binding. */
export async function startCoturn(options: CoturnOptions = {}): Promise<Coturn> {
	const turnserver = findProgram(...PROGRAMS.coturn);
	if (!turnserver) throw new Error('coturn is not installed (Debian package “coturn”)');
	const addresses = options.addresses ?? ['127.0.0.1'];
	const address = addresses[0]!;
	const isolated = options.namespace !== undefined;
	const port = options.port ?? (isolated ? 3478 : await freePort(address));
	const tlsWanted = options.tls === true ? {} : options.tls || null;
	const tlsPort = tlsWanted ? (tlsWanted.port ?? (isolated ? 5349 : await freePort(address))) : null;
	const realm = options.realm ?? 'icelens.test';
	const folder = mkdtempSync(join(tmpdir(), 'icelens-coturn-'));

	const lines = [
		...addresses.flatMap((each) => [`listening-ip=${each}`, `relay-ip=${each}`]),
		`listening-port=${port}`,
		// Without a line of its own the alternate port is port + 1, which may belong to somebody else.
		`alt-listening-port=${isolated ? port + 1 : await freePort(address)}`,
		...(realm === '' ? [] : [`realm=${realm}`]),
		'fingerprint',
		'no-cli',
		'no-dtls',
		'simple-log',
		'log-file=stdout',
		`pidfile=${join(folder, 'pid')}`,
		`userdb=${join(folder, 'users.db')}`
	];
	if (options.secret === undefined) {
		const user = options.user ?? { name: 'alice', password: 'secret' };
		lines.push('lt-cred-mech', `user=${user.name}:${user.password}`);
	} else {
		lines.push('use-auth-secret', `static-auth-secret=${options.secret}`);
	}
	if (addresses.every((each) => each.startsWith('127.') || each === '::1')) lines.push('allow-loopback-peers');
	if (tlsWanted) {
		const certificate = tlsWanted.certificate ?? (await makeCertificate(addresses));
		writeFileSync(join(folder, 'cert.pem'), certificate.cert);
		writeFileSync(join(folder, 'key.pem'), certificate.key);
		lines.push(`tls-listening-port=${tlsPort}`, `cert=${join(folder, 'cert.pem')}`, `pkey=${join(folder, 'key.pem')}`);
	} else {
		lines.push('no-tls');
	}
	lines.push(...(options.extra ?? []));
	writeFileSync(join(folder, 'turnserver.conf'), lines.join('\n') + '\n');

	const prefix = options.namespace ?? [];
	const command = [...prefix, turnserver, '-c', join(folder, 'turnserver.conf')];
	// In a group of its own, since a namespace's command may start it as a child.
	const child = spawn(command[0]!, command.slice(1), { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
	let log = '';
	const keep = (chunk: Buffer) => (log = (log + chunk.toString()).slice(-200_000));
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
	const close = async () => {
		// coturn takes seconds over SIGTERM and holds nothing worth saving.
		if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL');
		await ended;
		rmSync(folder, { recursive: true, force: true });
	};

	const probe = spawnSync(...probeCommand(prefix, address, port), { encoding: 'utf8' });
	if (probe.status !== 0 || child.exitCode !== null) {
		await close();
		throw new Error(`coturn did not answer on ${address}:${port} within ${READY_WITHIN_MS} ms\n${log}${probe.stderr ?? ''}`);
	}
	const host = address.includes(':') ? `[${address}]` : address;
	return {
		urls: {
			stun: `stun:${host}:${port}`,
			udp: `turn:${host}:${port}?transport=udp`,
			tcp: `turn:${host}:${port}?transport=tcp`,
			tls: tlsPort === null ? null : `turns:${host}:${tlsPort}?transport=tcp`
		},
		address,
		port,
		tlsPort,
		realm,
		pid: child.pid!,
		log: () => log,
		close
	};
}

/** The CPU time that a process has used so far, ms (Linux: 100 clock ticks a second, proc(5)). */
export function cpuMsOf(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
		.replace(/^.*\) /, '')
		.split(' ');
	return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Asks for a Binding from a small Node process, so that the same question can be put inside a namespace. */
function probeCommand(prefix: NamespaceCommand, address: string, port: number): [string, string[]] {
	const script = `
		const socket = require('node:dgram').createSocket('${address.includes(':') ? 'udp6' : 'udp4'}');
		const request = Buffer.from('000100002112a4426963656c656e733f72656164', 'hex');
		socket.on('message', () => process.exit(0));
		socket.on('error', () => {});
		const ask = () => socket.send(request, ${port}, '${address}', () => {});
		ask(); setInterval(ask, 50); setTimeout(() => process.exit(1), ${READY_WITHIN_MS});`;
	const command = [...prefix, process.execPath, '-e', script];
	return [command[0]!, command.slice(1)];
}

/** A port that is free for UDP and for TCP at this moment. */
export async function freePort(address: string): Promise<number> {
	for (;;) {
		const port = await new Promise<number>((resolve, reject) => {
			const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
			socket.once('error', reject);
			socket.bind(0, address, () => {
				const { port } = socket.address();
				socket.close(() => resolve(port));
			});
		});
		const free = await new Promise<boolean>((resolve) => {
			const server = createServer();
			server.once('error', () => resolve(false));
			server.listen(port, address, () => server.close(() => resolve(true)));
		});
		if (free) return port;
	}
}
