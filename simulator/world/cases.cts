/** The cases with all their versions. A version is never altered once it is made. */

import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from './clock.cts';
import type { Random } from './random.cts';
import type { Settings } from './settings.cts';
import type { Case, CaseChange, Contact, NewCase } from './types.cts';

interface Version {
	shown: Case;
	/** When the version was made, in Unix milliseconds. */
	changedAt: number;
}

export interface Page {
	cases: Case[];
	/** Whether there are cases after this page. */
	hasMore: boolean;
	/** Newest time on the page in Unix milliseconds; null if the page is empty. */
	newest: number | null;
}

export interface BulkOptions {
	/** Gives all cases the same created time. By default, each has a millisecond of its own. */
	sameMillisecond?: boolean;
}

export class CaseStore {
	/** ID and time (Unix milliseconds, see `timeOf`) of every version ever made, in the order they were made. */
	versions: Array<{ id: string; time: number }> = [];
	private readonly history = new Map<string, Version[]>();
	private readonly contactsByPhone = new Map<string, Contact>();
	/** Open cases of each phone. The case that changed last is at the end. */
	private readonly openCases = new Map<string, Set<string>>();
	private newestTime = 0;

	/** @param changed is called after every change */
	constructor(
		private readonly settings: () => Settings,
		private readonly clock: Clock,
		private readonly random: () => Random,
		private readonly changed: () => void,
	) {}

	clear(): void {
		this.history.clear();
		this.contactsByPhone.clear();
		this.openCases.clear();
		this.versions = [];
		this.newestTime = 0;
		this.changed();
	}

	/** Creates a case, with example data in the fields that are not given. A known phone keeps its contact. */
	create({ contact, agent, ...fields }: NewCase = {}): Case {
		const createdTime = fields.createdTime ?? this.clock.now();
		const phone = contact?.phone ?? examplePhone(this.contactsByPhone.size + 1);
		const known = this.contactsByPhone.get(phone) ?? newContact(phone, createdTime);
		return this.addVersion({
			id: this.newId(),
			contact: { ...known, ...contact },
			agent: { email: '', fullName: '', ...agent },
			firstMessage: '',
			isClosed: false,
			isJunk: false,
			agentRemark: '',
			createdTime,
			updatedTime: this.settings().newCaseUpdatedTime === 'zero' ? 0 : createdTime,
			...fields,
		});
	}

	/**
	 * Creates many cases. Each gets a millisecond of its own, later than those of all cases before it, unless
	 * `sameMillisecond` is set.
	 */
	bulk(count: number, { sameMillisecond = false }: BulkOptions = {}): Case[] {
		const now = this.clock.now();
		const first = Math.max(this.newestTime + 1, now - count + 1);
		return Array.from({ length: count }, (_, i) =>
			this.create({ createdTime: sameMillisecond ? now : first + i }),
		);
	}

	/**
	 * Changes a case. Its new `updatedTime` is always later than its last one, even within one millisecond.
	 *
	 * @throws {Error} if there is no such case
	 */
	update(id: string, { contact, agent, ...fields }: CaseChange): Case {
		const last = this.get(id);
		if (!last) throw new Error(`There is no case "${id}"`);
		const updatedTime = Math.max(this.clock.now(), timeOf(last) + 1);
		return this.addVersion({
			...last,
			...fields,
			agent: { ...last.agent, ...agent },
			contact: contact ? { ...last.contact, ...contact, updatedTime } : last.contact,
			updatedTime,
		});
	}

	/** Returns the latest version of a case. */
	get(id: string): Case | undefined {
		return this.history.get(id)?.at(-1)?.shown;
	}

	/** Returns the latest versions of all cases, in the order in which the cases were created. */
	latest(): Case[] {
		return [...this.history.values()].flatMap((versions) => versions.slice(-1).map(({ shown }) => shown));
	}

	/** Returns the open case of a phone, or else a new case, which has no message of the customer yet. */
	openFor(phone: string): Case {
		const id = [...(this.openCases.get(phone) ?? [])].at(-1);
		return (id && this.get(id)) || this.create({ contact: { phone } });
	}

	/**
	 * Returns a page of the case list: each case once, in its latest visible version, the oldest cases up to the limit.
	 *
	 * @param since Unix milliseconds
	 */
	page(since: number, limit: number): Page {
		const { inclusive, order, pageLimit, visibilityLagMs } = this.settings();
		const visibleUntil = visibilityLagMs === 0 ? Infinity : this.clock.now() - visibilityLagMs;
		const rows: Case[] = [];
		for (const versions of this.history.values()) {
			const shown = versions.findLast(({ changedAt }) => changedAt <= visibleUntil)?.shown;
			if (shown && (inclusive ? timeOf(shown) >= since : timeOf(shown) > since)) rows.push(shown);
		}
		rows.sort((a, b) => timeOf(a) - timeOf(b));
		const cases = rows.slice(0, Math.min(limit, pageLimit));
		const last = cases.at(-1);
		if (order === 'descending') cases.reverse();
		return {
			cases: order === 'shuffled' ? this.random().shuffled(cases) : cases,
			hasMore: rows.length > cases.length,
			newest: last ? timeOf(last) : null,
		};
	}

	private addVersion(shown: Case): Case {
		Object.freeze(shown.contact);
		Object.freeze(shown.agent);
		Object.freeze(shown);
		const { id, contact } = shown;
		const versions = this.history.get(id);
		this.openCases.get(versions?.at(-1)?.shown.contact.phone ?? '')?.delete(id);
		const version = { shown, changedAt: this.clock.now() };
		if (versions) versions.push(version);
		else this.history.set(id, [version]);
		this.versions.push({ id, time: timeOf(shown) });
		this.newestTime = Math.max(this.newestTime, timeOf(shown));
		this.contactsByPhone.set(contact.phone, contact);
		if (!shown.isClosed) {
			this.openCases.set(contact.phone, (this.openCases.get(contact.phone) ?? new Set()).add(id));
		}
		this.changed();
		return shown;
	}

	/** Returns ten upper-case hexadecimal digits, as in the documented examples. */
	private newId(): string {
		const id = randomBytes(5).toString('hex').toUpperCase();
		return this.history.has(id) ? this.newId() : id;
	}
}

/** Returns the time by which the case list is sorted, in Unix milliseconds. */
export function timeOf({ updatedTime, createdTime }: Case): number {
	return updatedTime || createdTime;
}

function newContact(phone: string, createdTime: number): Contact {
	return {
		id: randomUUID(),
		fullName: `Contact ${phone.slice(-4)}`,
		alias: '',
		email: '',
		phone,
		agentRemark: '',
		createdTime,
		updatedTime: 0,
	};
}

function examplePhone(n: number): string {
	return `62812${String(n).padStart(8, '0')}`;
}
