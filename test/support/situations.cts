/** Counts how often each situation occurs in a property test: a property that never meets a situation proves nothing about it. */
export class Situations {
	private readonly counts = new Map<string, number>();

	count(situation: string): void {
		this.counts.set(situation, (this.counts.get(situation) ?? 0) + 1);
	}

	/** Prints the counts, so that a gap is seen. */
	print(what: string): void {
		const list = [...this.counts].map(([situation, count]) => `${situation}: ${count}`);
		process.stdout.write(`${what}: ${list.join(', ')}.\n`);
	}

	/** Fails the test if one of the situations occurred less than `min` times. */
	expectAll(situations: string[], min: number): void {
		for (const situation of situations) {
			expect([situation, (this.counts.get(situation) ?? 0) >= min]).toEqual([situation, true]);
		}
	}
}
