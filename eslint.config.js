import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
	{ ignores: ['build/', 'dist/', '.svelte-kit/', 'node_modules/', 'tests/fixtures/', 'test-results/'] },
	js.configs.recommended,
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node, __ICELENS_VERSION__: 'readonly' } },
		rules: {
			'no-undef': 'off',
			'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'@typescript-eslint/consistent-type-imports': 'error',
			'no-console': 'error',
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: { projectService: true, extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig }
		}
	},
	// Rules that need the types: a promise nobody waits for hides its failure, a case that is missing its meaning.
	{
		files: ['**/*.ts', '**/*.svelte'],
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }]
		}
	},
	// The command line and the scripts speak on the console; the rest of the code does not.
	{ files: ['src/cli/**', 'scripts/**', 'tests/bench/**', 'src/lib/server/services.ts'], rules: { 'no-console': 'off' } },
	// Tables and tests may be long: they are read by looking up, not from top to bottom.
	{
		files: ['**/*.test.ts', 'src/lib/ui/screen-words.ts', 'tests/golden/**', '**/*-table.ts', '**/rules/**', '**/*rules.ts'],
		rules: { 'max-lines': 'off' }
	}
);
