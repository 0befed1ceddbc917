/** The label that the panel shows for a field that the API names. */

import { operations } from '../../../nodes/OneTalk/operations';
import { labelOf } from '../../../nodes/OneTalk/operations/labels';

const named = (resource: string, name: string) => {
	const found = operations.find((it) => it.resource === resource && it.value === name);
	if (found === undefined) throw new Error(`No operation ${name}`);
	return found;
};

describe('the label of a field that the API rejects', () => {
	it.each<[string, string, string, string | undefined]>([
		['message', 'send', 'channelID', 'Channel ID'],
		['message', 'send', 'phone', "Recipient's Phone Number"],
		['message', 'send', 'messageType', 'Message Type'],
		['message', 'send', 'body', 'Text or Media URL'],
		['message', 'send', 'filename', 'File Name'],
		['message', 'send', 'caption', 'Caption'],
		['message', 'send', 'withCase', 'With Case'],
		['message', 'send', 'topicID', 'Topic ID'],
		['message', 'sendTemplate', 'channelID', 'Channel ID'],
		['message', 'sendTemplate', 'phoneNumberID', 'Sender Phone Number ID'],
		['message', 'sendTemplate', 'templateName', 'Template Name'],
		['message', 'sendTemplate', 'languageCode', 'Language Code'],
		['message', 'sendTemplate', 'parameters', 'Template Parameters'],
		['message', 'sendTemplate', 'topicID', 'Topic ID'],
		['case', 'getAll', 'since_timestamp', 'Since'],
		['case', 'getAll', 'limit', 'Limit'],
		['case', 'update', 'caseID', 'Case ID'],
		['case', 'update', 'agentRemark', 'Agent Remark'],
		['case', 'update', 'isJunk', 'Junk'],
		['message', 'send', 'somethingNew', undefined],
		['message', 'send', '', undefined],
		['message', 'send', 'constructor', undefined],
		['message', 'send', '__proto__', undefined],
	])('%s %s: %s is called %s', (resource, name, field, label) => {
		expect(labelOf(named(resource, name), field)).toBe(label);
	});
});

it.each<[string, string, string, string]>([
	['message', 'send', 'mediaUrl', 'Media URL'],
	['message', 'send', 'defaultCountryCode', 'Default Country Code'],
	['message', 'sendTemplate', 'templateParametersJson', 'Variables (JSON)'],
	['case', 'getAll', 'returnAll', 'Return All'],
	['case', 'update', 'updateFields', 'Update Fields'],
])('the label of our own parameter %s %s %s is %s', (resource, name, parameter, label) => {
	expect(labelOf(named(resource, name), parameter)).toBe(label);
});
