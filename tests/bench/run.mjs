/** Runs a bench written in TypeScript: `node tests/bench/run.mjs check-time [arguments]`. */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const [name, ...args] = process.argv.slice(2);
if (!name) {
	console.error('Which bench? Name a file of tests/bench, such as check-time.');
	process.exit(2);
}
const { module } = await runnerImport(fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), {
	configFile: false,
	logLevel: 'error'
});
process.exit(await module.main(args));
