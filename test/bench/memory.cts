import fs from 'node:fs';

/** The heap in use, in bytes. */
function heapBytes() {
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

/** Lets Linux count the peak anew; elsewhere it is that of the whole process. */
function resetPeak() {
	if (process.platform === 'linux') fs.writeFileSync('/proc/self/clear_refs', '5');
}

/** The most memory that this process has held, in bytes. */
function peakResidentBytes() {
	if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
	return Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}

export { heapBytes, peakResidentBytes, resetPeak };
