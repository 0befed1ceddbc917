/**
 * Says how often each situation occurred, so that a silent gap is seen.
 * @param {string} what was tried
 * @param {Record<string, number>} counts
 */
function tell(what, counts) {
	const list = Object.entries(counts).map(([situation, count]) => `${situation}: ${count}`);
	process.stdout.write(`${what}: ${list.join(', ')}.\n`);
}

export { tell };
