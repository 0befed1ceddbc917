/** The faults of the page: the active ones, and the form for a new one. */

import { byId, control, make, select, showList } from './dom.js';

/**
 * @typedef {import('../world/state.cts').State} State
 * @typedef {import('./controls.js').Options} Options
 */

const STATUSES = [400, 403, 404, 429, 491, 499, 500, 204];
const HTTP_STATUSES = [401, 429, 500, 503];

/** What a fault of the page hits first of all: the messages to customers. */
const SENDS = 'sends';
const ENDPOINT_LABELS = /** @type {Record<string, string>} */ ({
	sends: 'all sends',
	chatbot: 'the chatbot endpoint',
});

/** @param {State['faults']} faults */
export function showFaults(faults) {
	showList(
		byId('fault-list'),
		faults.length > 0 ? faults.map(faultText) : ['None. Every request gets its real response.'],
		(/** @type {string} */ text) => text,
		(text) => make('li', { textContent: text }),
	);
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
export function buildFaults({ faults, endpoints }) {
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
		...endpoints.map((name) => /** @type {[string, string]} */ ([name, ENDPOINT_LABELS[name] ?? name])),
		['', 'all endpoints'],
	]);
	endpoint.value = SENDS;
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
