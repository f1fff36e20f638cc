/** A real Janus with a configuration of its own, on the loopback or inside a network namespace, ended by its process id. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NamespaceCommand } from './namespace-command';
import { findProgram, PROGRAMS } from './programs';
import { until } from './until';

export interface JanusOptions {
	/** Where it listens for HTTP. Its candidates have every IPv4 address of the machine but the loopback's. */
	host: string;
	port: number;
	namespace?: NamespaceCommand;
}

export interface Janus {
	/** Where its HTTP API is. */
	url: string;
	version: string;
	close(): Promise<void>;
}

/** Nothing else of Janus listens: no other transport, no administration. */
const filesFor = ({ host, port }: JanusOptions): Record<string, string> => ({
	'janus.jcfg': `
general: { session_timeout = 120 }
media: { }
nat: { }
plugins: { disable = "${UNUSED_PLUGINS.map((name) => `libjanus_${name}.so`).join()}" }
transports: { disable = "libjanus_pfunix.so,libjanus_websockets.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_rabbitmq.so" }
`,
	'janus.transport.http.jcfg': `
general: { json = "compact", base_path = "/janus", http = true, port = ${port}, ip = "${host}", https = false }
admin: { admin_http = false }
cors: { }
`,
	'janus.plugin.echotest.jcfg': 'general: { }\n',
	'janus.plugin.videoroom.jcfg': 'general: { string_ids = false }\n'
});

const UNUSED_PLUGINS = [
	'audiobridge',
	'duktape',
	'lua',
	'nosip',
	'recordplay',
	'sip',
	'streaming',
	'textroom',
	'videocall',
	'voicemail'
];

export async function startJanus(options: JanusOptions): Promise<Janus> {
	const program = findProgram(...PROGRAMS.janus);
	if (!program) throw new Error('Janus is not installed (Debian package “janus”)');
	const folder = mkdtempSync(join(tmpdir(), 'icelens-janus-'));
	for (const [name, text] of Object.entries(filesFor(options))) writeFileSync(join(folder, name), text);
	const args = [`--configs-folder=${folder}`, `--interface=${options.host}`, '--debug-level=4', '--disable-colors'];
	const command = [...(options.namespace ?? []), program, ...args];
	// In a group of its own, since a namespace's command may start it as a child.
	const child = spawn(command[0]!, command.slice(1), { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
	let log = '';
	const keep = (chunk: Buffer) => (log = (log + chunk.toString()).slice(-200_000));
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	const running = () => child.exitCode === null && child.signalCode === null;
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
	const close = async () => {
		if (running() && child.pid) process.kill(-child.pid, 'SIGKILL');
		await ended;
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		await until('Janus to listen', () => {
			if (!running()) throw new Error(`Janus ended at once\n${log}`);
			return log.includes('HTTP webserver started');
		});
	} catch (error) {
		await close();
		throw error;
	}
	const version = /^Janus version: \d+ \((.+)\)$/m.exec(log)?.[1] ?? 'unknown';
	return { url: `http://${options.host}:${options.port}/janus`, version: `Janus ${version}`, close };
}
