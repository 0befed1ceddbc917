/**
 * The lint of everything that n8n's own lint (eslint.config.mjs, which may not be changed) does not check: the TypeScript
 * scripts and tests (`.cts`), and the JavaScript files. `npm run lint` runs both.
 */

import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const readonly = (names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

/** The globals of Node.js and of browsers that the JavaScript files use. The TypeScript compiler checks those of `.cts` files. */
const NODE = readonly(['Buffer', 'SharedArrayBuffer', 'URL', 'console', 'process']);
const COMMONJS = { ...NODE, ...readonly(['__dirname', 'exports', 'module', 'require']) };
const BROWSER = readonly([
	'CSS',
	'Event',
	'EventSource',
	'FormData',
	'HTMLElement',
	'HTMLInputElement',
	'Node',
	'URL',
	'clearTimeout',
	'confirm',
	'console',
	'document',
	'fetch',
	'localStorage',
	'location',
	'requestAnimationFrame',
	'setTimeout',
	'window',
]);

export default defineConfig(
	{ ignores: ['node_modules/', 'dist/', 'coverage/', '.demo/', '.e2e/', '**/*.ts'] },
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	{
		files: ['**/*.cts', '**/*.js', '**/*.mjs'],
		extends: [js.configs.recommended],
		rules: {
			eqeqeq: 'error',
			'prefer-const': 'error',
			'no-var': 'error',
			'object-shorthand': 'error',
			'no-unused-vars': ['error', { ignoreRestSiblings: true }],
			// text from servers is cleaned of control characters
			'no-control-regex': 'off',
		},
	},
	{ files: ['**/*.js'], languageOptions: { sourceType: 'commonjs', globals: COMMONJS } },
	{ files: ['**/*.mjs'], languageOptions: { sourceType: 'module', globals: NODE } },
	{ files: ['simulator/page/*.js'], languageOptions: { sourceType: 'module', globals: BROWSER } },
	{
		files: ['**/*.cts'],
		extends: [tseslint.configs.recommended, tseslint.configs.stylistic],
		languageOptions: {
			parserOptions: { project: 'test/tsconfig.json', tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			'no-unused-vars': 'off',
			'@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
			'@typescript-eslint/array-type': ['error', { default: 'array-simple' }],
			'@typescript-eslint/await-thenable': 'error',
			// `typeof import('…')` is the type of a module that is loaded later
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
			],
			// node:test runs what test() and describe() declare; their promises need no handling
			'@typescript-eslint/no-floating-promises': [
				'error',
				{
					allowForKnownSafeCalls: [
						{ from: 'package', name: ['test', 'describe', 'it', 'before', 'after'], package: 'node:test' },
					],
				},
			],
			// stand-ins in tests have functions that do nothing
			'@typescript-eslint/no-empty-function': 'off',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/only-throw-error': 'error',
			'@typescript-eslint/prefer-promise-reject-errors': 'error',
			'@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
			'@typescript-eslint/switch-exhaustiveness-check': 'error',
		},
	},
);
