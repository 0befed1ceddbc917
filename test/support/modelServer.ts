/** A model of OneTalk’s case list over case versions, for the feed’s property tests. */

import type { IDataObject } from 'n8n-workflow';

import type { Answer, OneTalkRequest } from '../../nodes/OneTalk/api/types';

/** What the trigger watches of a case. */
export interface Watched {
	isClosed: boolean;
	isJunk: boolean;
	agentEmail: string;
	agentRemark: string;
	fullName: string;
}

/** One version of a case: it exists from `time` and is visible from `visibleAt`. Times are Unix ms of the server. */
export interface Version {
	id: string;
	createdTime: number;
	time: number;
	visibleAt: number;
	watched: Watched;
}

/** One interpretation of everything that the documentation leaves open. */
export interface Readings {
	inclusive: boolean;
	order: 'ascending' | 'descending' | 'shuffled';
	/** The maximum size of a page, whatever the request asks for. */
	pageLimit: number;
	/** `hasMore`: any row was left out, or only rows with a later time than the newest of the page. */
	hasMore: 'rows' | 'later';
	emptyLastTimestamp: 'zero' | 'null' | 'since' | 'now' | 'missing';
	/** What `updatedTime` is for a case that was never updated. */
	neverUpdated: 'zero' | 'created';
}

/** OneTalk's case list: versions, a clock, and an interpretation. It uses no HTTP and does not wait. */
export class ModelServer {
	versions: Version[] = [];

	/** The server's clock, Unix ms. */
	clock: number;

	requests = 0;

	/** Called during each request, for changes that happen meanwhile. */
	meanwhile: () => void = () => {};

	/** The numbers of the requests that fail. */
	failing = new Set<number>();

	constructor(
		readonly readings: Readings,
		clock: number,
		private readonly shuffle: (count: number) => number[],
	) {
		this.clock = clock;
	}

	/** The latest visible version of each case: what the list shows. */
	shown(): Version[] {
		const latest = new Map<string, Version>();
		for (const version of this.versions) {
			const known = latest.get(version.id);
			if (version.visibleAt <= this.clock && (known === undefined || known.time < version.time)) {
				latest.set(version.id, version);
			}
		}
		return [...latest.values()];
	}

	/** Answers a request of the case list as the real client does, after judge(). */
	client = async ({ query }: OneTalkRequest): Promise<Answer> => {
		this.requests++;
		this.meanwhile();
		if (this.failing.has(this.requests)) {
			return { ok: false, failure: { kind: 'broken', message: 'HTTP 503', hint: 'Wait.', httpStatus: 503 } };
		}
		const since = Number(query?.since_timestamp);
		const { inclusive, pageLimit, hasMore } = this.readings;
		const all = this.shuffled(this.shown())
			.filter(({ time }) => (inclusive ? time >= since : time > since))
			.sort((a, b) => a.time - b.time);
		const page = all.slice(0, Math.min(Number(query?.limit), pageLimit));
		const newest = page.at(-1)?.time;
		const left = all.slice(page.length);
		const data: IDataObject = {
			cases: this.ordered(page).map(this.record),
			hasMore: hasMore === 'rows' ? left.length > 0 : left.some(({ time }) => time > (newest ?? 0)),
			...(newest === undefined ? this.emptyLastTimestamp(since) : { lastTimestamp: newest }),
		};
		return { ok: true, data };
	};

	private record = ({ id, createdTime, time, watched }: Version): IDataObject => ({
		id,
		createdTime,
		updatedTime: time === createdTime && this.readings.neverUpdated === 'zero' ? 0 : time,
		isClosed: watched.isClosed,
		isJunk: watched.isJunk,
		agentRemark: watched.agentRemark,
		agent: watched.agentEmail === '' ? null : { email: watched.agentEmail },
		contact: { fullName: watched.fullName },
	});

	private ordered(page: Version[]): Version[] {
		const { order } = this.readings;
		if (order === 'shuffled') return this.shuffled(page);
		return order === 'descending' ? [...page].reverse() : page;
	}

	private shuffled(versions: Version[]): Version[] {
		return this.shuffle(versions.length).map((index) => versions[index]);
	}

	private emptyLastTimestamp(since: number): IDataObject {
		const { emptyLastTimestamp } = this.readings;
		if (emptyLastTimestamp === 'missing') return {};
		return { lastTimestamp: { zero: 0, null: null, since, now: this.clock }[emptyLastTimestamp] };
	}
}
