/** The cases of the backlog: ordered by time, some in the same millisecond, all of them in the past. */

/** The API's largest page. */
export const PAGE = 100;
/** Cases that are drained first to warm up the code, as in an n8n that has been running for a while. */
export const WARM_UP = 2000;
export const FIRST_TIME = Date.UTC(2026, 0, 5);
const STEP_MS = 700;
/** Every TIE-th case has changed in the same millisecond as the one before. */
const TIE = 40;

/**
 * @param index from 0, oldest first
 * @returns when the case was last changed, Unix ms
 */
export function timeOf(index: number): number {
	return FIRST_TIME + (index - (index % TIE === TIE - 1 ? 1 : 0)) * STEP_MS;
}

/** A case of the size that the documentation shows. Every other one was created long before its last change. */
export function caseOf(index: number) {
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

export function indexOf({ id }: { id: string }) {
	return parseInt(id, 16);
}
