/** The log of deliveries: what went to the organization's webhook and to the chatbot, and how it was answered. */

import { byId, make, showList } from './dom.js';

/**
 * @typedef {import('../world/state.cts').State} State
 * @typedef {State['deliveries'][number]} Delivery
 */

/** @param {State} state */
export function showDeliveries({ deliveries, totals }) {
	byId('delivery-count').textContent = totals.deliveries || '';
	byId('no-deliveries').hidden = deliveries.length > 0;
	showList(byId('delivery-list'), deliveries.toReversed(), ({ id }) => String(id), deliveryElement);
}

/** @param {Delivery} first */
function deliveryElement(first) {
	const answer = make('span');
	const attempts = make('ol', { className: 'quiet' });
	const element = make(
		'li',
		{},
		make(
			'details',
			{},
			make(
				'summary',
				{},
				make('span', { className: 'what', textContent: `${first.what} to the ${first.to}` }),
				answer,
			),
			make('small', { textContent: first.url }),
			attempts,
			make('code', { className: 'json', textContent: JSON.stringify(first.body, null, 2) }),
		),
	);
	return Object.assign(element, {
		update(/** @type {Delivery} */ { state, attempts: list }) {
			element.classList.toggle('bad', state === 'dropped' || (state === 'waiting' && list.length > 0));
			answer.textContent = answerText(state, list);
			attempts.replaceChildren(
				...list.map(({ at, httpStatus, answer: text, ms }) =>
					make('li', {
						textContent: `${new Date(at).toLocaleTimeString()} ${httpStatus === null ? 'no answer' : `HTTP ${httpStatus}`} ${text} (${ms} ms)`,
					}),
				),
			);
		},
	});
}

/**
 * @param {Delivery['state']} state
 * @param {Delivery['attempts']} attempts
 */
function answerText(state, attempts) {
	const last = attempts.at(-1);
	if (!last) return 'on its way';
	const text = last.httpStatus === null ? `no answer: ${last.answer}` : `HTTP ${last.httpStatus}`;
	const count = attempts.length > 1 ? `, attempt ${attempts.length}` : '';
	return `${text}${count}${state === 'dropped' ? ', dropped' : state === 'waiting' ? ', will be repeated' : ''}`;
}
