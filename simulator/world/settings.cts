/** Checks of the simulator's settings. The command line and the page are derived from the same table. */

import { SETTINGS, type Setting, type SettingName, type Settings } from './settingsTable.cts';

export { SETTINGS, SETTING_GROUPS } from './settingsTable.cts';
export type { Setting, SettingName, Settings } from './settingsTable.cts';

export function defaultSettings(): Settings {
	const defaults = Object.entries(SETTINGS).map(([name, setting]) => [name, setting.default]);
	return Object.fromEntries(defaults) as Settings;
}

/**
 * Checks some of the settings and returns them.
 *
 * @throws {Error} that names the setting and its allowed values
 */
export function checkSettings(input: unknown): Partial<Settings> {
	if (typeof input !== 'object' || input === null || Array.isArray(input)) {
		throw new Error('Settings must be an object');
	}
	for (const [name, value] of Object.entries(input)) {
		if (!isSettingName(name)) {
			throw new Error(`There is no setting "${name}". Settings: ${Object.keys(SETTINGS).join(', ')}`);
		}
		const { text, allows } = allowedValues(SETTINGS[name]);
		if (!allows(value)) throw new Error(`Setting "${name}" must be ${text}`);
	}
	return input;
}

function isSettingName(name: string): name is SettingName {
	return Object.hasOwn(SETTINGS, name);
}

/** Returns the allowed values of a setting, in words and as a check. */
export function allowedValues(setting: Setting): { text: string; allows: (value: unknown) => boolean } {
	if ('choices' in setting) {
		const { choices } = setting;
		return {
			text: `one of ${choices.join(', ')}`,
			allows: (value) => choices.some((choice) => choice === value),
		};
	}
	if ('min' in setting) {
		const { min, max } = setting;
		return {
			text: `a whole number from ${min} to ${max}`,
			allows: (value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
		};
	}
	return { text: 'true or false', allows: (value) => typeof value === 'boolean' };
}
