/** Checks the interactive messages of WhatsApp: buttons, lists, flows and requests for contact details. */

import type { Settings } from '../../world/settings.cts';
import * as fields from './fields.cts';
import { badRequest } from './refusal.cts';
import { videoOf } from './videoKey.cts';

const TYPES = ['button', 'list', 'flow', 'request_contact_info'] as const;
const HEADER_TYPES = ['text', 'document', 'image', 'video'] as const;
const EMOJI = /\p{Extended_Pictographic}/u;

/** Max characters. These are documented by OneTalk. */
const LIMITS = {
	buttonID: 256,
	buttonTitle: 20,
	listButton: 20,
	rowID: 200,
	rowTitle: 24,
	rowDescription: 72,
	flowCTA: 30,
};
const MAX_BUTTONS = 3;
const MAX_SECTIONS = 10;
const MAX_ROWS = 10;
/** Max characters. These are documented by WhatsApp only. */
const STRICT_LIMITS = { body: 1_024, header: 60, footer: 60, sectionTitle: 24 };
const NO_LIMITS = { body: Infinity, header: Infinity, footer: Infinity, sectionTitle: Infinity };

/** @throws {PlainRefusal} */
export function checkInteractive(interactive: fields.Fields, settings: Settings): void {
	const limits = settings.strict ? STRICT_LIMITS : NO_LIMITS;
	const type = fields.choice(interactive.type, TYPES, 'interactive type');
	fields.requiredText(fields.requiredObject(interactive.body, 'body').text, 'body text', limits.body);
	if (type === 'request_contact_info') {
		if ((interactive.header ?? interactive.footer) !== undefined)
			throw badRequest('header and footer are not available for request_contact_info');
		return;
	}
	if (interactive.header !== undefined && interactive.header !== null)
		checkHeader(fields.requiredObject(interactive.header, 'header'), limits.header, settings);
	if (interactive.footer !== undefined && interactive.footer !== null)
		fields.requiredText(
			fields.requiredObject(interactive.footer, 'footer').text,
			'footer text',
			limits.footer,
		);
	if (type === 'button') checkButtons(fields.requiredObject(interactive.buttonAction, 'buttonAction'));
	if (type === 'list')
		checkList(fields.requiredObject(interactive.listAction, 'listAction'), limits.sectionTitle);
	if (type === 'flow') checkFlow(fields.requiredObject(interactive.flowAction, 'flowAction'));
}

/** Files have a `link` here, not a `url`. The text of a header is a plain string. */
function checkHeader(header: fields.Fields, maxText: number, settings: Settings): void {
	const type = fields.choice(header.type, HEADER_TYPES, 'header type');
	if (type === 'text') {
		fields.requiredText(header.text, 'header text', maxText);
		return;
	}
	const file = type === 'video' ? videoOf(header, settings) : header[type];
	fields.requiredUrl(fields.requiredObject(file, `header ${type}`).link, `header ${type} link`);
}

function checkButtons(action: fields.Fields): void {
	const buttons = fields.requiredList(action.buttons, 'buttons');
	if (buttons.length > MAX_BUTTONS) throw badRequest(`maximum number of buttons is ${MAX_BUTTONS}`);
	const replies = buttons.map((button) => {
		const { type, reply } = fields.requiredObject(button, 'button');
		fields.choice(type, ['reply'], 'button type');
		const { id, title } = fields.requiredObject(reply, 'button reply');
		return {
			id: fields.requiredText(id, 'button id', LIMITS.buttonID),
			title: fields.requiredText(title, 'button title', LIMITS.buttonTitle),
		};
	});
	fields.checkUnique(
		replies.map(({ id }) => id),
		'button id',
	);
	fields.checkUnique(
		replies.map(({ title }) => title),
		'button title',
	);
}

function checkList(action: fields.Fields, maxSectionTitle: number): void {
	fields.requiredText(action.button, 'list button', LIMITS.listButton);
	const sections = fields.requiredList(action.sections, 'sections');
	if (sections.length > MAX_SECTIONS) throw badRequest(`maximum number of sections is ${MAX_SECTIONS}`);
	const ids = sections.flatMap((section) => {
		const { title, rows } = fields.requiredObject(section, 'section');
		const check = sections.length > 1 ? fields.requiredText : fields.optionalText;
		check(title, 'section title', maxSectionTitle);
		return fields.requiredList(rows, 'section rows').map(rowID);
	});
	if (ids.length > MAX_ROWS) throw badRequest(`maximum number of rows is ${MAX_ROWS}`);
	fields.checkUnique(ids, 'row id');
}

function rowID(row: unknown): string {
	const { id, title, description } = fields.requiredObject(row, 'row');
	fields.requiredText(title, 'row title', LIMITS.rowTitle);
	fields.optionalText(description, 'row description', LIMITS.rowDescription);
	return fields.requiredText(id, 'row id', LIMITS.rowID);
}

function checkFlow(action: fields.Fields): void {
	fields.requiredText(action.flowID, 'flowID');
	if (EMOJI.test(fields.requiredText(action.flowCTA, 'flowCTA', LIMITS.flowCTA)))
		throw badRequest('flowCTA must not contain emoji');
	fields.choice(action.flowMode ?? 'published', ['draft', 'published'], 'flowMode');
	const kind = fields.choice(action.flowAction ?? 'navigate', ['navigate', 'data_exchange'], 'flowAction');
	const given = action.flowActionPayload ?? undefined;
	if (given === undefined && kind === 'navigate') return;
	const payload = fields.requiredObject(given, 'flowActionPayload');
	fields.optionalText(payload.screen, 'flowActionPayload screen');
	if (payload.data === undefined || payload.data === null) return;
	if (Object.keys(fields.requiredObject(payload.data, 'flowActionPayload data')).length === 0)
		throw badRequest('flowActionPayload data must not be empty');
}
