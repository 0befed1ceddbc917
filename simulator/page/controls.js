/** The part of the page for developers: settings and the latest requests. */

import { byId, control, make, select } from './dom.js';
import { buildFaults, showFaults } from './faults.js';

/**
 * @typedef {import('../world/state.cts').State} State
 * @typedef {State['requests'][number]} Request
 * @typedef {import('../world/settings.cts').Setting} Setting
 * @typedef {{ settings: Record<string, Setting>, settingGroups: Record<string, string[]>, endpoints: string[],
 *   faults: Record<string, { help: string, fields: string[] }> }} Options
 */

/** @type {Map<keyof State['settings'], HTMLInputElement | HTMLSelectElement>} */
const settingInputs = new Map();

/** Builds the forms for settings and faults from the options of the simulator. */
export async function buildControls() {
	/** @type {Options | undefined} */
	const options = await control('GET', '/options');
	if (!options) return;
	buildSettings(options);
	buildFaults(options);
	byId('reset').addEventListener('click', () => {
		if (confirm('Remove all messages, cases, faults and changed settings?')) control('POST', '/reset');
	});
}

/** @param {State} state */
export function showControls({ settings, faults, requests, totals, now, clockIsFrozen }) {
	for (const [name, input] of settingInputs) {
		if (document.activeElement === input) continue;
		const value = settings[name];
		if (input instanceof HTMLInputElement && typeof value === 'boolean') input.checked = value;
		else input.value = String(value);
	}
	showFaults(faults);
	byId('clock').textContent =
		`Server's clock: ${new Date(now).toLocaleString()}${clockIsFrozen ? ', frozen' : ''}`;
	byId('request-count').textContent = totals.requests || '';
	byId('no-requests').hidden = requests.length > 0;
	showRequests(requests);
}

/** @param {Request[]} requests */
function showRequests(requests) {
	const rows = requests.toReversed().map((entry) =>
		make(
			'li',
			{ className: isGood(entry) ? '' : 'bad' },
			make('time', { textContent: new Date(entry.at).toLocaleTimeString() }),
			make('span', {
				className: 'what',
				textContent: `${entry.method} ${entry.path.replace(/^\/api\/(integration|visitor)\/v1\//, '')}`,
			}),
			make('span', { textContent: responseText(entry) }),
			make('span', { className: 'quiet', textContent: entry.ms === null ? '' : `${entry.ms} ms` }),
		),
	);
	byId('request-list').replaceChildren(...rows);
}

/** @param {Request} entry */
function isGood({ httpStatus, bodyStatus, fault, ms, answer }) {
	return fault === null && (ms === null || (httpStatus === 200 && (bodyStatus === 200 || answer === 'ok')));
}

/** @param {Request} entry */
function responseText({ httpStatus, bodyStatus, code, fault, ms, answer }) {
	if (ms === null) return 'waiting';
	const response = httpStatus === null ? 'no response' : httpStatus === 200 ? '' : `HTTP ${httpStatus}`;
	const status = bodyStatus === null ? '' : `status ${bodyStatus}${code ? `, code ${code}` : ''}`;
	return [response, status, answer?.slice(0, 80), fault ? `fault ${fault}` : ''].filter(Boolean).join(', ');
}

/** @param {Options} options */
function buildSettings({ settings, settingGroups }) {
	for (const [title, names] of Object.entries(settingGroups)) {
		const fields = names.map((name) => settingElement(name, settings[name]));
		byId('settings').append(
			make(
				'fieldset',
				{},
				make('legend', { textContent: title }),
				make('div', { className: 'fields' }, ...fields),
			),
		);
	}
}

/**
 * @param {string} name
 * @param {Setting} setting
 */
function settingElement(name, setting) {
	const input = settingInput(setting);
	input.addEventListener('change', () => {
		control('POST', '/settings', { [name]: valueOf(input, setting) });
	});
	settingInputs.set(/** @type {keyof State['settings']} */ (name), input);
	return make(
		'label',
		{ className: 'setting' },
		make('span', { textContent: name }),
		input,
		make('small', { textContent: setting.help }),
	);
}

/** @param {Setting} setting */
function settingInput(setting) {
	if ('choices' in setting) return select(setting.choices.map((choice) => [choice, choice]));
	if ('min' in setting)
		return make('input', { type: 'number', min: setting.min, max: setting.max, step: 1, required: true });
	return make('input', { type: 'checkbox' });
}

/**
 * @param {HTMLInputElement | HTMLSelectElement} input
 * @param {Setting} setting
 */
function valueOf(input, setting) {
	if ('choices' in setting) return input.value;
	if ('min' in setting) return input.value === '' ? null : Number(input.value);
	return /** @type {HTMLInputElement} */ (input).checked;
}
