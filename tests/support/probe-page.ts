/** A small site on the loopback that serves a harness (the probes' unless told otherwise) and answers `/api/echo` as the app does. */
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

export interface ProbePage {
	url: string;
	close(): Promise<void>;
}

export async function startProbePage(harness = 'entry.ts'): Promise<ProbePage> {
	const script = await bundle(harness);
	const server = createServer((request, response) => {
		if (request.url === '/harness.js') response.setHeader('content-type', 'text/javascript').end(script);
		else if (request.url === '/api/echo') {
			response.setHeader('content-type', 'application/json').end(JSON.stringify({ address: request.socket.remoteAddress }));
		} else
			response
				.setHeader('content-type', 'text/html')
				.end('<!doctype html><title>probes</title><script src="/harness.js"></script>');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://localhost:${(server.address() as AddressInfo).port}/`,
		close: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			})
	};
}

/** The same page as one file: for a browser inside a network namespace, which has no server of the tests. */
export async function writeProbePage(folder: string): Promise<string> {
	const script = (await bundle('entry.ts')).replaceAll('</script', '<\\/script');
	const path = join(folder, 'probes.html');
	await writeFile(path, `<!doctype html><meta charset="utf-8"><title>probes</title><script>${script}</script>`);
	return pathToFileURL(path).href;
}

async function bundle(harness: string): Promise<string> {
	const result = await build({
		configFile: false,
		logLevel: 'error',
		build: {
			write: false,
			minify: false,
			target: 'es2022',
			lib: { entry: fileURLToPath(new URL(`../e2e/harness/${harness}`, import.meta.url)), formats: ['iife'], name: 'probes' }
		}
	});
	const outputs = (Array.isArray(result) ? result : [result]) as { output: { type: string; code?: string }[] }[];
	const chunk = outputs[0]!.output.find(({ type }) => type === 'chunk');
	if (!chunk?.code) throw new Error('the harness was not built');
	return chunk.code;
}
