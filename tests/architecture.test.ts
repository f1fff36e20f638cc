/** Who may import whom, as ARCHITECTURE.md says. Each failure gives the reason, so that it can be argued with. */
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

type Layer = 'core' | 'probes' | 'server' | 'ui' | 'package' | 'cli' | 'routes';

interface Rule {
	layers: Layer[];
	/** Packages, without their sub-paths; `node:` stands for every module of Node's own. */
	packages: string[];
	why: string;
}

/** A layer may always import itself. */
const LAYERS: Record<Layer, Rule> = {
	core: { layers: [], packages: ['sdp-transform', 'valibot'], why: 'core is pure: one saved report, one conclusion, everywhere' },
	probes: { layers: ['core'], packages: ['valibot', 'webrtc-adapter'], why: 'probes record, core judges' },
	server: { layers: ['core'], packages: ['node:', 'selfsigned', 'valibot', 'ws'], why: 'Node code never sees the browser' },
	ui: {
		layers: ['core', 'probes'],
		packages: ['svelte', 'chart.js', 'idb', 'uqr', '$app', 'webrtc-adapter'],
		why: 'components render; they open no sockets'
	},
	package: {
		layers: ['core', 'probes'],
		packages: [],
		why: 'the library is what the app itself uses, and brings no other package'
	},
	cli: {
		layers: ['core', 'server'],
		packages: ['node:', 'playwright-core', 'puppeteer-core'],
		why: 'the command line runs without a browser, except where a command drives one'
	},
	routes: {
		layers: ['core', 'probes', 'server', 'ui'],
		packages: ['svelte', '@sveltejs/kit', '$app', '$env', './$types'],
		why: 'routes and hooks are wiring: what they need comes from src/lib'
	}
};

/** What a report leaves core by: with its sentences, as a document or a picture, or in the words of a list, of a comparison and of the rule book. */
const WRITERS =
	/^src\/lib\/core\/report\/((with-text|headline-words|compare-[a-z]+|rule-book|sdp-rule-book)\.ts|export\/|path-diagram\/)/;

/** What shows the examples of rules. */
const EXAMPLE_READERS = /^src\/lib\/core\/(sdp\/lint\/examples\/|report\/sdp-rule-book\.ts)/;

/** Inside core a folder imports itself and those before it. */
const CORE_ORDER = [
	'base',
	'signalling',
	'stun',
	'ice',
	'sdp',
	'recording',
	'dump',
	'call',
	'inspection',
	'observations',
	'plan',
	'nat',
	'reach',
	'verdict',
	'messages',
	'report'
];

/** The same inside a folder that is large. */
const SDP_ORDER = ['text', 'explain', 'compare', 'lint', 'errors'];

interface Source {
	/** From the root, with forward slashes. */
	path: string;
	text: string;
	imports: string[];
}

const sources: Source[] = filesBelow(join(ROOT, 'src'))
	.filter((file) => /\.(ts|svelte)$/.test(file) && !file.endsWith('.d.ts'))
	.map((file) => {
		const text = readFileSync(file, 'utf8');
		return { path: relative(ROOT, file).split('\\').join('/'), text, imports: importsOf(text) };
	});
/** Tests may use vitest and Node, and look into other layers; the table is about what is shipped. */
const shipped = sources.filter(({ path }) => !path.endsWith('.test.ts'));

function filesBelow(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
		entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]
	);
}

