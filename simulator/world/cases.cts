/** The cases with all their versions. A version is never altered once it is made. */

import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.cts';
import { newContact, type ContactStore } from './contacts.cts';
import type { Random } from './random.cts';
import type { Settings } from './settings.cts';
import type { Case, CaseChange, NewCase } from './types.cts';

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
	/** Open cases by the ID of their contact. The case that changed last is at the end. */
	private readonly openCases = new Map<string, Set<string>>();
	private newestTime = 0;

	/**
	 * @param contacts must be cleared with the cases
	 * @param changed is called after every change
	 * @param closed is called when an open case was closed
	 */
	constructor(
		private readonly settings: () => Settings,
		private readonly clock: Clock,
		private readonly random: () => Random,
		private readonly contacts: ContactStore,
		private readonly changed: () => void,
		private readonly closed: (closed: Case) => void,
	) {}

	clear(): void {
		this.history.clear();
		this.openCases.clear();
		this.versions = [];
		this.newestTime = 0;
		this.changed();
	}

	/** Creates a case, with example data in the fields that are not given. A known phone keeps its contact. */
	create({ contact, agent, channelID, ...fields }: NewCase = {}): Case {
		const createdTime = fields.createdTime ?? this.clock.now();
		const phone = contact?.phone ?? examplePhone(this.contacts.size + 1);
		const known = this.contacts.withPhone(phone) ?? newContact(phone, createdTime);
		return this.addVersion({
			id: this.newId(),
			contact: this.contacts.put({ ...known, ...contact }),
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
			contact: this.changedContact(last, contact, updatedTime),
			updatedTime,
		});
	}

	/** Gives every open case of a contact a new version with the contact as it is now. */
	showContact(contactID: string): void {
		for (const id of [...(this.openCases.get(contactID) ?? [])]) this.update(id, {});
	}

	/** Returns the latest version of a case. */
	get(id: string): Case | undefined {
		return this.history.get(id)?.at(-1)?.shown;
	}

	/** Returns the latest versions of all cases, in the order in which the cases were created. */
	latest(): Case[] {
		return [...this.history.values()].flatMap((versions) => versions.slice(-1).map(({ shown }) => shown));
	}

	/** Returns the open cases of a phone. The one that changed last is at the end. */
	openOf(phone: string): Case[] {
		const contact = this.contacts.withPhone(phone);
		const ids = contact ? [...(this.openCases.get(contact.id) ?? [])] : [];
		return ids.flatMap((id) => this.get(id) ?? []);
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

	private changedContact(last: Case, change: CaseChange['contact'], updatedTime: number): Case['contact'] {
		const details = this.contacts.get(last.contact.id);
		if (!details) return last.contact;
		return change
			? this.contacts.put({ ...details, ...change, updatedTime })
			: (this.contacts.shown(last.contact.id) ?? last.contact);
	}

	private addVersion(shown: Case): Case {
		Object.freeze(shown.agent);
		Object.freeze(shown);
		const { id, contact } = shown;
		const versions = this.history.get(id);
		const last = versions?.at(-1)?.shown;
		this.openCases.get(contact.id)?.delete(id);
		const version = { shown, changedAt: this.clock.now() };
		if (versions) versions.push(version);
		else this.history.set(id, [version]);
		this.versions.push({ id, time: timeOf(shown) });
		this.newestTime = Math.max(this.newestTime, timeOf(shown));
		if (!shown.isClosed) {
			this.openCases.set(contact.id, (this.openCases.get(contact.id) ?? new Set()).add(id));
		}
		this.changed();
		if (last && !last.isClosed && shown.isClosed) this.closed(shown);
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

function examplePhone(n: number): string {
	return `62812${String(n).padStart(8, '0')}`;
}
