/** Which settings the simulator refuses. What each setting does is tested where it has its effect. */

import { invalidInput, useSimulator } from '../harness.cts';

const api = useSimulator();

const refused: Array<[settings: unknown, message: string]> = [
	[{ order: 'up' }, 'Setting "order" must be one of ascending, descending, shuffled'],
	[{ pageLimit: 0 }, 'Setting "pageLimit" must be a whole number from 1 to 100'],
	[{ pageLimit: '5' }, 'Setting "pageLimit" must be a whole number from 1 to 100'],
	[{ inclusive: 'yes' }, 'Setting "inclusive" must be true or false'],
	[{ speed: 1 }, 'There is no setting "speed"'],
	[[], 'Settings must be an object'],
	[null, 'Settings must be an object'],
];
test.each(refused)('refuses %p and changes nothing', (settings, message) => {
	const before = api.sim.settings;
	expect(() => api.sim.configure(invalidInput(settings))).toThrow(message);
	expect(api.sim.settings).toEqual(before);
});
