/** Runs other programs to their end: npm, compilers. */

import { spawn } from 'node:child_process';
import { Advice, npm, plainEnvironment } from './ensure.js';

/**
 * Runs a program and waits until it has ended. It is stopped when this process ends first.
 * @throws {Error} when it cannot be started (with `code`) or ends with an error; its output is the message
 */
export async function run(command: string, args: string[], cwd: string, shell = false): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		const child = spawn(command, args, {
			cwd,
			shell,
			env: plainEnvironment(),
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const stop = () => child.kill();
		let output = '';
		for (const stream of [child.stdout, child.stderr])
			stream.on('data', (chunk: Buffer) => (output += chunk));
		process.once('exit', stop);
		child.once('error', reject);
		child.once('close', (code) => {
			process.removeListener('exit', stop);
			if (code === 0) resolve();
			else reject(new Error(output || `${command} ended with ${code}`));
		});
	});
}

/** @throws {Advice} when npm is missing or fails */
export async function runNpm(npmArgs: string[], folder: string): Promise<void> {
	const { command, args, shell } = npm(npmArgs);
	try {
		await run(command, args, folder, shell);
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT') {
			throw new Advice('npm was not found. Install Node.js with npm (https://nodejs.org), then start again.');
		}
		throw new Advice(`${lastLines(message, 15)}\n\n${explainNpmFailure(message)}`);
	}
}

/** Turns the output of a failed npm into a sentence that says what to do. */
function explainNpmFailure(output: string): string {
	if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|UND_ERR/.test(output)) {
		return 'The npm registry cannot be reached. Check the network connection (and the proxy, if there is one), then start again.';
	}
	if (/ENOSPC/.test(output)) return 'The disk is full. Free some space, then start again.';
	if (/EACCES|EPERM/.test(output)) {
		return 'npm is not allowed to write to a folder it needs. Its last lines name the folder.';
	}
	return 'npm failed. Its last lines say why.';
}

/** The last lines of a text, without empty ones at its end. */
export function lastLines(text: string, count: number): string {
	return text.trimEnd().split('\n').slice(-count).join('\n');
}

/** Shows that a long step is running: a counter in a terminal, a line at its start and every 15 s elsewhere. */
export async function withElapsedTime<T>(label: string, work: () => Promise<T>): Promise<T> {
	const started = Date.now();
	const isTerminal = process.stdout.isTTY;
	const show = (ending: string) => {
		const seconds = Math.round((Date.now() - started) / 1000);
		process.stdout.write(
			`${isTerminal ? '\r' : ''}  ${label} … ${seconds} s${ending}${isTerminal ? '' : '\n'}`,
		);
	};
	process.stdout.write(`  ${label} …${isTerminal ? '' : '\n'}`);
	const timer = setInterval(() => show(''), isTerminal ? 1000 : 15_000);
	try {
		const result = await work();
		show(', done');
		return result;
	} catch (error) {
		show(', not possible');
		throw error;
	} finally {
		clearInterval(timer);
		if (isTerminal) process.stdout.write('\n');
	}
}
