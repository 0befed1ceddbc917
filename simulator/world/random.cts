/** Random numbers that repeat with the same seed (the mulberry32 generator), so that a failing test can be repeated. */

export class Random {
	private state: number;

	constructor(seed: number) {
		this.state = seed;
	}

	/** Returns a number from 0 up to, but not including, 1. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	}

	/** Returns the same items in random order. */
	shuffled<T>(list: readonly T[]): T[] {
		return list
			.map((item) => ({ item, rank: this.next() }))
			.sort((a, b) => a.rank - b.rank)
			.map(({ item }) => item);
	}
}
