/** Runs a program that ends when the process that started this one ends. Started by `queue.cts`. */

import { spawn } from 'node:child_process';

/** The program to run; the only argument, as JSON. */
export interface Service {
	/** path of the executable */
	program: string;
	args: string[];
	/** whom it runs as, if not the user of this process */
	user: { uid?: number; gid?: number };
}

const { program, args, user } = JSON.parse(process.argv[2]) as Service;
const child = spawn(program, args, { ...user, cwd: '/', stdio: 'ignore' });
child.once('error', () => process.exit(1));
child.once('exit', () => process.exit());
process.once('disconnect', () => child.kill('SIGINT'));
