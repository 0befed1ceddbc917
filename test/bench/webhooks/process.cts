/** The CPU time of a process, read from /proc: Linux only. */

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/** The unit of the times in /proc, in ms. */
const TICK_MS = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** A process that uses less CPU than this in this time is idle, in ms. n8n itself is never quite idle. */
const IDLE = { cpuMs: 20, withinMs: 300 };

/** The CPU time that all threads of a process have used, in ms. */
export function cpuMs(pid: number): number {
	const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
	// the name of the program, in parentheses, may have spaces
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const [user, system] = fields.slice(11, 13).map(Number);
	return (user + system) * TICK_MS;
}

/** Waits until a process is idle, at most 30 s. */
export async function untilIdle(pid: number): Promise<void> {
	for (let waited = 0; waited < 30_000; waited += IDLE.withinMs) {
		const before = cpuMs(pid);
		await new Promise((resolve) => setTimeout(resolve, IDLE.withinMs));
		if (cpuMs(pid) - before <= IDLE.cpuMs) return;
	}
}
