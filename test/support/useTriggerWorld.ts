/** What the trigger's engine tests share: a simulator whose clock only the test moves, and its cases. */

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { createTrigger, type Trigger, type TriggerOptions } from './createTrigger';
import { useSimulator, type Simulator } from './useSimulator';

/** Where the clock starts, in Unix ms. */
const START = 1_800_000_000_000;

/** Actions on the simulator. Every change of a case happens one second after the previous one. */
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

/** Starts the simulator for the tests of a file. It has no cases before each test. */
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
