/**
 * What a page that checks its network by itself would load: the check and `conclude`, minified and compressed, without sentences
 * (another language brings its own) and without the rules of SDP (a check reads no description). Goal: below 60 kB.
 */
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { formatBytes } from '../../src/lib/core/base/format';

const GOAL_BYTES = 60_000;
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ENTRY = `${ROOT}bundle-entry.ts`;
const EXPORTS = ['src/lib/probes/check/run.ts', 'src/lib/core/verdict/conclude.ts'];
const LEFT_OUT = /\/core\/(messages|sdp\/lint\/rules)\//;

export async function main(): Promise<number> {
	const found = await build({
		configFile: false,
		root: ROOT,
		logLevel: 'error',
		plugins: [
			{
				name: 'entry',
				resolveId: (id) => (id === ENTRY ? id : null),
				load: (id) => (id === ENTRY ? EXPORTS.map((path) => `export * from '${ROOT}${path}';`).join('\n') : null)
			},
			{
				name: 'left-out',
				enforce: 'pre',
				async resolveId(id, from) {
					const resolved = from ? await this.resolve(id, from, { skipSelf: true }) : null;
					return resolved && LEFT_OUT.test(resolved.id) ? { id: resolved.id, external: true } : null;
				}
			}
		],
		build: { write: false, lib: { entry: ENTRY, formats: ['es'] }, rolldownOptions: { output: { minify: true } } }
	});
	const [{ output }] = found as [Rolldown.RolldownOutput];
	const chunks = output.filter((each) => each.type === 'chunk');
	const bytes = gzipSync(chunks.map(({ code }) => code).join('')).length;
	const modules = chunks.flatMap((chunk) => Object.entries(chunk.modules));
	for (const [folder, size] of bySize(modules)) console.log(`${folder.padEnd(24)} ${formatBytes(size)} before minifying`);
	console.log(`check and conclude: ${formatBytes(bytes)} compressed, ${(bytes / GOAL_BYTES).toFixed(2)} of the goal`);
	return bytes <= GOAL_BYTES ? 0 : 1;
}

function bySize(modules: [string, { renderedLength: number }][]): [string, number][] {
	const folders = new Map<string, number>();
	for (const [id, { renderedLength }] of modules) {
		const folder = id.replace(`${ROOT}src/lib/`, '').split('/').slice(0, -1).join('/');
		folders.set(folder, (folders.get(folder) ?? 0) + renderedLength);
	}
	return [...folders].filter(([, size]) => size > 0).toSorted((a, b) => b[1] - a[1]);
}
