/** Random numbers that repeat with the same seed (the mulberry32 generator), so that a failing test can be run again. */
class Random {
	/** @param {number} seed */
	constructor(seed) {
		this.state = seed;
	}

	/** @returns {number} from 0 up to, but not including, 1 */
	next() {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	}

	/**
	 * @template T
	 * @param {T[]} list
	 * @returns {T[]} the same items in another order
	 */
	shuffled(list) {
		return list
			.map((item) => ({ item, rank: this.next() }))
			.sort((a, b) => a.rank - b.rank)
			.map(({ item }) => item);
	}
}

export { Random };
