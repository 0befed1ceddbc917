/** The events of a chatbot that change something: hand-over, closing, and updates of the case and its contact. */

import type { ContactDetails } from '../../world/contacts.cts';
import type { CustomField } from '../../world/organization.cts';
import type { Case } from '../../world/types.cts';
import type { World } from '../../world/world.cts';
import { withoutUndefined } from '../integration/endpoint.cts';
import * as fields from './fields.cts';
import { badRequest } from './refusal.cts';

/** Carries out an event. */
type Change = (world: World, target: Case, body: fields.Fields) => void;

export const handOver: Change = (world, target, body) => {
	const { caseDetails, organization, settings } = world;
	const {
		topicID = 0,
		agentEmail,
		chatbotHandoverSummary,
	} = fields.optionalObject(body.handoverCase, 'handoverCase');
	if (typeof topicID !== 'number' || !Number.isSafeInteger(topicID) || topicID < 0)
		throw badRequest('topic id is invalid');
	const email = fields.optionalText(agentEmail, 'agent email') ?? '';
	const summary = fields.optionalText(chatbotHandoverSummary, 'chatbot handover summary') ?? '';

	const { channelID, topicID: lastTopicID } = caseDetails.get(target.id);
	const channelTopics = organization.channels.find(({ id }) => id === channelID)?.topicIDs ?? [];
	const ownTopicID = topicID || lastTopicID || (channelTopics.length === 1 ? channelTopics[0] : 0);
	const topic = organization.topics.find(({ id }) => id === ownTopicID);
	if (settings.strict && topicID !== 0 && !topic) throw badRequest('topic id is invalid');
	if (settings.strict && email !== '' && !topic?.agents.includes(email))
		throw badRequest('agent email is not assigned to the topic of the case');

	caseDetails.change(target.id, { isHandedOver: true, topicID: ownTopicID, handoverSummary: summary });
	if (email) world.cases.update(target.id, { agent: { email, fullName: nameOf(email) } });
	const to = [topic && `topic ${topic.name}`, email].filter(Boolean).join(', ');
	note(world, target, 'handedOver', [`Handed over${to && ` to ${to}`}`, summary].filter(Boolean).join(': '));
	if (ownTopicID === 0 && channelTopics.length > 1) askForTopic(world, target, channelTopics);
};

/** If the channel has several topics, the customer is sent a choice. */
function askForTopic(world: World, target: Case, topicIDs: number[]): void {
	const names = topicIDs.map((id) => world.organization.topics.find((topic) => topic.id === id)?.name ?? id);
	const body = ['Please choose a topic:', ...names.map((name, i) => `${i + 1}. ${name}`)].join('\n');
	write(world, target, body);
}

export const closeCase: Change = (world, target, body) => {
	const { sendClosingMessage } = fields.optionalObject(body.closeCase, 'closeCase');
	const isSent = fields.optionalBoolean(sendClosingMessage, 'sendClosingMessage') ?? false;
	if (isSent && world.organization.closingMessage) write(world, target, world.organization.closingMessage);
	world.cases.update(target.id, { isClosed: true });
};

export const updateCase: Change = (world, target, body) => {
	const given = fields.requiredObject(body.updateCase, 'updateCase');
	const change = withoutUndefined({
		agentRemark: fields.optionalText(given.agentRemark, 'agent remark'),
		isJunk: fields.optionalBoolean(given.isJunk, 'isJunk'),
	});
	if (Object.keys(change).length === 0) return;
	world.cases.update(target.id, change);
	if (change.agentRemark !== undefined)
		note(world, target, 'remark', `Remark: ${change.agentRemark || '(cleared)'}`);
	if (change.isJunk !== undefined) note(world, target, 'junk', change.isJunk ? 'Marked as junk' : 'Not junk');
};

export const updateContact: Change = (world, target, body) => {
	const given = fields.requiredObject(body.updateContact, 'updateContact');
	const { contacts, cases, clock, settings } = world;
	const texts = withoutUndefined({
		fullName: fields.optionalText(given.fullName, 'full name'),
		alias: fields.optionalText(given.alias, 'alias'),
		companyName: fields.optionalText(given.companyName, 'company name'),
		jobTitle: fields.optionalText(given.jobTitle, 'job title'),
	});
	if (texts.fullName?.trim() === '') throw badRequest('full name is required');
	const customFields = checkCustomFields(world, fields.optionalObject(given.customFields, 'custom fields'));
	const contact = contacts.get(target.contact.id);
	if (!contact) throw badRequest('contact is not found');

	const changed: Partial<ContactDetails> = {
		...texts,
		customFields: { ...contact.customFields, ...customFields },
	};
	contacts.put({ ...contact, ...changed, updatedTime: clock.now() });
	if (settings.contactUpdatesCase) cases.showContact(contact.id);
	const parts = Object.entries({ ...texts, ...customFields }).map(
		([name, value]) => `${LABELS[name] ?? name} ${value || '(cleared)'}`,
	);
	if (parts.length > 0) note(world, target, 'contact', `Contact: ${parts.join(', ')}`);
};

const LABELS: Record<string, string> = { fullName: 'name', companyName: 'company', jobTitle: 'job title' };

/** In strict mode, a custom field must exist, and its value must fit its type. Empty text clears a field. */
function checkCustomFields({ organization, settings }: World, given: fields.Fields): Record<string, string> {
	for (const [code, value] of Object.entries(given)) {
		if (typeof value !== 'string') throw badRequest(`custom field ${code} is invalid`);
		if (!settings.strict) continue;
		const field = organization.customFields.find((one) => one.code === code);
		if (!field) throw badRequest(`custom field ${code} is not found`);
		if (value !== '' && !FITS[field.type](value)) throw badRequest(`custom field ${code} is invalid`);
	}
	return given as Record<string, string>;
}

const FITS: Record<CustomField['type'], (value: string) => boolean> = {
	single_line: (value) => !/[\r\n]/.test(value),
	multiple_line: () => true,
	dropdown: () => true,
	multiple_select: isListOfTexts,
	date: (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)),
	number: (value) => /^-?\d+(\.\d+)?$/.test(value),
};

function isListOfTexts(json: string): boolean {
	try {
		const list: unknown = JSON.parse(json);
		return Array.isArray(list) && list.every((item) => typeof item === 'string');
	} catch {
		return false;
	}
}

function nameOf(email: string): string {
	const name = email.split('@')[0];
	return name.charAt(0).toUpperCase() + name.slice(1);
}

function write(world: World, { id, contact }: Case, body: string): void {
	const { channelID } = world.caseDetails.get(id);
	const message = { type: 'text', text: { body } } as const;
	world.transcript.add({ from: 'onetalk', caseID: id, phone: contact.phone, channelID, message });
}

function note(
	world: World,
	{ id, contact }: Case,
	kind: 'handedOver' | 'remark' | 'junk' | 'contact',
	text: string,
): void {
	const { channelID } = world.caseDetails.get(id);
	world.transcript.add({ from: 'note', caseID: id, phone: contact.phone, channelID, note: { kind, text } });
}
