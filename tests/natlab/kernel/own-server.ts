/** The project's own STUN/TURN server inside a lab host. A host runs programs, so the server is bundled into one first. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { TurnServerOptions } from '../../../src/lib/server/turn/turn-server';
import { onceAWorker } from '../../support/once-a-worker';
import type { Lab, LabProcess } from './lab';

async function bundle(): Promise<string> {
	const outDir = await mkdtemp(join(tmpdir(), 'icelens-server-'));
	await build({
		configFile: false,
		logLevel: 'error',
		build: {
			ssr: fileURLToPath(new URL('../../../src/lib/server/turn/turn-server.ts', import.meta.url)),
			outDir,
			emptyOutDir: true,
			target: 'node20',
			rollupOptions: { output: { entryFileNames: 'turn-server.mjs' } }
		}
	});
	return join(outDir, 'turn-server.mjs');
}

const bundled = onceAWorker(bundle, (path) => rm(dirname(path), { recursive: true, force: true }));

/** What can be said in JSON: sockets, clock and randomness are the real ones there. */
export type OwnServerOptions = Omit<TurnServerOptions, 'net' | 'clock' | 'random'>;

/** Resolves when it listens. */
export async function startOwnServer(lab: Lab, host: string, options: OwnServerOptions): Promise<LabProcess> {
	const path = await bundled();
	const source = `import { startTurnServer } from ${JSON.stringify(path)};
		const started = await startTurnServer(${JSON.stringify(options)});
		process.stdout.write(started.ok ? 'listening\\n' : started.error.message + '\\n');
		if (!started.ok) process.exit(1);`;
	const running = lab.spawn(host, [process.execPath, '--input-type=module', '-e', source]);
	await running.printed(/listening/);
	return running;
}
