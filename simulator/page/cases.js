/** The cases of the page: the list, the form for a new case, and the buttons that change a case. */

import { byId, control, make, showList, timeOf } from './dom.js';

/**
 * @typedef {import('../world/state.cts').State} State
 * @typedef {State['cases'][number]} Case
 */

/** Names of the channels and topics by ID, as of the latest state. */
const names = { channels: new Map(), topics: new Map() };

/** @param {State} state */
export function showCases({ cases, totals, organization: { channels, topics } }) {
	names.channels = new Map(channels.map(({ id, name }) => [id, name]));
	names.topics = new Map(topics.map(({ id, name }) => [id, name]));
	const hidden = totals.cases - cases.length;
	byId('case-count').textContent = totals.cases || '';
	byId('more-cases').hidden = hidden === 0;
	byId('more-cases').textContent = `${hidden} more, changed earlier`;
	showList(byId('case-list'), cases, ({ id }) => id, caseElement);
}

/** Creates a case when the form is submitted, as if the customer had written. */
export function listenForNewCases() {
	const form = byId('new-case');
	form.addEventListener('submit', async (/** @type {Event} */ event) => {
		event.preventDefault();
		const { fullName, phone, firstMessage } = Object.fromEntries(new FormData(form));
		await control('POST', '/cases', { contact: { fullName, phone }, firstMessage });
	});
}

/** @param {Case} first */
function caseElement({ id }) {
	/** @type {Case} */
	let shown;
	const change = (/** @type {object} */ values) =>
		control('PATCH', `/cases/${encodeURIComponent(id)}`, values);
	const name = make('strong');
	const phone = make('span', { className: 'quiet' });
	const state = make('span', { className: 'tag' });
	const handedOver = make('span', { className: 'tag handed-over', textContent: 'With agent' });
	const facts = make('dl', { className: 'facts' });
	const junk = make('span', { className: 'tag junk', textContent: 'Junk' });
	const firstMessage = make('p', { className: 'first-message' });
	const times = make('small', { className: 'quiet' });
	const close = make('button', { type: 'button', onclick: () => change({ isClosed: !shown.isClosed }) });
	const markJunk = make('button', { type: 'button', onclick: () => change({ isJunk: !shown.isJunk }) });
	const remark = make('input', {
		name: 'remark',
		placeholder: "Agent's remark",
		ariaLabel: `Agent's remark on case ${id}`,
	});
	const form = make(
		'form',
		{ className: 'remark', autocomplete: 'off' },
		remark,
		make('button', { textContent: 'Save' }),
	);
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		remark.blur();
		change({ agentRemark: remark.value });
	});
	const element = make(
		'article',
		{ className: 'card case' },
		make('header', {}, make('div', {}, name, phone), state, handedOver, junk),
		firstMessage,
		facts,
		times,
		form,
		make('div', { className: 'actions' }, close, markJunk),
	);
	return Object.assign(element, {
		update(/** @type {Case} */ latest) {
			if (document.activeElement !== remark && shown?.agentRemark !== latest.agentRemark)
				remark.value = latest.agentRemark;
			shown = latest;
			const { contact, details, isClosed, isJunk, createdTime, updatedTime } = latest;
			handedOver.hidden = !details.isHandedOver;
			facts.replaceChildren(...factsOf(latest));
			name.textContent = contact.fullName;
			phone.textContent = `+${contact.phone}`;
			state.textContent = isClosed ? 'Closed' : 'Open';
			state.classList.toggle('open', !isClosed);
			junk.hidden = !isJunk;
			element.classList.toggle('is-closed', isClosed);
			firstMessage.textContent = latest.firstMessage || 'Opened by a message to the customer';
			firstMessage.classList.toggle('quiet', !latest.firstMessage);
			const updated = updatedTime > createdTime ? `, updated ${timeOf(updatedTime)}` : '';
			times.textContent = `Case ${id}, created ${timeOf(createdTime)}${updated}`;
			close.textContent = isClosed ? 'Reopen' : 'Close';
			markJunk.textContent = isJunk ? 'Not junk' : 'Mark as junk';
		},
	});
}

/** @param {Case} shown */
function factsOf({ agent, details, contact, contactDetails }) {
	const { customerUserID, companyName, jobTitle, customFields = {} } = contactDetails ?? {};
	const facts = [
		['Channel', names.channels.get(details.channelID) ?? details.channelID],
		['Topic', names.topics.get(details.topicID) ?? (details.topicID || '')],
		['Agent', agent.fullName ? `${agent.fullName} (${agent.email})` : agent.email],
		['Summary', details.handoverSummary],
		['Customer user ID', customerUserID],
		['Alias', contact.alias],
		['Email', contact.email],
		['Company', companyName],
		['Job title', jobTitle],
		...Object.entries(customFields),
	];
	return facts
		.filter(([, value]) => value)
		.flatMap(([label, value]) => [make('dt', { textContent: label }), make('dd', { textContent: value })]);
}
