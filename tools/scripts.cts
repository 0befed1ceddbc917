/** How to run a TypeScript script (`.cts`) of this project in a child process. */

import { pathToFileURL } from 'node:url';

/**
 * Arguments that make any Node executable (20 or later) run `.cts` files. They go before the script:
 * `spawn(node, [...TSX_ARGS, script])` or `fork(script, args, { execArgv: TSX_ARGS })`.
 * tsx is named by its absolute address, so the working directory of the child process does not matter.
 */
export const TSX_ARGS = ['--import', pathToFileURL(require.resolve('tsx')).href];
