/** The server part of the page: settings, faults and the latest requests. */

import { byId, control, make, showList } from './dom.js';

/**
 * @typedef {import('../world/state.cts').State} State
 * @typedef {State['requests'][number]} Request
 * @typedef {import('../world/settings.cts').Setting} Setting
 * @typedef {{ settings: Record<string, Setting>, endpoints: string[],
 *   faults: Record<string, { help: string, fields: string[] }> }} Options
 */

const STATUSES = [400, 403, 404, 429, 491, 499, 500, 204];
const HTTP_STATUSES = [401, 429, 500, 503];

/** @type {Map<keyof State['settings'], HTMLInputElement | HTMLSelectElement>} */
const settingInputs = new Map();

/** Builds the forms for settings and faults from the options of the simulator. */
export async function buildControls() {
	/** @type {Options | undefined} */
	const options = await control('GET', '/options');
	if (!options) return;
	buildSettings(options);
	buildFaults(options);
	byId('base-url').textContent = `${location.origin}/api/integration/v1`;
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
	showList(
		byId('fault-list'),
		faults.length > 0 ? faults.map(faultText) : ['None. Every request gets its real response.'],
		(/** @type {string} */ text) => text,
		(text) => make('li', { textContent: text }),
	);
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
				textContent: `${entry.method} ${entry.path.replace('/api/integration/v1/', '')}`,
			}),
			make('span', { textContent: responseText(entry) }),
			make('span', { className: 'quiet', textContent: entry.ms === null ? '' : `${entry.ms} ms` }),
		),
	);
	byId('request-list').replaceChildren(...rows);
}

/** @param {Request} entry */
function isGood({ httpStatus, bodyStatus, fault, ms }) {
	return fault === null && (ms === null || (httpStatus === 200 && bodyStatus === 200));
}

/** @param {Request} entry */
function responseText({ httpStatus, bodyStatus, code, fault, ms }) {
	if (ms === null) return 'waiting';
	const response = httpStatus === null ? 'no response' : httpStatus === 200 ? '' : `HTTP ${httpStatus}`;
	const status = bodyStatus === null ? '' : `status ${bodyStatus}${code ? `, code ${code}` : ''}`;
	return [response, status, fault ? `fault ${fault}` : ''].filter(Boolean).join(', ');
}

/** @param {State['faults'][number]} fault */
function faultText({ kind, left, rate, endpoint, times, ...extra }) {
	const next =
		left === null ? 'every request' : left === 1 ? 'the next request' : `the next ${left} requests`;
	const share = `${Math.round((rate ?? 1) * 100)}% of the requests${left === null ? '' : ` until ${left} more are hit`}`;
	const rest = Object.entries(extra).map(([name, value]) => `${name} ${value}`);
	const target = `${rate === undefined || rate === 1 ? next : share}${endpoint ? ` to ${endpoint}` : ''}`;
	return [`${kind} for ${target}`, ...rest].join(', ');
}

/** @param {Options} options */
function buildSettings({ settings }) {
	for (const [name, setting] of Object.entries(settings)) {
		const input = settingInput(setting);
		input.addEventListener('change', () => {
			control('POST', '/settings', { [name]: valueOf(input, setting) });
		});
		settingInputs.set(/** @type {keyof State['settings']} */ (name), input);
		byId('settings').append(
			make(
				'label',
				{ className: 'setting' },
				make('span', { textContent: name }),
				input,
				make('small', { textContent: setting.help }),
			),
		);
	}
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

/** @param {Options} options */
function buildFaults({ faults, endpoints }) {
	const kind = select(Object.keys(faults).map((name) => [name, name]));
	const help = make('p', { className: 'quiet' });
	const status = select(STATUSES.map((value) => [String(value), String(value)]));
	const httpStatus = select(HTTP_STATUSES.map((value) => [String(value), String(value)]));
	const retryAfter = make('input', { type: 'number', min: '0', max: '86400' });
	const reason = make('input', { placeholder: 'invalid_recipient' });
	const extras = [
		{ name: 'status', input: status, label: make('label', {}, 'Status in the body ', status) },
		{ name: 'httpStatus', input: httpStatus, label: make('label', {}, 'HTTP status ', httpStatus) },
		{ name: 'retryAfter', input: retryAfter, label: make('label', {}, 'Retry-After, seconds ', retryAfter) },
		{ name: 'reason', input: reason, label: make('label', {}, 'Reason ', reason) },
	];
	const taken = make('input', { type: 'checkbox' });
	const takenLabel = make('label', { className: 'tick' }, taken, ' Carry out the request anyway');
	const endpoint = select([
		['', 'all endpoints'],
		...endpoints.map((name) => /** @type {[string, string]} */ ([name, name])),
	]);
	const times = make('input', { type: 'number', min: '1', value: '1', placeholder: 'no limit' });
	const percent = make('input', { type: 'number', min: '1', max: '100', value: '100', required: true });
	const showExtras = () => {
		help.textContent = faults[kind.value].help;
		for (const { name, label } of extras) label.hidden = !faults[kind.value].fields.includes(name);
		takenLabel.hidden = !faults[kind.value].fields.includes('taken');
	};
	kind.addEventListener('change', showExtras);
	showExtras();

	const form = byId('new-fault');
	const clear = make('button', {
		type: 'button',
		textContent: 'Clear faults',
		onclick: () => control('DELETE', '/faults'),
	});
	form.append(
		make('label', {}, 'Kind ', kind),
		help,
		...extras.map(({ label }) => label),
		make('label', {}, 'For ', endpoint),
		make('label', {}, 'How many requests ', times),
		make('label', {}, 'Percentage of the requests ', percent),
		takenLabel,
		make('div', { className: 'actions' }, make('button', { textContent: 'Add fault' }), clear),
	);
	form.addEventListener('submit', (/** @type {Event} */ event) => {
		event.preventDefault();
		const given = extras.filter(({ label, input }) => !label.hidden && input.value !== '');
		control('POST', '/faults', {
			kind: kind.value,
			rate: Number(percent.value) / 100,
			...(times.value ? { times: Number(times.value) } : {}),
			...(taken.checked && !takenLabel.hidden ? { taken: true } : {}),
			...(endpoint.value ? { endpoint: endpoint.value } : {}),
			...Object.fromEntries(
				given.map(({ name, input }) => [name, name === 'reason' ? input.value : Number(input.value)]),
			),
		});
	});
}

/** @param {[value: string, label: string][]} choices */
function select(choices) {
	return make('select', {}, ...choices.map(([value, textContent]) => make('option', { value, textContent })));
}
