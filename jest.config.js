'use strict';

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.{ts,cts}'],
	moduleFileExtensions: ['ts', 'cts', 'js', 'mjs', 'cjs', 'json', 'node'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.demo/', '<rootDir>/.e2e/'],
	setupFiles: ['<rootDir>/test/support/environment.cts'],
	setupFilesAfterEnv: [
		'<rootDir>/test/support/afterwards.cts',
		'<rootDir>/test/support/expressionEngine.cts',
	],
	transform: { '\\.c?ts$': ['ts-jest', { tsconfig: '<rootDir>/test/tsconfig.json' }] },
	testTimeout: 30_000,
	maxWorkers: 2,
};
