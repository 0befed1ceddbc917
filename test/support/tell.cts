/**
 * Says how often each situation occurred, so that a silent gap is seen.
 * @param what was tried
 */
export function tell(what: string, counts: Record<string, number>) {
	const list = Object.entries(counts).map(([situation, count]) => `${situation}: ${count}`);
	process.stdout.write(`${what}: ${list.join(', ')}.\n`);
}
