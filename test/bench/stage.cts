/** What a benchmark sets up: the built package beside n8n's modules, and messages to and from its processes. */

import { execFileSync, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PROJECT } from '../../tools/ensure';
import type { N8nProgram } from '../../tools/n8n-install.cts';

/** Puts the built package beside n8n's modules, so that it loads n8n's own modules, as it does in n8n. */
export function layPackage(folder: string, n8n: N8nProgram): void {
	fs.cpSync(path.join(PROJECT, 'dist'), path.join(folder, 'dist'), { recursive: true });
	fs.copyFileSync(path.join(PROJECT, 'package.json'), path.join(folder, 'package.json'));
	const modules = path.resolve(path.dirname(n8n.cli), '..', '..');
	fs.symlinkSync(modules, path.join(folder, 'node_modules'), 'junction');
}

/** What a process sends in place of an answer when it fails: the stack of the error. */
interface Failed {
	failed: string;
}

/**
 * Waits for the next message of a process. The caller says what the message is: both ends belong to the benchmark.
 * @param errors returns what the process has written to stderr
 * @throws {Error} when the process fails or ends
 */
export async function reply<Answer>(child: ChildProcess, errors: () => string): Promise<Answer> {
	const ended = new Promise<never>((_, reject) =>
		child.once('exit', (code) => reject(new Error(`ended with ${code}\n${errors()}`))),
	);
	ended.catch(() => {});
	const answer = await Promise.race([message<Answer | Failed>(child), ended]);
	if (isFailed(answer)) throw new Error(answer.failed);
	return answer;
}

function isFailed(answer: unknown): answer is Failed {
	return typeof answer === 'object' && answer !== null && 'failed' in answer;
}

/** Waits for the next message of a process, whatever becomes of the process. */
export async function message<Answer = unknown>(child: ChildProcess): Promise<Answer> {
	return await new Promise((resolve) => child.once('message', (answer) => resolve(answer as Answer)));
}

/** This process's environment without proxies: all requests of a benchmark stay on this machine. */
export function withoutProxies(): NodeJS.ProcessEnv {
	return Object.fromEntries(
		Object.entries(process.env).filter(([name]) => !/^(https?|all|no)_proxy$/i.test(name)),
	);
}

/** One line that says what the figures were measured on. */
export function machine(n8n: N8nProgram): string {
	const node = execFileSync(n8n.node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
	return `${os.availableParallelism()} cores, ${os.type()} ${os.arch()}, Node ${node}, n8n ${n8n.version}`;
}
