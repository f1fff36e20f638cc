import { readFileSync } from 'node:fs';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { patience } from './tests/support/patience.ts';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string };
/** Bounds against hanging (tests/support/patience.ts); a build has no use for the measurement behind them. */
const hangs = (testMs: number) =>
	process.env.VITEST
		? {
				testTimeout: patience(testMs),
				hookTimeout: patience(testMs),
				teardownTimeout: patience(60_000),
				expect: { poll: { timeout: patience(60_000), interval: 50 } }
			}
		: {};

/** Named like the component they stand beside: `VerdictCard.test.ts`. */
const COMPONENTS = 'src/lib/ui/**/[A-Z]*.test.ts';

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
					include: [
						'src/**/*.test.ts',
						'tests/architecture.test.ts',
						'tests/bundle.test.ts',
						'tests/quarantine.test.ts',
						'tests/golden/**/*.test.ts',
						'tests/truth/**/*.test.ts',
						'tests/figures/**/*.test.ts',
						'tests/mutations/**/*.test.ts'
					],

					exclude: [COMPONENTS],
					// Pure code needs no world of its own for each file: half the time.
					isolate: false,
					...hangs(60_000)
				}
			},
			// Svelte components by themselves, compiled as for a browser, in a light DOM: words, tables, branches. No layout, no pixels.
			{
				extends: true,
				resolve: { conditions: ['browser'] },
				test: {
					name: 'components',
					environment: 'happy-dom',
					include: [COMPONENTS],
					setupFiles: ['tests/support/components/setup.ts'],
					isolate: false,
					...hangs(60_000)
				}
			},
			// Our servers against other people's programs (coturn), and fuzzing with bounded counts.
			{
				extends: true,
				test: {
					name: 'interop',
					environment: 'node',
					include: ['tests/interop/**/*.test.ts', 'tests/fuzz/**/*.test.ts'],
					fileParallelism: false,
					...hangs(120_000)
				}
			},
			// Real browsers against the built app.
			{
				extends: true,
				test: {
					name: 'e2e',
					environment: 'node',
					include: ['tests/e2e/**/*.test.ts', 'tests/attacks/**/*.test.ts'],
					// The files of a worker share a browser of each kind and an app.
					isolate: false,
					runner: './tests/support/runner.ts',
					// A third file at a time was no quicker on two cores.
					maxWorkers: 2,
					...hangs(300_000)
				}
			},
			// Real kernel NATs in network namespaces.
			{
				extends: true,
				test: {
					name: 'natlab',
					environment: 'node',
					include: ['tests/natlab/**/*.test.ts'],
					// Recording writes files that are looked at before they are kept: `npm run lab -- record-reports`, never a test run.
					exclude: process.env.RECORD ? [] : ['tests/natlab/record-reports.test.ts'],
					runner: './tests/support/runner.ts',
					maxWorkers: 2,
					...hangs(600_000)
				}
			}
		]
	}
});
