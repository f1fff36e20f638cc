import { test } from 'vitest';
import { writeFileSync } from 'node:fs';
import { build } from 'vite';
test('x', async () => {
	const R = '/work/main/';
	const E = R + 'bundle-entry.ts';
	const paths = ['src/lib/probes/check/run.ts', 'src/lib/core/verdict/conclude-own.ts'];
	const [{ output }] = (await build({
		configFile: false,
		root: R,
		logLevel: 'error',
		plugins: [
			{
				name: 'e',
				resolveId: (id) => (id === E ? id : null),
				load: (id) => (id === E ? paths.map((p) => `export * from '${R}${p}';`).join('\n') : null)
			},
			{
				name: 'l',
				enforce: 'pre',
				async resolveId(id, from) {
					const r = from ? await this.resolve(id, from, { skipSelf: true }) : null;
					return r && /\/core\/messages\//.test(r.id) ? { id: r.id, external: true } : null;
				}
			}
		],
		build: { write: false, minify: false, lib: { entry: E, formats: ['es'] }, rolldownOptions: { output: { minify: false } } }
	})) as any;
	for (const c of output)
		if (c.type === 'chunk') writeFileSync('/tmp/me/chunk-' + c.fileName.replace(/\W/g, '_') + '.js', c.code);
}, 60000);
