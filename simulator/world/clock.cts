/** The simulator's clock: this machine's clock plus `clockOffsetMs`, or a fixed time. */

export class Clock {
	/** The fixed time in Unix milliseconds; null while the clock runs. */
	frozenAt: number | null = null;

	/** @param offsetMs gives the milliseconds to add to this machine's clock */
	constructor(private readonly offsetMs: () => number) {}

	/** Returns Unix milliseconds. The offset is not added to a fixed time. */
	now(): number {
		return this.frozenAt ?? Date.now() + this.offsetMs();
	}

	/**
	 * Freezes the clock at `ms` (Unix milliseconds), or lets it run again with null.
	 *
	 * @throws {Error} if `ms` is neither
	 */
	set(ms: number | null): void {
		if (ms !== null && !(Number.isSafeInteger(ms) && ms >= 0)) {
			throw new Error('The clock takes Unix milliseconds, or null for the clock of this machine');
		}
		this.frozenAt = ms;
	}
}
