/* The cases that are drained: one after the other, some at the same millisecond, all of them changed before today. */

/** The API's largest page. */
const PAGE = 100;
/** Cases that are drained first, so that the code is as warm as in an n8n that has been running. */
const WARM_UP = 2000;
const FIRST_TIME = Date.UTC(2026, 0, 5);
const STEP_MS = 700;
/** Every so many cases have changed at the same millisecond as the one before. */
const TIE = 40;

/**
 * @param {number} index from 0, oldest first
 * @returns {number} when the case was last changed, Unix ms
 */
function timeOf(index) {
	return FIRST_TIME + (index - (index % TIE === TIE - 1 ? 1 : 0)) * STEP_MS;
}

/**
 * A case of the size that the documentation shows. Every other one was created long before its last change.
 * @param {number} index
 */
function caseOf(index) {
	const time = timeOf(index);
	const phone = `62812${String(10_000_000 + index)}`;
	const createdTime = index % 2 === 0 ? time : time - 86_400_000;
	return {
		id: index.toString(16).toUpperCase().padStart(10, '0'),
		contact: {
			id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
			fullName: `Customer ${index}`,
			alias: '',
			email: `customer${index}@example.com`,
			phone,
			agentRemark: '',
			createdTime,
			updatedTime: 0,
		},
		agent: { email: `agent${index % 7}@example.com`, fullName: `Agent ${index % 7}` },
		firstMessage: 'Hello, I would like to know when my order arrives.',
		isClosed: index % 3 === 0,
		isJunk: false,
		agentRemark: index % 5 === 0 ? 'Asked the warehouse' : '',
		createdTime,
		updatedTime: createdTime === time ? 0 : time,
	};
}

/** @param {{ id: string }} shown */
function indexOf({ id }) {
	return parseInt(id, 16);
}

export { FIRST_TIME, PAGE, WARM_UP, caseOf, indexOf, timeOf };
