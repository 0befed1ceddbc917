/** Everything that a simulated OneTalk consists of. Each part has a file of its own. */

import { CaseStore } from './cases.cts';
import { Clock } from './clock.cts';
import { Events } from './events.cts';
import { FaultList, type Fault } from './faults.cts';
import { DEFAULT_KEY, DEFAULT_KEY_WITHOUT_TIER, checkKeyFormat } from './keys.cts';
import { MessageStore } from './messages.cts';
import { Random } from './random.cts';
import { RequestLog } from './requestLog.cts';
import { defaultSettings, type Settings } from './settings.cts';
import { stateOf } from './state.cts';
import { TemplateStore } from './templates.cts';

export interface World {
	/** The valid API key. */
	readonly apiKey: string;
	/** The API key of an organization without a tier. */
	readonly noTierKey: string;
	settings: Settings;
	readonly clock: Clock;
	random: Random;
	readonly cases: CaseStore;
	readonly messages: MessageStore;
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
	/** Throws an error that says what is wrong with a fault. */
	checkFault: (input: unknown) => Fault;
	/** Gets one line for every request to the API. */
	print: (line: string) => void;
	stopped: AbortSignal;
}

/** @throws {Error} if a key does not have the format of an API key, or if both are the same */
export function createWorld(options: WorldOptions): World {
	const { apiKey = DEFAULT_KEY, noTierKey = DEFAULT_KEY_WITHOUT_TIER, checkFault, print, stopped } = options;
	checkKeyFormat(apiKey);
	checkKeyFormat(noTierKey);
	if (apiKey === noTierKey) throw new Error('The two API keys must differ');
	const settings = defaultSettings();
	const clock = new Clock(() => world.settings.clockOffsetMs);
	const random = () => world.random;
	const changed = () => events.changed();
	const events = new Events(() => stateOf(world));
	const world: World = {
		apiKey,
		noTierKey,
		settings,
		clock,
		random: new Random(settings.seed),
		cases: new CaseStore(() => world.settings, clock, random, changed),
		messages: new MessageStore(clock, changed),
		templates: new TemplateStore(changed),
		faults: new FaultList(checkFault, random, changed),
		log: new RequestLog(clock, [apiKey, noTierKey], changed, print),
		events,
		inFlight: { now: 0, max: 0 },
		stopped,
	};
	return world;
}
