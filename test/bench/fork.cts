/** Starts a TypeScript file as a child process, with an IPC channel, under the Node.js that runs n8n. */

import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { TSX_ARGS } from '../../tools/scripts.cts';

/**
 * @param file absolute path of the script
 * @param node path of the Node.js executable
 */
export function forkScript(file: string, node: string, options: ForkOptions = {}): ChildProcess {
	return fork(file, { ...options, execPath: node, execArgv: [...TSX_ARGS, ...(options.execArgv ?? [])] });
}
