/**
 * The checks of strict mode. How the real service answers is not documented for most of them, so each is an invalid
 * parameter (code 40002) with the field that is wrong.
 */

import type { Channel } from '../../world/organization.cts';
import type { Template } from '../../world/templates.cts';
import { variablesOf } from '../../world/templateVariables.cts';
import type { Message, TemplateParameter, TemplateParameters } from '../../world/types.cts';
import type { World } from '../../world/world.cts';
import { isWebUrl } from './checks.cts';
import { invalid } from './envelope.cts';

const FILES: readonly string[] = ['image', 'video', 'document'];

/** @throws {Refusal} unless the channel is a WhatsApp for SME channel, and the body of a file is its URL */
export function checkSend(
	world: World,
	{ channelID, kind, body }: Pick<Message, 'channelID' | 'kind' | 'body'>,
): void {
	channelOf(world, channelID, 'whatsapp');
	if (kind !== 'text' && !isWebUrl(body ?? '')) throw invalid('Body is invalid', 'body');
}

/** @throws {Refusal} if the topic is not one of the organization */
export function checkTopic({ organization }: World, topicID: number | undefined): void {
	if (topicID !== undefined && topicID !== 0 && !organization.topics.some(({ id }) => id === topicID))
		throw invalid('Topic ID is invalid', 'topicID');
}

/** @throws {Refusal} for an unknown channel, phone number ID or template, or a parameter that does not fit */
export function checkTemplateSend(
	world: World,
	given: Pick<Message, 'channelID' | 'phoneNumberID'> &
		Required<Pick<Message, 'templateName' | 'languageCode' | 'parameters'>>,
): void {
	const { phoneNumberIDs } = channelOf(world, given.channelID, 'whatsappba');
	if (phoneNumberIDs.length > 0) {
		if (!given.phoneNumberID) throw invalid('Phone number ID is required', 'phoneNumberID');
		if (!phoneNumberIDs.includes(given.phoneNumberID))
			throw invalid('Phone number ID is invalid', 'phoneNumberID');
	}
	const template = world.templates.get(given.templateName, given.languageCode);
	if (template) return checkParameters(template, given.parameters);
	throw world.templates.list.some(({ templateName }) => templateName === given.templateName)
		? invalid('Language code is invalid', 'languageCode')
		: invalid('Template name is invalid', 'templateName');
}

function channelOf({ organization }: World, channelID: string, type: string): Channel {
	const channel = organization.channels.find(({ id }) => id === channelID);
	if (channel?.type !== type) throw invalid('Channel ID is invalid', 'channelID');
	return channel;
}

function checkParameters(template: Template, { header, body, footer, buttons }: TemplateParameters): void {
	checkHeader(template, header);
	checkNames(body, variablesOf(template.body), 'body');
	checkNames(footer, variablesOf(template.footer), 'footer');
	const urls = template.buttons.flatMap((text, i) => (variablesOf(text).length > 0 ? [`url_${i}`] : []));
	checkNames(buttons, urls, 'buttons');
}

/** A header without text may be a file of any kind, unless the template names its kind. */
function checkHeader({ header: text, headerType }: Template, given: TemplateParameter[]): void {
	if (headerType) checkNames(given, [headerType], 'header');
	else if (text !== '' || given.length !== 1 || !FILES.includes(given[0].name))
		checkNames(given, variablesOf(text), 'header');
	if (
		given.some(
			({ name, value }) => FILES.includes(name) && !variablesOf(text).includes(name) && !isWebUrl(value),
		)
	)
		throw invalid('Parameters header is invalid', 'parameters.header');
}

/** @throws {Refusal} unless every variable has exactly one value that is not empty, and nothing else has one */
function checkNames(given: TemplateParameter[], variables: string[], group: string): void {
	const names = given.map(({ name }) => name);
	const missing = variables.find((name) => !names.includes(name));
	const unknown = names.find((name, i) => !variables.includes(name) || names.indexOf(name) !== i);
	if (missing !== undefined || unknown !== undefined || given.some(({ value }) => value === ''))
		throw invalid(`Parameters ${group} is invalid`, `parameters.${group}`);
}