/** Static and dynamic imports and re-exports, also of types: a type is a dependency too. */
function importsOf(text: string): string[] {
	const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
	const found = code.matchAll(
		/(?:^|[;>{}\s])(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g
	);
	return [...found].map((match) => (match[1] ?? match[2])!);
}

function layerOf(path: string): Layer | null {
	const inLib = /^src\/lib\/(core|probes|server|ui)\//.exec(path);
	if (inLib) return inLib[1] as Layer;
	if (path.startsWith('src/package/')) return 'package';
	if (path.startsWith('src/cli/')) return 'cli';
	return path.startsWith('src/routes/') || /^src\/hooks\.(server|client)\.ts$|^src\/hooks\.ts$/.test(path) ? 'routes' : null;
}

/** Where an import of one of our own files leads, from the root; null for packages. */
function target(from: string, specifier: string): string | null {
	if (specifier === '$lib' || specifier.startsWith('$lib/')) return specifier.replace('$lib', 'src/lib');
	return specifier.startsWith('.') && specifier !== './$types' ? posix.join(posix.dirname(from), specifier) : null;
}

function packageOf(specifier: string): string {
	if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return 'node:';
	return specifier
		.split('/')
		.slice(0, specifier.startsWith('@') || specifier.startsWith('.') ? 2 : 1)
		.join('/');
}

function coreFolder(path: string): string | null {
	return /^src\/lib\/core\/([^/]+)\//.exec(path)?.[1] ?? null;
}

/** What is wrong with one import, in words; null when it is allowed. */
function objection(from: string, specifier: string): string | null {
	const layer = layerOf(from);
	if (layer === null)
		return `${from} stands in no layer: move it below src/lib, src/package, src/cli or src/routes, or give it a rule here`;
	const rule = LAYERS[layer];
	if (/^\$lib(\/|$)/.test(specifier) && layer !== 'routes') {
		return `${from} imports ${specifier}: only routes and hooks use $lib, since the command line's bundle and the tests do not know it`;
	}
	const path = target(from, specifier);
	if (path === null) {
		const name = packageOf(specifier);
		return rule.packages.includes(name) ? null : `${from} imports ${specifier}: ${layer} may not, because ${rule.why}`;
	}
	const other = layerOf(path);
	if (other === null) {
		return path.endsWith('.css') ? null : `${from} imports ${path}, which stands in no layer`;
	}
	if (other !== layer && !rule.layers.includes(other))
		return `${from} imports ${path}: ${layer} may not import ${other}, because ${rule.why}`;
	return layer === 'core' ? orderObjection(from, path) : null;
}

function orderObjection(from: string, path: string): string | null {
	const [own, other] = [CORE_ORDER.indexOf(coreFolder(from) ?? ''), CORE_ORDER.indexOf(coreFolder(path) ?? '')];
	if (other < 0) return `${from} imports ${path}: that core folder is not in the order ${CORE_ORDER.join(' < ')}`;
	if (coreFolder(path) === 'messages' && coreFolder(from) !== 'messages' && !WRITERS.test(from))
		return `${from} imports ${path}: inside core only what writes a report may, because judging needs no language`;
	if (path.includes('/sdp/lint/examples/') && !EXAMPLE_READERS.test(from))
		return `${from} imports ${path}: only the rule book may, because judging does not load the examples`;
	const [ownPart, otherPart] = [from, path].map((each) =>
		SDP_ORDER.indexOf(/^src\/lib\/core\/sdp\/([^/]+)\//.exec(each)?.[1] ?? '')
	);
	if (ownPart! >= 0 && otherPart! > ownPart!)
		return `${from} imports ${path}: inside sdp a folder imports itself and those before it (${SDP_ORDER.join(' < ')})`;
	return other <= own
		? null
		: `${from} imports ${path}: inside core a folder imports itself and those before it (${CORE_ORDER.join(' < ')}), so that each can be read and tested without the later ones`;
}

describe('imports', () => {
	test('the sources are found', () => {
		expect(shipped.length).toBeGreaterThan(50);
		expect(shipped.flatMap(({ imports }) => imports).length).toBeGreaterThan(100);
	});

	test('follow the table of ARCHITECTURE.md', () => {
		const objections = shipped
			.flatMap(({ path, imports }) => imports.map((each) => objection(path, each)))
			.filter((each) => each !== null);
		expect(objections, objections.join('\n')).toEqual([]);
	});

	test('every core folder has its place in the order', () => {
		const folders = new Set(shipped.map(({ path }) => coreFolder(path)).filter((folder) => folder !== null));
		expect([...folders].filter((folder) => !CORE_ORDER.includes(folder))).toEqual([]);
	});

	test.each([
		['src/lib/core/stun/uri.ts', '../ice/server', /base < signalling < stun/],
		['src/lib/core/report/redact.ts', '../messages/en/sentence', /judging needs no language/],
		['src/lib/core/verdict/check/answer-rules.ts', '../../messages/messages', /judging needs no language/],
		['src/lib/core/sdp/text/document.ts', '../lint/lint', /text < explain < compare < lint/],
		['src/lib/core/sdp/lint/rules/mids.ts', '../examples/mids-examples', /judging does not load the examples/],
		['src/lib/core/ice/x.ts', '../../server/settings', /core may not import server/],
		['src/lib/core/ice/x.ts', 'node:crypto', /core is pure/],
		['src/lib/core/ice/x.ts', 'crypto', /core is pure/],
		['src/lib/core/ice/x.ts', '$lib/core/base/ip', /only routes and hooks/],
		['src/lib/probes/check/run.ts', '../../ui/screen-words', /probes may not import ui/],
		['src/lib/ui/check/View.svelte', 'node:net', /open no sockets/],
		['src/lib/ui/check/View.svelte', '../../server/services', /ui may not import server/],
		['src/package/sdp.ts', 'valibot', /brings no other package/],
		['src/package/sdp.ts', '../lib/ui/screen-words', /package may not import ui/],
		['src/cli/check.ts', '../lib/ui/screen-words', /cli may not import ui/],
		['src/lib/server/udp.ts', '../probes/run', /server may not import probes/],
		['src/stray.ts', './lib/core/base/ip', /no layer/]
	])('%s may not import %s', (from, specifier, reason) => {
		expect(objection(from, specifier)).toMatch(reason);
	});

	test.each([
		['import type', `import type { A } from './a';`, ['./a']],
		['a side effect', `import './a.css';`, ['./a.css']],
		['several lines', `import {\n\tA,\n\tB\n} from './a';\nexport { C } from './c';`, ['./a', './c']],
		['export star', `export * from './a';`, ['./a']],
		['a dynamic one', `const a = await import('./a');`, ['./a']],
		['a comment', `// import './a';\n/* import './b'; */`, []],
		['in markup', `<script lang="ts">import A from './A.svelte';</script>`, ['./A.svelte']]
	])('%s is seen', (_, text, found) => {
		expect(importsOf(text)).toEqual(found);
	});
});

describe('conventions', () => {
	/** SvelteKit's own names begin with +; everything else is a noun in kebab case, components and their tests in PascalCase. */
	test('files are named in kebab case, components in PascalCase', () => {
		const paths = new Set(sources.map(({ path }) => path));
		const odd = sources.filter(({ path }) => {
			const name = basename(path);
			if (name.startsWith('+') || paths.has(path.replace(/\.test\.ts$/, '.svelte'))) return false;
			return name.endsWith('.svelte')
				? !/^[A-Z][A-Za-z0-9]*\.svelte$/.test(name)
				: !/^[a-z0-9]+(-[a-z0-9]+)*(\.(server|client|svelte|test))*\.ts$/.test(name);
		});
		expect(odd.map(({ path }) => path)).toEqual([]);
	});

	test('no barrels: an index.ts hides which file is meant and makes circles easy', () => {
		expect(sources.map(({ path }) => path).filter((path) => basename(path) === 'index.ts')).toEqual([]);
	});

	test('no default exports: a thing has one name everywhere', () => {
		const found = shipped.filter(({ path, text }) => path.endsWith('.ts') && /^export default /m.test(text));
		expect(found.map(({ path }) => path)).toEqual([]);
	});

	/** A table typed by any text is asked for words from files, and `TABLE['constructor']` is a function that no type tells of. */
	test('tables for any text are asked by entryOf', () => {
		const DECLARED = /^(?:export )?const ([A-Za-z_]+): (?:Readonly<)?Record<string,/gm;
		const declared = shipped.flatMap(({ path, text }) =>
			[...text.matchAll(DECLARED)].map((match) => ({ path, name: match[1]! }))
		);
		expect(declared.length).toBeGreaterThan(30);
		const asked = declared.flatMap(({ path, name }) =>
			shipped
				.filter((source) => source.path === path || imports(source, path, name))
				.filter(({ text }) => new RegExp(`(?<![\\w.'])${name}\\[(?!['\\]\\d])`).test(text))
				.map((source) => `${source.path}: ${name}[…]`)
		);
		expect(asked).toEqual([]);
	});

	function imports({ text }: Source, path: string, name: string): boolean {
		const file = basename(path, '.ts');
		return new RegExp(`import [^;]*\\b${name}\\b[^;]* from '[^']*/${file}'`).test(text);
	}

	/** Tables (and the words of the screens) are looked up, not read from top to bottom. The linter warns at 300 lines; this is where it stops. */
	test('no file of code beyond 500 lines', () => {
		const long = shipped.filter(
			({ path, text }) => text.split('\n').length > 500 && !/(table|rules|\/words)\.ts$|\/rules\//.test(path)
		);
		expect(long.map(({ path, text }) => `${path}: ${text.split('\n').length} lines`)).toEqual([]);
	});
});
