#!/usr/bin/env node
/** The `icelens` command: in a source checkout it first makes sure that what is built is fresh, then hands over to it. */
import { bootstrap } from './bootstrap.mjs';
import { hasSources } from './build.mjs';

try {
	if (hasSources()) await bootstrap('app', { quiet: true });
} catch (error) {
	console.error(error.message);
	process.exit(2);
}
await import('../dist/icelens.mjs');
