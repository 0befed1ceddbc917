/** The simulator's settings. The command line, the page and the checks are all derived from the table `SETTINGS`. */

interface SwitchSetting {
	default: boolean;
	help: string;
}
interface ChoiceSetting {
	default: string;
	choices: readonly string[];
	help: string;
}
interface NumberSetting {
	default: number;
	min: number;
	max: number;
	help: string;
}
export type Setting = SwitchSetting | ChoiceSetting | NumberSetting;

const HOUR_MS = 3_600_000;

export const SETTINGS = {
	inclusive: {
		default: true,
		help: 'The case list includes cases at since_timestamp itself, not only later ones',
	},
	order: {
		default: 'ascending',
		choices: ['ascending', 'descending', 'shuffled'],
		help: 'Order of the cases within a page. A page always holds the oldest cases after since_timestamp',
	},
	pageLimit: {
		default: 100,
		min: 1,
		max: 100,
		help: 'Max number of cases in a page, even if the request asks for more',
	},
	visibilityLagMs: {
		default: 0,
		min: 0,
		max: HOUR_MS,
		help: 'Milliseconds until a change shows in the case list',
	},
	latencyMs: {
		default: 0,
		min: 0,
		max: HOUR_MS,
		help: 'Milliseconds to delay every response. The request itself is carried out at once',
	},
	clockOffsetMs: {
		default: 0,
		min: -24 * HOUR_MS,
		max: 24 * HOUR_MS,
		help: "Milliseconds to add to this machine's clock",
	},
	emptyLastTimestamp: {
		default: 'zero',
		choices: ['zero', 'null', 'since', 'now', 'missing'],
		help: 'lastTimestamp of an empty case list',
	},
	emptyCases: {
		default: 'list',
		choices: ['list', 'null'],
		help: 'data.cases of an empty case list',
	},
	newCaseUpdatedTime: {
		default: 'created',
		choices: ['created', 'zero'],
		help: 'updatedTime of a case that never changed: its createdTime, or 0',
	},
	messageUpdatesCase: {
		default: false,
		help: 'A message sent to a case gives the case a new updatedTime',
	},
	seed: {
		default: 1,
		min: 0,
		max: 0xffffffff,
		help: 'Seed of the random numbers for shuffled pages and for faults with a rate',
	},
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

type ValueOf<S extends Setting> = S extends { choices: ReadonlyArray<infer Choice> }
	? Choice
	: S extends NumberSetting
		? number
		: boolean;

export type Settings = { -readonly [Name in SettingName]: ValueOf<(typeof SETTINGS)[Name]> };

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
