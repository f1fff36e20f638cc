/** Sources as a page would load them: bundled, minified and compressed, without sentences (another language brings its own). */
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ENTRY = `${ROOT}bundle-entry.ts`;
const LEFT_OUT = /\/core\/messages\//;

export interface Bundle {
	/** Compressed by gzip. */
	bytes: number;
	/** Module, from the root; and its size before minifying, bytes. */
	modules: { path: string; bytes: number }[];
}

export async function bundleOf(paths: readonly string[]): Promise<Bundle> {
	const found = await build({
		configFile: false,
		root: ROOT,
		logLevel: 'error',
		plugins: [
			{
				name: 'entry',
				resolveId: (id) => (id === ENTRY ? id : null),
				load: (id) => (id === ENTRY ? paths.map((path) => `export * from '${ROOT}${path}';`).join('\n') : null)
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
	const chunks = loadedAtOnce(output.filter((each) => each.type === 'chunk'));
	return {
		bytes: gzipSync(chunks.map(({ code }) => code).join('')).length,
		modules: chunks
			.flatMap((chunk) => Object.entries(chunk.modules))
			.map(([id, { renderedLength }]) => ({ path: id.replace(ROOT, ''), bytes: renderedLength }))
			.filter(({ bytes }) => bytes > 0)
	};
}

/** The entry and what it imports; not what it imports only when it is needed. */
function loadedAtOnce(chunks: readonly Rolldown.OutputChunk[]): Rolldown.OutputChunk[] {
	const found = new Set(chunks.filter(({ isEntry }) => isEntry));
	// Chunks that are added while it runs are visited too.
	for (const { imports } of found) for (const chunk of chunks) if (imports.includes(chunk.fileName)) found.add(chunk);
	return [...found];
}

/** What a page that checks its network by itself would load. */
export const OWN_CHECK = ['src/lib/probes/check/run.ts', 'src/lib/core/verdict/conclude-own.ts'];
export const OWN_CHECK_GOAL_BYTES = 60_000;
