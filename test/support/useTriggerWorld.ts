/** The world of the trigger's tests: a simulator with a clock that only the test moves, and the cases in it. */

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { createTrigger, type Trigger, type TriggerOptions } from './createTrigger';
import { useSimulator, type Simulator } from './useSimulator';

/** Where the clock starts, in Unix ms. */
const START = 1_800_000_000_000;

/** What the tests do to the world. Every change of a case happens one second after the one before. */
export interface TriggerWorld {
	/** The simulator's clock, in Unix ms. */
	now(): number;
	/** Moves the clock, by a second unless told otherwise (ms). */
	later(ms?: number): void;
	openCase(): ReturnType<Simulator['createCase']>;
	updateCase(id: string, change: Parameters<Simulator['updateCase']>[1]): ReturnType<Simulator['updateCase']>;
	/** A trigger whose first poll is over. */
	activated(parameters?: INodeParameters, options?: TriggerOptions): Promise<Trigger>;
}

/** Starts the world for the tests of a file; before each of them it is empty. */
export function useTriggerWorld(onStart: (simulator: Simulator) => void): TriggerWorld {
	let onetalk: Simulator;
	let clock = START;
	useSimulator((simulator) => {
		onetalk = simulator;
		onStart(simulator);
	});
	const world: TriggerWorld = {
		now: () => clock,
		later(ms = 1_000) {
			clock += ms;
			onetalk.setClock(clock);
		},
		openCase() {
			world.later();
			return onetalk.createCase({ firstMessage: 'Hello' });
		},
		updateCase(id, change) {
			world.later();
			return onetalk.updateCase(id, change);
		},
		async activated(parameters, options) {
			const trigger = createTrigger(onetalk, parameters, options);
			expect(await trigger.poll()).toBeNull();
			return trigger;
		},
	};
	beforeEach(() => world.later());
	return world;
}

/** The case and the event of each item. */
export function brief(items: IDataObject[] | null): unknown[][] | null {
	return items?.map(({ id, event }) => [id, event]) ?? null;
}
