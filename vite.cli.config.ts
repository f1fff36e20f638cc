import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string };

/** The command line as one file, dist/icelens.mjs; packages stay external, the app is taken from build/ at run time. */
export default defineConfig({
	define: { __ICELENS_VERSION__: JSON.stringify(version) },
	build: {
		ssr: 'src/cli/main.ts',
		outDir: 'dist',
		emptyOutDir: true,
		copyPublicDir: false,
		target: 'node20',
		rollupOptions: { output: { entryFileNames: 'icelens.mjs' } }
	}
});
