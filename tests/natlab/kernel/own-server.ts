/** The project's own STUN/TURN server inside a lab host. A host runs programs, so the server is bundled into one first. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { TurnServerOptions } from '../../../src/lib/server/turn/turn-server';
import type { Lab, LabProcess } from './lab';

let bundled: Promise<string> | null = null;

async function bundle(): Promise<string> {
	const result = await build({
		configFile: false,
		logLevel: 'error',
		build: {
			ssr: fileURLToPath(new URL('../../../src/lib/server/turn/turn-server.ts', import.meta.url)),
			write: false,
			target: 'node20'
		}
	});
	const { output } = result as { output: { type: string; code?: string }[] };
	const chunks = output.filter(({ type }) => type === 'chunk');
	if (chunks.length !== 1) throw new Error(`The server is one program, not ${chunks.length} files.`);
	return chunks[0]!.code!;
}

/** What can be said in JSON: sockets, clock and randomness are the real ones there. */
export type OwnServerOptions = Omit<TurnServerOptions, 'net' | 'clock' | 'random'>;

/** Resolves when it listens. */
export async function startOwnServer(lab: Lab, host: string, options: OwnServerOptions): Promise<LabProcess> {
	const source = await (bundled ??= bundle());
	const start = `
		const started = await startTurnServer(${JSON.stringify(options)});
		process.stdout.write(started.ok ? 'listening\\n' : started.error.message + '\\n');
		if (!started.ok) process.exit(1);`;
	const running = lab.spawn(host, [process.execPath, '--input-type=module', '-']);
	running.child.stdin!.end(source + start);
	await running.printed(/listening/);
	return running;
}
