/* Runs a program for as long as the process lives that has started this one. */

import { spawn } from 'node:child_process';

const { program, args, user } = JSON.parse(process.argv[2]);
const child = spawn(program, args, { ...user, cwd: '/', stdio: 'ignore' });
child.once('error', () => process.exit(1));
child.once('exit', () => process.exit());
process.once('disconnect', () => child.kill('SIGINT'));
