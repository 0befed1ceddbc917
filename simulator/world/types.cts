/** The records that several files share. All times are Unix milliseconds of the simulator's clock; 0 means never. */

export interface Contact {
	id: string;
	fullName: string;
	alias: string;
	email: string;
	/** Country code and number, digits only. */
	phone: string;
	agentRemark: string;
	createdTime: number;
	updatedTime: number;
}

export interface Agent {
	email: string;
	fullName: string;
}

/** A case as the documented case list shows it. */
export interface Case {
	id: string;
	contact: Contact;
	agent: Agent;
	firstMessage: string;
	isClosed: boolean;
	isJunk: boolean;
	agentRemark: string;
	createdTime: number;
	updatedTime: number;
}

/** What may be given for a new case. The simulator fills in the rest. */
export interface NewCase extends Partial<Omit<Case, 'contact' | 'agent'>> {
	contact?: Partial<Contact>;
	agent?: Partial<Agent>;
	/** Default: the channel of the first message in the case. */
	channelID?: string;
}

/** What may be changed in a case. Fields that are left out keep their value. */
export interface CaseChange extends Partial<Pick<Case, 'isClosed' | 'isJunk' | 'agentRemark'>> {
	contact?: Partial<Contact>;
	agent?: Partial<Agent>;
}

export interface TemplateParameter {
	name: string;
	value: string;
}

/** The groups of a template's parameters, in the order of the documentation. */
export const PARAMETER_GROUPS = ['header', 'body', 'footer', 'buttons'] as const;

/** A template's parameters. All groups are always there. */
export type TemplateParameters = Record<(typeof PARAMETER_GROUPS)[number], TemplateParameter[]>;

/** A message that was accepted ("added to queue"). */
export interface Message {
	trxID: string;
	/** Empty if the message was sent without a case. */
	caseID: string;
	channelID: string;
	phone: string;
	kind: 'text' | 'image' | 'file' | 'template';
	withCase: boolean;
	topicID?: number;
	/** The text, or the URL of the image or file. */
	body?: string;
	filename?: string;
	caption?: string;
	phoneNumberID?: string;
	templateName?: string;
	languageCode?: string;
	parameters?: TemplateParameters;
	/** When the message was accepted. */
	at: number;
}

/** One request to the API, with all API keys masked. */
export interface LogEntry {
	/** When the request arrived. */
	at: number;
	method: string;
	path: string;
	query: Record<string, unknown>;
	body: unknown;
	/** Null until there is a response; stays null if there never is one. */
	httpStatus: number | null;
	/** `status` of the response body; null if it has none. */
	bodyStatus: number | null;
	/** `error.code` of the response body; empty if it has none. */
	code: string;
	/** Kind of the fault that changed the response. */
	fault: string | null;
	/** Time until the response, in milliseconds; null until there is one. */
	ms: number | null;
	/** Text of a response that is not JSON, cut. Only of the chatbot endpoint. */
	answer?: string;
}
