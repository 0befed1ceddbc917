/** Looks up figures in what was measured. */

import type { Measured } from './run.cts';
import type { Case } from './cases.cts';

export const wall = ({ spec, figures }: Measured) => figures.wallMs / spec.items;
export const cpu = ({ spec, figures }: Measured) => figures.cpuMs / spec.items;

/** The measured cases, with ways to select them. */
export class Figures {
	constructor(readonly all: Measured[]) {}

	select(wanted: Partial<Case>) {
		return this.all.filter(({ spec }) =>
			Object.entries(wanted).every(([name, value]) => spec[name as keyof Case] === value),
		);
	}

	one(wanted: Partial<Case>) {
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

function isTimed({ group, livePeak }: Case) {
	return !livePeak && group !== 'check' && group !== 'ledger';
}
