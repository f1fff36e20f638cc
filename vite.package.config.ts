import { defineConfig } from 'vite';

/** The library's entries as ES modules without imports of other packages, dist/package; the types beside them are tsc's. */
export default defineConfig({
	build: {
		lib: { entry: { sdp: 'src/package/sdp.ts' }, formats: ['es'] },
		outDir: 'dist/package',
		copyPublicDir: false,
		target: 'es2022',
		minify: false
	}
});
