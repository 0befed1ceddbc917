/** What OneTalk knows of a case but does not show in the case list: its channel, its topic and who works on it. */

export interface CaseDetails {
	/** Empty until a message goes through a channel. */
	channelID: string;
	/** 0 if the case has no topic. */
	topicID: number;
	/** Whether the chatbot handed the case over. Its customer's messages are not delivered to the chatbot any more. */
	isHandedOver: boolean;
	handoverSummary: string;
	/** Whether the chatbot has done anything in the case. */
	isWithChatbot: boolean;
	/** Unix milliseconds; 0 means never. */
	firstResponseTime: number;
	/** Unix milliseconds; 0 means never. */
	resolvedTime: number;
}

const NEW: Readonly<CaseDetails> = Object.freeze({
	channelID: '',
	topicID: 0,
	isHandedOver: false,
	handoverSummary: '',
	isWithChatbot: false,
	firstResponseTime: 0,
	resolvedTime: 0,
});

export class CaseDetailsStore {
	private readonly byCase = new Map<string, Readonly<CaseDetails>>();

	constructor(private readonly changed: () => void) {}

	clear(): void {
		this.byCase.clear();
		this.changed();
	}

	get(caseID: string): Readonly<CaseDetails> {
		return this.byCase.get(caseID) ?? NEW;
	}

	change(caseID: string, change: Partial<CaseDetails>): void {
		this.byCase.set(caseID, Object.freeze({ ...this.get(caseID), ...change }));
		this.changed();
	}
}
