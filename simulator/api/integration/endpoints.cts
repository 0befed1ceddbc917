import * as checks from './checks.cts';
import { invalid, success } from './envelope.cts';

/**
 * The four documented endpoints: each checks its input, does what it says and gives the envelope.
 * Source: https://docs.taptalk.io/onetalk-omnichannel-documentation/onetalk-integration-api/inbox-api
 *
 * @typedef {import('../../world/types.cts').World} World
 * @typedef {import('../../world/types.cts').Envelope} Envelope
 * @typedef {{ query: Record<string, unknown>, body: Record<string, unknown> }} Input
 * @typedef {object} Endpoint
 * @property {'GET' | 'POST'} method
 * @property {string} path below API_PATH
 * @property {(world: World, input: Input) => Envelope} run
 * @property {Record<string, unknown>} pretended data of a success in which nothing was done
 */

const API_PATH = '/api/integration/v1';

const QUEUED = 'The message has been added to queue';
const UPDATED = 'Case updated successfully';

/**
 * @param {World} world
 * @param {Input} input
 */
function sendMessage(world, { body: fields }) {
	const channelID = checks.requiredString(fields, 'channelID', 'Channel ID');
	const phone = checks.requiredPhone(fields);
	const kind = checks.requiredString(fields, 'messageType', 'Message type');
	if (kind !== 'text' && kind !== 'image' && kind !== 'file')
		throw invalid('Message type is invalid', 'messageType');
	const content = {
		body: checks.requiredString(fields, 'body', 'Body'),
		filename:
			kind === 'text'
				? checks.optionalString(fields, 'filename', 'Filename')
				: checks.requiredString(fields, 'filename', 'Filename'),
		caption: checks.optionalString(fields, 'caption', 'Caption'),
	};
	return queue(world, fields, { channelID, phone, kind, ...content });
}

/**
 * @param {World} world
 * @param {Input} input
 */
function sendTemplate(world, { body: fields }) {
	return queue(world, fields, {
		channelID: checks.requiredString(fields, 'channelID', 'Channel ID'),
		phoneNumberID: checks.optionalString(fields, 'phoneNumberID', 'Phone number ID'),
		phone: checks.requiredPhone(fields),
		kind: 'template',
		templateName: checks.requiredString(fields, 'templateName', 'Template name'),
		languageCode: checks.requiredString(fields, 'languageCode', 'Language code'),
		parameters: checks.templateParameters(fields.parameters),
	});
}

/**
 * @param {World} world
 * @param {Record<string, unknown>} fields
 * @param {Omit<import('../../world/types.cts').Message, 'trxID' | 'caseID' | 'withCase' | 'at'>} content
 * @returns {Envelope}
 */
function queue(world, fields, content) {
	const withCase = checks.optionalBoolean(fields, 'withCase', 'With case') ?? false;
	const topicID = checks.optionalInteger(fields, 'topicID', 'Topic ID');
	const caseID = withCase ? world.cases.openFor(content.phone).id : '';
	if (withCase && world.settings.messageUpdatesCase) world.cases.update(caseID, {});
	const { trxID } = world.messages.add(withoutUndefined({ caseID, ...content, withCase, topicID }));
	return success({ success: true, message: QUEUED, caseID, trxID });
}

/**
 * @param {World} world
 * @param {Input} input
 */
function listCases(world, { query }) {
	const since = checks.queryInteger(query, 'since_timestamp', 'Since timestamp');
	if (since === undefined) throw invalid('Since timestamp is invalid', 'since_timestamp');
	const limit = checks.queryInteger(query, 'limit', 'Limit') ?? 100;
	if (limit < 1 || limit > 100) throw invalid('Limit is invalid', 'limit');

	const { cases, hasMore, newest } = world.cases.page(since, limit);
	if (newest !== null) return success({ cases, hasMore, lastTimestamp: newest });
	const { emptyCases, emptyLastTimestamp } = world.settings;
	const lastTimestamp = { zero: 0, null: null, since, now: world.clock.now(), missing: undefined }[
		emptyLastTimestamp
	];
	return success(withoutUndefined({ cases: emptyCases === 'null' ? null : [], hasMore, lastTimestamp }));
}

/**
 * @param {World} world
 * @param {Input} input
 */
function updateCase(world, { body: fields }) {
	const caseID = checks.requiredString(fields, 'caseID', 'Case ID');
	const change = withoutUndefined({
		agentRemark: checks.optionalString(fields, 'agentRemark', 'Agent remark'),
		isJunk: checks.optionalBoolean(fields, 'isJunk', 'Is junk'),
	});
	// The page lists no "not found" among this endpoint's errors, so an unknown case is a failed validation.
	if (!world.cases.get(caseID)) throw invalid('Case ID is invalid', 'caseID');
	if (Object.keys(change).length > 0) world.cases.update(caseID, change);
	return success({ success: true, message: UPDATED });
}

/**
 * @template {object} T
 * @param {T} object
 * @returns {T} without the keys that are undefined
 */
function withoutUndefined(object) {
	return /** @type {T} */ (
		Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
	);
}

const PRETENDED_SEND = { success: true, message: QUEUED, caseID: '' };

/** By the last part of the path, which is the name that faults go by. @type {Record<string, Endpoint>} */
const ENDPOINTS = {
	send_message_whatsapp: {
		method: 'POST',
		path: '/inbox/send_message_whatsapp',
		run: sendMessage,
		pretended: PRETENDED_SEND,
	},
	send_templated_message_whatsappba: {
		method: 'POST',
		path: '/inbox/send_templated_message_whatsappba',
		run: sendTemplate,
		pretended: PRETENDED_SEND,
	},
	get_updated_list: {
		method: 'GET',
		path: '/inbox/case/get_updated_list',
		run: listCases,
		pretended: { cases: [], hasMore: false, lastTimestamp: 0 },
	},
	update: {
		method: 'POST',
		path: '/inbox/case/update',
		run: updateCase,
		pretended: { success: true, message: UPDATED },
	},
};

export { API_PATH, ENDPOINTS };
