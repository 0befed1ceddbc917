/** The simulator's clock: the machine's plus `clockOffsetMs`, or frozen at a moment of its own. */
class Clock {
	/** @param {() => number} offsetMs */
	constructor(offsetMs) {
		this.offsetMs = offsetMs;
		/** @type {number | null} */
		this.frozenAt = null;
	}

	/** @returns {number} Unix milliseconds; the offset does not count while the clock is frozen */
	now() {
		return this.frozenAt ?? Date.now() + this.offsetMs();
	}

	/**
	 * @param {number | null} ms Unix milliseconds to stand still at; null lets the clock run again
	 * @throws {Error} if it is neither
	 */
	set(ms) {
		if (ms !== null && !(Number.isSafeInteger(ms) && ms >= 0)) {
			throw new Error('The clock takes Unix milliseconds, or null for the clock of this machine');
		}
		this.frozenAt = ms;
	}
}

export { Clock };
