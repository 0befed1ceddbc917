/** Looks up figures in what was measured. */

import { median } from './rounds.cts';
import type { Measured } from './run.cts';
import type { Case } from './cases.cts';

/** A time that is measured in each run, in ms. */
export type Time = 'wallMs' | 'cpuMs';

/** A median of several runs, and the smallest and largest. */
export interface Spread {
	median: number;
	min: number;
	max: number;
}

/** The time per item, in ms. */
export function perItem({ spec, runs }: Measured, time: Time): Spread {
	return spreadOf(runs.map((run) => run[time] / spec.items));
}

/** How many times as long as the other, round by round: both were measured in each round one after the other. */
export function ratio(own: Measured, other: Measured, time: Time): Spread {
	return spreadOf(own.runs.map((run, i) => run[time] / other.runs[i][time]));
}

function spreadOf(values: number[]): Spread {
	return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

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
		const { items } = first.spec;
		return {
			time: first.figures.wallMs / items,
			cpu: first.figures.cpuMs / items,
			items,
			...first.figures,
		};
	}

	/** The groups whose times are compared, each with OneTalk first. */
	get groups() {
		const names = new Set(this.all.filter(({ spec }) => isTimed(spec)).map(({ spec }) => spec.group));
		return [...names].map((group) => ({ group, members: this.select({ group }) }));
	}

	/** The most items that were sent at no latency. */
	get most() {
		return Math.max(...this.select({ group: 'check' }).map(({ spec }) => spec.items));
	}
}

function isTimed({ group, livePeak }: Case) {
	return !livePeak && group !== 'check' && group !== 'send' && group !== 'ledger';
}
