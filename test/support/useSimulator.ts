/** Starts a simulator for the tests of a file. */

import { startSimulator } from '../../simulator/server.cts';

export type Simulator = Awaited<ReturnType<typeof startSimulator>>;
export type Fault = Parameters<Simulator['fault']>[0];

/**
 * Starts a simulator before the tests of a file or a describe, resets it before each of them, and stops it after the last.
 * @param onStart gets the simulator; the tests keep it in a variable
 */
export function useSimulator(
	onStart: (simulator: Simulator) => void,
	options: Parameters<typeof startSimulator>[0] = {},
): void {
	let simulator: Simulator;
	beforeAll(async () => {
		simulator = await startSimulator({ quiet: true, ...options });
		onStart(simulator);
	});
	beforeEach(() => simulator.reset());
	afterAll(async () => await simulator.stop());
}
