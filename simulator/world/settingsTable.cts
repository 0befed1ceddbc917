/** The table of the simulator's settings, in the groups in which the page shows them. */

interface SwitchSetting {
	default: boolean;
	help: string;
}
interface ChoiceSetting {
	default: string;
	choices: readonly string[];
	help: string;
}
interface NumberSetting {
	default: number;
	min: number;
	max: number;
	help: string;
}
export type Setting = SwitchSetting | ChoiceSetting | NumberSetting;
type Group = Record<string, Setting>;

const HOUR_MS = 3_600_000;

const GENERAL = {
	strict: {
		default: false,
		help: 'Refuses unknown channels, templates, topics and agents, and parameters that do not fit the template',
	},
	latencyMs: {
		default: 0,
		min: 0,
		max: HOUR_MS,
		help: 'Milliseconds to delay every response. The request itself is carried out at once',
	},
	clockOffsetMs: {
		default: 0,
		min: -24 * HOUR_MS,
		max: 24 * HOUR_MS,
		help: "Milliseconds to add to this machine's clock",
	},
	seed: {
		default: 1,
		min: 0,
		max: 0xffffffff,
		help: 'Seed of the random numbers for shuffled pages, failed messages and faults with a rate',
	},
} as const satisfies Group;

const CASE_LIST = {
	inclusive: {
		default: true,
		help: 'The case list includes cases at since_timestamp itself, not only later ones',
	},
	order: {
		default: 'ascending',
		choices: ['ascending', 'descending', 'shuffled'],
		help: 'Order of the cases within a page. A page always holds the oldest cases after since_timestamp',
	},
	pageLimit: {
		default: 100,
		min: 1,
		max: 100,
		help: 'Max number of cases in a page, even if the request asks for more',
	},
	visibilityLagMs: {
		default: 0,
		min: 0,
		max: HOUR_MS,
		help: 'Milliseconds until a change shows in the case list',
	},
	emptyLastTimestamp: {
		default: 'zero',
		choices: ['zero', 'null', 'since', 'now', 'missing'],
		help: 'lastTimestamp of an empty case list',
	},
	emptyCases: {
		default: 'list',
		choices: ['list', 'null'],
		help: 'data.cases of an empty case list',
	},
	newCaseUpdatedTime: {
		default: 'created',
		choices: ['created', 'zero'],
		help: 'updatedTime of a case that never changed: its createdTime, or 0',
	},
	messageUpdatesCase: {
		default: false,
		help: 'A message in a case gives the case a new updatedTime',
	},
} as const satisfies Group;

const CONTACTS = {
	contactRejection: {
		default: 'error',
		choices: ['error', 'successFalse'],
		help: 'How a contact that cannot be matched is rejected: with code 40002, or with data.success false',
	},
	emptyContactFields: {
		default: 'clear',
		choices: ['clear', 'keep'],
		help: 'Whether an empty alias, email or photoURL clears the field or keeps its value',
	},
	contactUpdatesCase: {
		default: true,
		help: 'A change of a contact gives its open cases a new updatedTime',
	},
	customerChannel: {
		default: 'whatsappba',
		choices: ['whatsappba', 'whatsapp'],
		help: 'Type of the channel on which a customer writes if no channel is given',
	},
} as const satisfies Group;

const CHATBOT = {
	chatbotCheckFirst: {
		default: 'key',
		choices: ['key', 'case'],
		help: 'What the chatbot endpoint checks first: the secret key or the case ID',
	},
	chatbotUnknownCase: {
		default: 'badRequest',
		choices: ['badRequest', 'notFound'],
		help: 'HTTP status of a request for an unknown case: 400 or 404',
	},
	chatbotClosedCase: {
		default: 'refused',
		choices: ['refused', 'ignored', 'accepted'],
		help: 'A request for a closed case: 400, or ok without doing anything, or carried out',
	},
	chatbotAfterHandover: {
		default: 'accepted',
		choices: ['accepted', 'ignored', 'refused'],
		help: 'A request for a case that was handed over: carried out, or ok without doing anything, or 400',
	},
	chatbotVideoKeys: {
		default: 'both',
		choices: ['both', 'video', 'image'],
		help: 'Key that holds the details of a video in a message of the chatbot. The documentation shows both',
	},
	chatbotSenderPhone: {
		default: 'given',
		choices: ['given', 'empty', 'missing'],
		help: 'sender.phone of a message that is delivered to the chatbot',
	},
	chatbotVideoKey: {
		default: 'video',
		choices: ['video', 'image'],
		help: 'Key that holds the details of a video that is delivered to the chatbot',
	},
	chatbotOlderFormat: {
		default: false,
		help: 'Leaves out what deliveries have had only since 2024: channelID, channelName, customerUserID, timestamp',
	},
} as const satisfies Group;

const DELIVERIES = {
	messageStatuses: {
		default: 'read',
		choices: ['read', 'delivered', 'acknowledge', 'none'],
		help: 'Last status of a message that was sent through the API',
	},
	failedPercent: {
		default: 0,
		min: 0,
		max: 100,
		help: 'Percentage of the messages that get the status failed instead',
	},
	failureReason: {
		default: 'invalid_recipient',
		choices: ['invalid_recipient', 'insufficient_balance', 'Message undeliverable'],
		help: 'reason of a failed message',
	},
	statusDelayMs: {
		default: 1_000,
		min: 0,
		max: HOUR_MS,
		help: 'Milliseconds before each status of a message',
	},
	statusOrder: {
		default: 'inOrder',
		choices: ['inOrder', 'reversed', 'shuffled'],
		help: 'Order in which the statuses of a message are delivered',
	},
	deliveryRepeats: {
		default: 1,
		min: 1,
		max: 10,
		help: 'How often each delivery is made, even if it was answered with HTTP 200',
	},
	webhookRetries: {
		default: 0,
		min: 0,
		max: 20,
		help: "Retries of a delivery to the organization's webhook that was not answered with HTTP 200",
	},
	chatbotRetries: {
		default: 3,
		min: 0,
		max: 20,
		help: 'Retries of a delivery to the chatbot that was not answered with HTTP 200',
	},
	retryPauseMs: {
		default: 1_000,
		min: 0,
		max: HOUR_MS,
		help: 'Milliseconds before each retry',
	},
	deliveryTimeoutMs: {
		default: 10_000,
		min: 10,
		max: HOUR_MS,
		help: 'Milliseconds to wait for the answer to a delivery',
	},
} as const satisfies Group;

export const SETTINGS = { ...GENERAL, ...CASE_LIST, ...CONTACTS, ...CHATBOT, ...DELIVERIES } as const;

/** Names of the settings by the title of their group. */
export const SETTING_GROUPS: Record<string, string[]> = {
	General: Object.keys(GENERAL),
	'Case list': Object.keys(CASE_LIST),
	Contacts: Object.keys(CONTACTS),
	Chatbot: Object.keys(CHATBOT),
	'Statuses and deliveries': Object.keys(DELIVERIES),
};

export type SettingName = keyof typeof SETTINGS;

type ValueOf<S extends Setting> = S extends { choices: ReadonlyArray<infer Choice> }
	? Choice
	: S extends NumberSetting
		? number
		: boolean;

export type Settings = { -readonly [Name in SettingName]: ValueOf<(typeof SETTINGS)[Name]> };
