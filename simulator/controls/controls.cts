/** What a test or a person can do to the simulator. Tests call these functions, the page calls them over HTTP. */

import type { Outbound } from '../outbound/outbound.cts';
import type { BulkOptions } from '../world/cases.cts';
import type { Connections } from '../world/connections.cts';
import type { Fault } from '../world/faults.cts';
import { Random } from '../world/random.cts';
import { checkSettings, defaultSettings, type Settings } from '../world/settings.cts';
import { readTemplates, writeTemplates } from '../world/templateFile.cts';
import type { Template } from '../world/templates.cts';
import type { Case, CaseChange, NewCase } from '../world/types.cts';
import type { World } from '../world/world.cts';
import { changeCase, createCase } from './cases.cts';
import { createChatControls, type ChatControls } from './chat.cts';

/** What the simulator starts with, and returns to with `reset`. */
export interface InitialState {
	settings?: Partial<Settings>;
	faults?: Fault[];
	templates?: Array<Partial<Template>>;
	/** A file in which templates that are added are kept, also over a restart and a reset. Default: none. */
	templatesFile?: string;
	/** Where deliveries go. Both are empty by default. */
	connections?: Partial<Connections>;
}

export interface Controls extends ChatControls {
	/**
	 * Changes some settings and returns all of them.
	 *
	 * @throws {Error} that names the setting and its allowed values
	 */
	configure(settings: Partial<Settings>): Settings;
	/**
	 * Adds a fault, which changes the responses to the next requests.
	 *
	 * @throws {Error} that says what is wrong with it
	 */
	fault(fault: Fault): void;
	clearFaults(): void;
	/**
	 * Adds the texts of an approved template, so that the page shows finished messages.
	 *
	 * @throws {Error} that names the field
	 */
	addTemplate(template: Partial<Template>): Template;
	/** @throws {Error} if there is no such template */
	removeTemplate(templateName: string, languageCode: string): void;
	/** @throws {Error} that names the field */
	createCase(fields?: NewCase): Case;
	/** @throws {Error} if there is no such case, or an error that names the field */
	updateCase(id: string, change: CaseChange): Case;
	/** Creates many cases, each at a millisecond of its own, or all at the same one. */
	bulk(count: number, options?: BulkOptions): Case[];
	/** Returns the time of the simulator's clock in Unix milliseconds. */
	now(): number;
	/** Freezes the clock at `ms` (Unix milliseconds), or lets it run again with null. */
	setClock(ms: number | null): void;
	/** Removes all cases, messages and log entries, and restores the initial settings, faults, templates and URLs. */
	reset(): void;
}

/** Returns the controls of a world and puts it into its initial state. */
export function createControls(world: World, outbound: Outbound, initial: InitialState): Controls {
	const { settings = {}, faults = [], templates = [], templatesFile, connections = {} } = initial;
	let initialTemplates: string[] = [];
	/** Writes the templates that were added to the file. */
	const keepTemplates = () => {
		const added = world.templates.list.filter(
			(template) => !initialTemplates.includes(JSON.stringify(template)),
		);
		if (templatesFile) writeTemplates(templatesFile, added);
	};
	const controls: Controls = {
		...createChatControls(world, outbound),
		configure(partial) {
			world.settings = { ...world.settings, ...checkSettings(partial) };
			if ('seed' in partial) world.random = new Random(world.settings.seed);
			world.events.changed();
			return { ...world.settings };
		},
		fault: (fault) => world.faults.add(fault),
		clearFaults: () => world.faults.clear(),
		addTemplate(template) {
			const added = world.templates.add(template);
			keepTemplates();
			return added;
		},
		removeTemplate(templateName, languageCode) {
			world.templates.remove(templateName, languageCode);
			keepTemplates();
		},
		createCase: (fields = {}) => createCase(world, fields),
		updateCase: (id, change) => changeCase(world, id, change),
		bulk: (count, options) => world.cases.bulk(count, options),
		now: () => world.clock.now(),
		setClock(ms) {
			world.clock.set(ms);
			world.events.changed();
		},
		reset() {
			outbound.cancel();
			world.clock.set(null);
			world.settings = defaultSettings();
			controls.configure({ seed: world.settings.seed, ...settings });
			world.contacts.clear();
			world.cases.clear();
			world.caseDetails.clear();
			world.messages.clear();
			world.statuses.clear();
			world.transcript.clear();
			world.deliveries.clear();
			world.connections = { webhookUrl: '', chatbotUrl: '' };
			controls.connect(connections);
			world.templates.clear();
			for (const template of templates) world.templates.add(template);
			initialTemplates = world.templates.list.map((template) => JSON.stringify(template));
			if (templatesFile) for (const template of readTemplates(templatesFile)) world.templates.add(template);
			world.log.clear();
			world.inFlight.max = world.inFlight.now;
			controls.clearFaults();
			for (const fault of faults) controls.fault(fault);
		},
	};
	controls.reset();
	return controls;
}
