/** Deliveries of OneTalk, as its documentation has them. */

/** The status of a message (Integration > Webhooks). */
export const MESSAGE_STATUS = {
	type: 'integration_message_status',
	organizationID: 2222,
	integrationMessageStatus: {
		trxID: '0b7c5a3e-8a55-4d29-a6a5-37c1e8d1f5a7',
		channelID: '2401234567',
		channelType: 'whatsappba',
		contactPhone: '628111222333',
		status: 'delivered',
		reason: '',
		timestamp: 1700000600000,
	},
};

/** A resolved case (Integration > Webhooks). */
export const CASE_RESOLVED = {
	type: 'case_resolved',
	organizationID: 2222,
	caseResolved: {
		caseID: 'A1B2C3D4E5',
		channelType: 'whatsapp',
		channelID: '2401234567',
		topicID: 7,
		topicName: 'Billing',
		assigneeType: 'agent',
		chatbotID: '',
		chatbotName: '',
		agentEmail: 'ops@example.org',
		agentFullName: 'Ops',
		isJunk: false,
		agentRemark: 'paid',
		createdTime: 1700000001000,
		counterStartTime: 1700000001000,
		firstResponseTime: 1700000300000,
		resolvedTime: 1700000900000,
	},
};

/** A customer's text (custom chatbot). */
export const CHAT_MESSAGE = {
	caseID: '00C49D438C',
	channelType: 'whatsappba',
	channelID: '2101081881',
	channelName: 'Customer Care',
	sender: { customerUserID: 'customer-1', phone: '6281212345678', contactName: 'Sari' },
	message: {
		id: 'wamid.HBgNNjI4MTIxMjM0NTY3OA==',
		type: 'text',
		text: { body: 'Where is my order?' },
		timestamp: 1748000000000,
	},
};

/** A customer's message of another kind. */
export function chatMessage(message: object): object {
	const { id, timestamp } = CHAT_MESSAGE.message;
	return { ...CHAT_MESSAGE, message: { id, timestamp, ...message } };
}
