import { randomBytes, randomUUID } from 'node:crypto';

/**
 * @typedef {import('./types.cts').Case} Case
 * @typedef {import('./types.cts').Contact} Contact
 * @typedef {{ shown: Case, changedAt: number }} Version
 * @typedef {{ cases: Case[], hasMore: boolean, newest: number | null }} Page
 */

/** Cases with all their versions. A version is never altered once made. */
class CaseStore {
	/**
	 * @param {() => import('./settings.cts').Settings} settings
	 * @param {import('./clock.cts').Clock} clock
	 * @param {() => import('./random.cts').Random} random
	 * @param {() => void} changed called after every change
	 */
	constructor(settings, clock, random, changed) {
		this.settings = settings;
		this.clock = clock;
		this.random = random;
		this.changed = changed;
		/** @type {Map<string, Version[]>} */
		this.history = new Map();
		/** @type {Map<string, Contact>} by phone */
		this.contacts = new Map();
		/** @type {Map<string, Set<string>>} phone -> its open cases, the one that changed last at the end */
		this.openCases = new Map();
		/** @type {{ id: string, time: number }[]} */
		this.versions = [];
		this.newestTime = 0;
	}

	clear() {
		this.history.clear();
		this.contacts.clear();
		this.openCases.clear();
		this.versions = [];
		this.newestTime = 0;
		this.changed();
	}

	/**
	 * Opens a case. What is not given is made up; a phone that is known keeps its contact.
	 *
	 * @param {import('./types.cts').NewCase} [partial]
	 * @returns {Case}
	 */
	create(partial = {}) {
		const { contact, agent, ...fields } = partial;
		const createdTime = fields.createdTime ?? this.clock.now();
		const phone = contact?.phone ?? phoneNumber(this.contacts.size + 1);
		const known = this.contacts.get(phone) ?? {
			id: randomUUID(),
			fullName: `Contact ${phone.slice(-4)}`,
			alias: '',
			email: '',
			phone,
			agentRemark: '',
			createdTime,
			updatedTime: 0,
		};
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
	 * Opens many cases at once, each at a millisecond of its own after all that is there, or all at the same one.
	 *
	 * @param {number} count
	 * @param {{ sameMillisecond?: boolean }} [options]
	 * @returns {Case[]}
	 */
	bulk(count, { sameMillisecond = false } = {}) {
		const now = this.clock.now();
		const first = Math.max(this.newestTime + 1, now - count + 1);
		return Array.from({ length: count }, (_, i) =>
			this.create({ createdTime: sameMillisecond ? now : first + i }),
		);
	}

	/**
	 * Gives a case new values and a new `updatedTime`, which is always later than its last one.
	 *
	 * @param {string} id
	 * @param {import('./types.cts').CaseChange} change
	 * @returns {Case}
	 * @throws {Error} if there is no such case
	 */
	update(id, { contact, agent, ...fields }) {
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

	/**
	 * @param {string} id
	 * @returns {Case | undefined} in its latest version
	 */
	get(id) {
		return this.history.get(id)?.at(-1)?.shown;
	}

	/** @returns {Case[]} the latest versions, in the order in which the cases were opened */
	latest() {
		return [...this.history.values()].map((versions) => /** @type {Version} */ (versions.at(-1)).shown);
	}

	/**
	 * The recipient's open case, or a new one. A case opened by a message of ours holds no message of the customer yet.
	 *
	 * @param {string} phone
	 * @returns {Case}
	 */
	openFor(phone) {
		const id = [...(this.openCases.get(phone) ?? [])].at(-1);
		return (id && this.get(id)) || this.create({ contact: { phone } });
	}

	/**
	 * What the case list shows: each case once, in its latest visible version; the oldest first up to the limit.
	 *
	 * @param {number} since Unix milliseconds
	 * @param {number} limit
	 * @returns {Page}
	 */
	page(since, limit) {
		const { inclusive, order, pageLimit, visibilityLagMs } = this.settings();
		const visibleUntil = visibilityLagMs === 0 ? Infinity : this.clock.now() - visibilityLagMs;
		/** @type {Case[]} */
		const rows = [];
		for (const versions of this.history.values()) {
			const shown = versions.findLast(({ changedAt }) => changedAt <= visibleUntil)?.shown;
			if (shown && (inclusive ? timeOf(shown) >= since : timeOf(shown) > since)) rows.push(shown);
		}
		rows.sort((a, b) => timeOf(a) - timeOf(b));
		const cases = rows.slice(0, Math.min(limit, pageLimit));
		const newest = cases.length > 0 ? timeOf(/** @type {Case} */ (cases.at(-1))) : null;
		if (order === 'descending') cases.reverse();
		return {
			cases: order === 'shuffled' ? this.random().shuffled(cases) : cases,
			hasMore: rows.length > cases.length,
			newest,
		};
	}

	/**
	 * @param {Case} shown
	 * @returns {Case}
	 */
	addVersion(shown) {
		Object.freeze(shown.contact);
		Object.freeze(shown.agent);
		Object.freeze(shown);
		const { id, contact } = shown;
		const version = { shown, changedAt: this.clock.now() };
		const versions = this.history.get(id);
		this.openCases.get(versions?.at(-1)?.shown.contact.phone ?? '')?.delete(id);
		if (versions) versions.push(version);
		else this.history.set(id, [version]);
		this.versions.push({ id, time: timeOf(shown) });
		this.newestTime = Math.max(this.newestTime, timeOf(shown));
		this.contacts.set(contact.phone, contact);
		if (!shown.isClosed) {
			this.openCases.set(contact.phone, (this.openCases.get(contact.phone) ?? new Set()).add(id));
		}
		this.changed();
		return shown;
	}

	/** @returns {string} ten upper-case hexadecimal digits, as in the documented examples */
	newId() {
		const id = randomBytes(5).toString('hex').toUpperCase();
		return this.history.has(id) ? this.newId() : id;
	}
}

/**
 * @param {Case} shown
 * @returns {number} the time that the case list goes by
 */
function timeOf(shown) {
	return shown.updatedTime || shown.createdTime;
}

/** @param {number} n @returns {string} */
function phoneNumber(n) {
	return `62812${String(n).padStart(8, '0')}`;
}

export { CaseStore, timeOf };
