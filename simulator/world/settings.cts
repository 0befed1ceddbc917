/**
 * What can be set, at the start and while the simulator runs. The command line, the page and the checks are all
 * derived from this table.
 *
 * @typedef {{ default: boolean, help: string }} SwitchSetting
 * @typedef {{ default: string, choices: readonly string[], help: string }} ChoiceSetting
 * @typedef {{ default: number, min: number, max: number, help: string }} NumberSetting
 * @typedef {SwitchSetting | ChoiceSetting | NumberSetting} Setting
 */

const HOUR = 3_600_000;

const SETTINGS = /** @type {const} */ ({
	inclusive: {
		default: true,
		help: 'The case list starts at since_timestamp itself (on) or after it (off)',
	},
	order: {
		default: 'ascending',
		choices: ['ascending', 'descending', 'shuffled'],
		help: 'Order of the cases inside a page; a page always holds the oldest ones after since_timestamp',
	},
	pageLimit: {
		default: 100,
		min: 1,
		max: 100,
		help: 'Largest page the server gives, whatever limit was asked for',
	},
	visibilityLagMs: {
		default: 0,
		min: 0,
		max: HOUR,
		help: 'A change shows in the case list only this many milliseconds after it happened',
	},
	latencyMs: {
		default: 0,
		min: 0,
		max: HOUR,
		help: 'Every answer is held back this many milliseconds; what was asked for is done at once',
	},
	clockOffsetMs: {
		default: 0,
		min: -24 * HOUR,
		max: 24 * HOUR,
		help: "The server's clock against the machine's, in milliseconds",
	},
	emptyLastTimestamp: {
		default: 'zero',
		choices: ['zero', 'null', 'since', 'now', 'missing'],
		help: 'What lastTimestamp is when the case list is empty',
	},
	emptyCases: {
		default: 'list',
		choices: ['list', 'null'],
		help: 'What data.cases is when there are none',
	},
	newCaseUpdatedTime: {
		default: 'created',
		choices: ['created', 'zero'],
		help: 'updatedTime of a case that was never changed: the time it was created, or 0',
	},
	messageUpdatesCase: {
		default: false,
		help: 'A message sent to a case gives the case a new updatedTime',
	},
	seed: {
		default: 1,
		min: 0,
		max: 0xffffffff,
		help: 'Start of the random numbers for shuffled pages and for faults with a rate',
	},
});

/**
 * @typedef {object} Settings
 * @property {boolean} inclusive
 * @property {'ascending' | 'descending' | 'shuffled'} order
 * @property {number} pageLimit
 * @property {number} visibilityLagMs
 * @property {number} latencyMs
 * @property {number} clockOffsetMs
 * @property {'zero' | 'null' | 'since' | 'now' | 'missing'} emptyLastTimestamp
 * @property {'list' | 'null'} emptyCases
 * @property {'created' | 'zero'} newCaseUpdatedTime
 * @property {boolean} messageUpdatesCase
 * @property {number} seed
 */

/** @returns {Settings} */
function defaultSettings() {
	return /** @type {any} */ (
		Object.fromEntries(Object.entries(SETTINGS).map(([name, setting]) => [name, setting.default]))
	);
}

/**
 * Checks a partial set of settings and gives it back.
 *
 * @param {unknown} partial
 * @returns {Partial<Settings>}
 * @throws {Error} that names the setting and what it may be
 */
function checkSettings(partial) {
	if (typeof partial !== 'object' || partial === null || Array.isArray(partial)) {
		throw new Error('Settings must be an object');
	}
	for (const [name, value] of Object.entries(partial)) {
		const setting = /** @type {Record<string, Setting>} */ (SETTINGS)[name];
		if (!setting) {
			throw new Error(`There is no setting "${name}". Settings: ${Object.keys(SETTINGS).join(', ')}`);
		}
		const allowed = allowedValues(setting);
		if (!allowed.holds(value)) throw new Error(`Setting "${name}" must be ${allowed.text}`);
	}
	return partial;
}

/**
 * @param {Setting} setting
 * @returns {{ text: string, holds: (value: unknown) => boolean }}
 */
function allowedValues(setting) {
	if ('choices' in setting) {
		const { choices } = setting;
		return {
			text: `one of ${choices.join(', ')}`,
			holds: (value) => choices.includes(/** @type {any} */ (value)),
		};
	}
	if ('min' in setting) {
		const { min, max } = setting;
		return {
			text: `a whole number from ${min} to ${max}`,
			holds: (value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
		};
	}
	return { text: 'true or false', holds: (value) => typeof value === 'boolean' };
}

export { SETTINGS, allowedValues, checkSettings, defaultSettings };
