/** The latest status of each message that was sent through the Integration API. */

/** As the organization's webhook spells them. */
export const STATUSES = ['acknowledge', 'delivered', 'read', 'failed'] as const;
export type Status = (typeof STATUSES)[number];

export interface MessageStatus {
	status: Status;
	/** Why the message failed. Empty for other statuses. */
	reason: string;
}

const MAX_STATUSES = 100_000;

export class StatusStore {
	private readonly byTrxID = new Map<string, MessageStatus>();

	constructor(private readonly changed: () => void) {}

	clear(): void {
		this.byTrxID.clear();
		this.changed();
	}

	/** Returns undefined while the message is queued. */
	get(trxID: string): MessageStatus | undefined {
		return this.byTrxID.get(trxID);
	}

	/** Sets a status. A status that comes late does not replace a later one. */
	set(trxID: string, status: MessageStatus): void {
		const last = this.byTrxID.get(trxID);
		if (last && STATUSES.indexOf(last.status) > STATUSES.indexOf(status.status)) return;
		this.byTrxID.set(trxID, status);
		const [oldest] = this.byTrxID.keys();
		if (this.byTrxID.size > MAX_STATUSES) this.byTrxID.delete(oldest);
		this.changed();
	}
}
