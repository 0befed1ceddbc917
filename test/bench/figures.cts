/**
 * @typedef {import('./run.cts').Measured} Measured
 * @typedef {import('./cases.cts').Case} Case
 * @typedef {import('./cases.cts').Kind} Kind
 */

const wall = (/** @type {Measured} */ { spec, figures }) => figures.wallMs / spec.items;
const cpu = (/** @type {Measured} */ { spec, figures }) => figures.cpuMs / spec.items;

/** Looks things up in what was measured. */
class Figures {
	/** @param {Measured[]} measured */
	constructor(measured) {
		this.all = measured;
	}

	/** @param {Partial<Case>} wanted */
	select(wanted) {
		return this.all.filter(({ spec }) =>
			Object.entries(wanted).every(([name, value]) => spec[/** @type {keyof Case} */ (name)] === value),
		);
	}

	/** @param {Partial<Case>} wanted */
	one(wanted) {
		const [first] = this.select(wanted);
		return { time: wall(first), cpu: cpu(first), items: first.spec.items, ...first.figures };
	}

	/** The groups whose times are compared, each with OneTalk first. */
	get groups() {
		const names = new Set(this.all.filter(({ spec }) => isTimed(spec)).map(({ spec }) => spec.group));
		return [...names].map((group) => ({ group, members: this.select({ group }) }));
	}

	/** By how much the times of one case differ from run to run: the longest against the shortest, for each case. */
	get spreads() {
		return this.all
			.filter(({ spec, runs }) => isTimed(spec) && runs.length > 1)
			.map(({ runs }) => runs.map(({ wallMs }) => wallMs))
			.map((times) => Math.max(...times) / Math.min(...times));
	}

	/** The most items that were sent at no latency. */
	get most() {
		return Math.max(...this.select({ group: 'check' }).map(({ spec }) => spec.items));
	}
}

/** @param {Case} spec */
function isTimed({ group, livePeak }) {
	return !livePeak && group !== 'check' && group !== 'ledger';
}

export { Figures, cpu, wall };
