/** What the simulated organization has besides its cases: channels, topics with their agents, and custom fields. */

export interface Channel {
	id: string;
	/** For example `whatsapp` (WhatsApp for SME), `whatsappba` (WhatsApp Business API) or `telegram`. */
	type: string;
	name: string;
	/** Only of a WhatsApp Business API channel. */
	phoneNumberIDs: string[];
	/** The first one is the topic of new cases. */
	topicIDs: number[];
}

export interface Topic {
	id: number;
	name: string;
	/** Email addresses. */
	agents: string[];
}

export interface CustomField {
	code: string;
	type: 'single_line' | 'multiple_line' | 'dropdown' | 'multiple_select' | 'date' | 'number';
}

export interface Organization {
	id: number;
	channels: Channel[];
	topics: Topic[];
	customFields: CustomField[];
	/** Text that a customer gets when a case is closed with a closing message. Empty if there is none. */
	closingMessage: string;
}

export const DEFAULT_ORGANIZATION: Organization = {
	id: 2222,
	channels: [
		{
			id: '2100480937',
			type: 'whatsappba',
			name: 'WhatsApp Business API',
			phoneNumberIDs: ['103011859190563'],
			topicIDs: [1],
		},
		{ id: '2101081881', type: 'whatsapp', name: 'WhatsApp for SME', phoneNumberIDs: [], topicIDs: [1] },
		{ id: '2101230001', type: 'telegram', name: 'Telegram', phoneNumberIDs: [], topicIDs: [1, 2] },
		{ id: '2101230002', type: 'instagram', name: 'Instagram', phoneNumberIDs: [], topicIDs: [2] },
	],
	topics: [
		{ id: 1, name: 'Support', agents: ['agent@example.com'] },
		{ id: 2, name: 'Sales', agents: ['sales@example.com'] },
	],
	customFields: [
		{ code: 'membership_id', type: 'single_line' },
		{ code: 'company_address', type: 'multiple_line' },
		{ code: 'company_city', type: 'dropdown' },
		{ code: 'products', type: 'multiple_select' },
		{ code: 'birthday', type: 'date' },
		{ code: 'visits', type: 'number' },
	],
	closingMessage: 'Thank you for contacting us.',
};
