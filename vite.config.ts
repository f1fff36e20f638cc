import { readFileSync } from 'node:fs';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string };

export default defineConfig({
	plugins: [sveltekit()],
	define: { __ICELENS_VERSION__: JSON.stringify(version) },
	test: {
		projects: [
			// Quick: pure code and Node code on loopback. No browser, no coturn, no namespaces.
			{
				extends: true,
				test: {
					name: 'unit',
					environment: 'node',
					include: ['src/**/*.test.ts', 'tests/architecture.test.ts', 'tests/golden/**/*.test.ts'],
					// Pure code needs no world of its own for each file: half the time.
					isolate: false,
					// None takes a second by itself; a machine that does much else at once may.
					testTimeout: 20_000
				}
			},
			// Our servers against other people's programs (coturn), and fuzzing with bounded counts.
			{
				extends: true,
				test: {
					name: 'interop',
					environment: 'node',
					include: ['tests/interop/**/*.test.ts', 'tests/fuzz/**/*.test.ts'],
					testTimeout: 60_000,
					fileParallelism: false
				}
			},
			// Real browsers against the built app.
			{
				extends: true,
				test: {
					name: 'e2e',
					environment: 'node',
					include: ['tests/e2e/**/*.test.ts'],
					testTimeout: 120_000,
					hookTimeout: 120_000,
					// Browsers, sockets and media on a machine that does other things too. The summary names what needed it.
					retry: 2,
					// Most of the time is waiting: for silent servers, for media, for a browser to start.
					maxWorkers: 3
				}
			},
			// Real kernel NATs in network namespaces.
			{
				extends: true,
				test: {
					name: 'natlab',
					environment: 'node',
					include: ['tests/natlab/**/*.test.ts'],
					// Recording writes files that are looked at before they are kept: `npm run fixtures:record`, never a test run.
					exclude: process.env.RECORD ? [] : ['tests/natlab/record-reports.test.ts'],
					testTimeout: 180_000,
					hookTimeout: 120_000,
					retry: 2,
					maxWorkers: 2
				}
			}
		]
	}
});
