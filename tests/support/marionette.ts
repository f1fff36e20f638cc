/**
 * Firefox by its own remote protocol (Marionette), for what WebDriver BiDi does not reach: scripts with the browser's rights,
 * which pages such as about:webrtc need.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram, PROGRAMS } from './programs';

export interface Marionette {
	command<R>(name: string, parameters?: Record<string, unknown>): Promise<R>;
	/** Runs the body of an async function in the page, or with the browser's rights. */
	run<R>(context: 'content' | 'chrome', body: string, ...args: unknown[]): Promise<R>;
	close(): Promise<void>;
}

const START_MS = 30_000;

export async function launchMarionette(prefs: Record<string, boolean | number | string> = {}): Promise<Marionette> {
	const program = findProgram(...PROGRAMS.firefox);
	if (!program) throw new Error('Firefox is not installed.');
	const profile = mkdtempSync(join(tmpdir(), 'icelens-marionette-'));
	const port = await freePort();
	const all = {
		...prefs,
		'marionette.port': port,
		'media.navigator.streams.fake': true,
		'permissions.default.microphone': 1,
		'permissions.default.camera': 1,
		'media.peerconnection.ice.loopback': true
	};
	writeFileSync(
		join(profile, 'user.js'),
		Object.entries(all)
			.map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
			.join('')
	);
	const child = spawn(
		program,
		['--headless', '--marionette', '--remote-allow-system-access', '--no-remote', '--profile', profile],
		{ stdio: 'ignore' }
	);
	const socket = await connect(port);
	const { command } = speak(socket);
	await command('WebDriver:NewSession', { capabilities: {} });
	await command('WebDriver:SetTimeouts', { script: 60_000 });
	return {
		command,
		async run(context, body, ...args) {
			await command('Marionette:SetContext', { value: context });
			const script = `const [resolve, ...given] = [arguments[arguments.length - 1], ...arguments]; (async (...args) => { ${body} })(...given.slice(0, -1)).then((value) => resolve({ value }), (error) => resolve({ error: String(error) }));`;
			const { value } = await command<{ value: { value: never; error?: string } }>('WebDriver:ExecuteAsyncScript', {
				script,
				args,
				newSandbox: false,
				sandbox: 'default'
			});
			if (value.error) throw new Error(value.error);
			return value.value;
		},
		async close() {
			await command('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => undefined);
			socket.destroy();
			child.kill('SIGKILL');
			await new Promise((resolve) => setTimeout(resolve, 300));
			rmSync(profile, { recursive: true, force: true });
		}
	};
}

function freePort(): Promise<number> {
	return new Promise((resolve) => {
		const server = createServer().listen(0, '127.0.0.1', () => {
			const { port } = server.address() as { port: number };
			server.close(() => resolve(port));
		});
	});
}

async function connect(port: number): Promise<Socket> {
	const until = Date.now() + START_MS;
	for (;;) {
		const socket = await new Promise<Socket | null>((resolve) => {
			const made = createConnection(port, '127.0.0.1', () => resolve(made)).on('error', () => resolve(null));
		});
		if (socket) return socket;
		if (Date.now() > until) throw new Error('Firefox does not listen for Marionette.');
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

/** Messages are `length:[type, id, …]`; the first one is the greeting. */
function speak(socket: Socket): Pick<Marionette, 'command'> {
	const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
	let buffer = Buffer.alloc(0);
	let next = 1;
	socket.on('data', (data) => {
		buffer = Buffer.concat([buffer, data]);
		for (;;) {
			const colon = buffer.indexOf(':');
			const length = Number(buffer.subarray(0, Math.max(0, colon)).toString());
			if (colon < 0 || buffer.length < colon + 1 + length) return;
			const message = JSON.parse(buffer.subarray(colon + 1, colon + 1 + length).toString()) as unknown;
			buffer = buffer.subarray(colon + 1 + length);
			if (!Array.isArray(message)) continue;
			const [, id, error, value] = message as [number, number, { message: string } | null, never];
			const one = waiting.get(id);
			waiting.delete(id);
			if (error) one?.reject(new Error(error.message));
			else one?.resolve(value);
		}
	});
	return {
		command: (name, parameters = {}) =>
			new Promise((resolve, reject) => {
				const id = next++;
				waiting.set(id, { resolve, reject });
				const text = JSON.stringify([0, id, name, parameters]);
				socket.write(`${Buffer.byteLength(text)}:${text}`);
			})
	};
}
