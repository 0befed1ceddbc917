/** Which polls run in this process, so that two polls of one node never overlap. */

import type { IPollFunctions } from 'n8n-workflow';

/** The polls of one node in this process. Other processes do not need it: n8n polls a trigger from one process at a time. */
interface Polls {
	/** When the running poll began, in ms on this process's clock. */
	runningSince?: number;
	/** Whether a poll has come to an end in this process. */
	ended: boolean;
	/** The context of the last poll; n8n's own schedule uses one for as long as the trigger is registered. */
	context: WeakRef<IPollFunctions>;
	/** Whether that context has been seen in more than one poll, so that another one means a new registration. */
	reused: boolean;
	/** How many pages the next poll may ask for. */
	maxPages: number;
}

/** No poll takes this long, in ms: after it, a poll counts as lost. */
const MAX_POLL_MS = 600_000;

const polls = new Map<string, Polls>();

/** A running poll. */
export interface PollTurn {
	/** Whether no poll since the trigger was registered has ended in this process yet. */
	first: boolean;
	/** The max number of pages that this poll may fetch: fewer after a failure, then more again. */
	maxPages: number;
	/** Ends the turn, with the max number of pages that the next poll may fetch. */
	leave(nextPages: number): void;
}

/** Begins a poll, unless one of the same node is still running (n8n neither locks nor queues polls): then undefined. */
export function beginPollTurn(context: IPollFunctions, maxPages: number): PollTurn | undefined {
	const key = `${context.getWorkflow().id}:${context.getNode().id}`;
	const last = polls.get(key);
	if (last?.runningSince !== undefined && Date.now() - last.runningSince < MAX_POLL_MS) return undefined;

	const same = last?.context.deref() === context;
	const now: Polls = {
		runningSince: Date.now(),
		ended: last?.ended ?? false,
		context: new WeakRef(context),
		reused: same,
		maxPages: last?.maxPages ?? maxPages,
	};
	polls.set(key, now);
	return {
		first: !now.ended || (last?.reused === true && !same),
		maxPages: now.maxPages,
		leave: (nextPages) => {
			now.runningSince = undefined;
			now.ended = true;
			now.maxPages = Math.max(1, Math.min(nextPages, now.maxPages * 2));
		},
	};
}
