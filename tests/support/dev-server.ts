/** `vite dev` as a process of its own, on a free port. */
import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const START_MS = 60_000;

export interface DevServer {
	url: string;
	close(): Promise<void>;
}

export async function startDevServer(): Promise<DevServer> {
	const port = await freePort();
	const vite = fileURLToPath(new URL('../../node_modules/vite/bin/vite.js', import.meta.url));
	const child = spawn(process.execPath, [vite, 'dev', '--host', '127.0.0.1', '--port', String(port), '--strictPort'], {
		cwd: ROOT,
		env: { ...process.env, ICELENS_STUN_PORT: '0', ICELENS_TLS_PORT: '0', NODE_ENV: 'development' },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let output = '';
	child.stdout.on('data', (piece) => (output += piece));
	child.stderr.on('data', (piece) => (output += piece));
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	const url = `http://127.0.0.1:${port}`;
	const close = async () => {
		child.kill('SIGTERM');
		await ended;
	};
	const end = Date.now() + START_MS;
	while (!(await answers(url))) {
		if (Date.now() > end || child.exitCode !== null) {
			await close();
			throw new Error(`vite dev did not answer:\n${output}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	return { url, close };
}

async function answers(url: string): Promise<boolean> {
	try {
		// Not the page: compiling all of that takes long.
		const response = await fetch(`${url}/api/signal/none`);
		await response.body?.cancel();
		return response.status === 403;
	} catch {
		return false;
	}
}

function freePort(): Promise<number> {
	return new Promise((resolve) => {
		const server = createServer().listen(0, '127.0.0.1', () => {
			const { port } = server.address() as AddressInfo;
			server.close(() => resolve(port));
		});
	});
}
