/**
 * Forwards a TCP port into a network namespace: a connection to `127.0.0.1:port` here reaches the same port of the loopback there. It
 * goes through a Unix socket, which belongs to the file system and not to a network namespace.
 */
import { spawn } from 'node:child_process';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import type { NamespaceCommand } from './namespace-command';

/** Runs inside; argv is the path of the Unix socket and the port. Prints `ready` once it listens. */
const INSIDE = `
const net = require('node:net');
const [path, port] = process.argv.slice(1);
net.createServer((outer) => {
	const inner = net.connect(Number(port), '127.0.0.1');
	const end = () => { outer.destroy(); inner.destroy(); };
	outer.on('error', end).on('close', end);
	inner.on('error', end).on('close', end);
	outer.pipe(inner).pipe(outer);
}).listen(path, () => console.log('ready'));
process.stdin.resume().on('end', () => process.exit());
`;

export interface PortForwarder {
	port: number;
	close(): void;
}

export async function forwardPort(namespace: NamespaceCommand, folder: string): Promise<PortForwarder> {
	const path = join(folder, 'forwarder.sock');
	const server: Server = createServer((outer) => {
		const inner = connect(path);
		const end = () => {
			outer.destroy();
			inner.destroy();
		};
		outer.on('error', end).on('close', end);
		inner.on('error', end).on('close', end);
		outer.pipe(inner).pipe(outer);
	});
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const [program, ...args] = [...namespace, process.execPath, '-e', INSIDE, path, String(port)];
	const child = spawn(program!, args, { stdio: ['pipe', 'pipe', 'pipe'] });
	let complaint = '';
	child.stderr.on('data', (chunk) => (complaint += String(chunk)));
	const close = () => {
		server.close();
		// The process ends when its input is closed.
		child.stdin.end();
	};
	try {
		await new Promise<void>((resolve, reject) => {
			child.stdout.once('data', () => resolve());
			child.once('exit', () => reject(new Error(`the port could not be forwarded into the namespace: ${complaint.trim()}`)));
		});
	} catch (error) {
		close();
		throw error;
	}
	return { port, close };
}
