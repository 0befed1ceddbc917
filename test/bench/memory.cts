/** Reads the memory figures of this process. */

import fs from 'node:fs';

/** The heap in use, in bytes. */
export function heapBytes(): number {
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

/** Resets the peak of the resident memory. Only Linux can; elsewhere the peak is that of the whole process. */
export function resetPeak(): void {
	if (process.platform === 'linux') fs.writeFileSync('/proc/self/clear_refs', '5');
}

/** The peak of the resident memory, in bytes. */
export function peakResidentBytes(): number {
	if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
	return Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}
