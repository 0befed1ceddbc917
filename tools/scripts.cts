/** How to run a TypeScript script (`.cts`) of this project in a child process. */

/**
 * Arguments that make any Node.js executable (20 or later) run `.cts` files. They go before the script:
 * `spawn(node, [...TSX_ARGS, script])` or `fork(script, args, { execArgv: TSX_ARGS })`.
 * tsx is named by its absolute path, so the working directory of the child process does not matter. Its CommonJS half is
 * enough for `.cts` files, and loads what `--import tsx` fails to load on Node.js 20 (fastify's dependencies).
 */
export const TSX_ARGS = ['--require', require.resolve('tsx/cjs')];
