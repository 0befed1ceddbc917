/** Everything that a simulated OneTalk consists of. Each part has a file of its own. */

import { EventEmitter } from 'node:events';
import { CaseDetailsStore } from './caseDetails.cts';
import { CaseStore } from './cases.cts';
import { checkChatbot, type Chatbot } from './chatbot.cts';
import { Clock } from './clock.cts';
import type { Connections } from './connections.cts';
import { ContactStore } from './contacts.cts';
import { DeliveryLog } from './deliveries.cts';
import { Events } from './events.cts';
import { FaultList, type Fault } from './faults.cts';
import { DEFAULT_KEY, DEFAULT_KEY_WITHOUT_TIER, checkKeyFormat } from './keys.cts';
import { MessageStore } from './messages.cts';
import { DEFAULT_ORGANIZATION, type Organization } from './organization.cts';
import { Random } from './random.cts';
import { RequestLog } from './requestLog.cts';
import { defaultSettings, type Settings } from './settings.cts';
import { stateOf } from './state.cts';
import { StatusStore } from './statuses.cts';
import { TemplateStore } from './templates.cts';
import { Transcript, type Entry } from './transcript.cts';
import type { Case, Message } from './types.cts';

/** What OneTalk tells other servers about. */
export interface Signals {
	messageQueued: [message: Message];
	caseClosed: [closed: Case];
	customerWrote: [entry: Entry & { from: 'customer' }];
}

export interface World {
	/** The valid API key. */
	readonly apiKey: string;
	/** The API key of an organization without a tier. */
	readonly noTierKey: string;
	settings: Settings;
	readonly clock: Clock;
	random: Random;
	readonly organization: Organization;
	readonly chatbot: Chatbot;
	readonly contacts: ContactStore;
	readonly cases: CaseStore;
	readonly caseDetails: CaseDetailsStore;
	/** Messages that were sent through the Integration API. */
	readonly messages: MessageStore;
	/** The latest status of each of these messages. */
	readonly statuses: StatusStore;
	/** What customers and the chatbot wrote. */
	readonly transcript: Transcript;
	/** What was delivered to the organization's webhook and to the chatbot. */
	readonly deliveries: DeliveryLog;
	/** Where these deliveries go. */
	connections: Connections;
	readonly signals: EventEmitter<Signals>;
	readonly templates: TemplateStore;
	readonly faults: FaultList;
	readonly log: RequestLog;
	readonly events: Events;
	/** API requests in progress now, and the max number of them so far. */
	readonly inFlight: { now: number; max: number };
	/** Aborted when the simulator stops. */
	readonly stopped: AbortSignal;
}

export interface WorldOptions {
	/** Default: `simulator-key`. */
	apiKey?: string;
	/** Default: `simulator-key-without-tier`. */
	noTierKey?: string;
	/** Parts that differ from the default organization. */
	organization?: Partial<Organization>;
	/** Parts that differ from the default chatbot. */
	chatbot?: Partial<Chatbot>;
	/** Throws an error that says what is wrong with a fault. */
	checkFault: (input: unknown) => Fault;
	/** Gets one line for every request to the API. */
	print: (line: string) => void;
	stopped: AbortSignal;
}

/** @throws {Error} if a key does not have the format of an API key, or if both are the same */
export function createWorld(options: WorldOptions): World {
	const { apiKey = DEFAULT_KEY, noTierKey = DEFAULT_KEY_WITHOUT_TIER, checkFault, print, stopped } = options;
	const chatbot = checkChatbot(options.chatbot ?? {});
	checkKeyFormat(apiKey);
	checkKeyFormat(noTierKey);
	if (apiKey === noTierKey) throw new Error('The two API keys must differ');
	const settings = defaultSettings();
	const clock = new Clock(() => world.settings.clockOffsetMs);
	const random = () => world.random;
	const changed = () => events.changed();
	const events = new Events(() => stateOf(world));
	const signals = new EventEmitter<Signals>();
	const contacts = new ContactStore(changed);
	const world: World = {
		apiKey,
		noTierKey,
		settings,
		clock,
		random: new Random(settings.seed),
		organization: { ...DEFAULT_ORGANIZATION, ...options.organization },
		chatbot,
		contacts,
		cases: new CaseStore(
			() => world.settings,
			clock,
			random,
			contacts,
			changed,
			(closed) => void signals.emit('caseClosed', closed),
		),
		caseDetails: new CaseDetailsStore(changed),
		messages: new MessageStore(clock, changed, (message) => void signals.emit('messageQueued', message)),
		statuses: new StatusStore(changed),
		transcript: new Transcript(clock, changed),
		deliveries: new DeliveryLog(changed, print),
		connections: { webhookUrl: '', chatbotUrl: '' },
		signals,
		templates: new TemplateStore(changed),
		faults: new FaultList(checkFault, random, changed),
		log: new RequestLog(clock, [apiKey, noTierKey, chatbot.secretKey], changed, print),
		events,
		inFlight: { now: 0, max: 0 },
		stopped,
	};
	return world;
}
