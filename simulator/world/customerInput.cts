/** Checks what a test or a person gives as the message of a customer, and turns it into OneTalk's own form. */

import type {
	CustomerMessage,
	CustomerReply,
	DocumentDetails,
	LocationDetails,
	MediaDetails,
} from './chatTypes.cts';

/** A message of a customer in short. A text alone can also be given as a string. Exactly one field is set. */
export interface CustomerContent {
	text?: string;
	image?: Partial<MediaDetails> & { url: string };
	video?: Partial<MediaDetails> & { url: string };
	document?: Partial<DocumentDetails> & { url: string };
	location?: Partial<LocationDetails> & { latitude: number; longitude: number };
	/** A tap on a button of a template. */
	button?: { payload: string; text: string };
	/** A tap on a reply button. */
	buttonReply?: { id: string; title: string };
	/** A tap on a row of a list. */
	listReply?: { id: string; title: string; description?: string };
	/** A flow that was filled in. */
	flowReply?: { response: Record<string, unknown>; body?: string; name?: string };
}

const FIELDS: ReadonlyArray<keyof CustomerContent> = [
	'text',
	'image',
	'video',
	'document',
	'location',
	'button',
	'buttonReply',
	'listReply',
	'flowReply',
];

/** @throws {Error} that says what is wrong with the message */
export function parseCustomerMessage(input: string | CustomerContent): CustomerMessage {
	const content: CustomerContent = typeof input === 'string' ? { text: input } : input;
	const names = typeof content === 'object' && content !== null ? Object.keys(content) : [];
	const [name] = names;
	if (names.length !== 1 || !FIELDS.some((field) => field === name))
		throw new Error(`A message of a customer has exactly one of ${FIELDS.join(', ')}`);
	return messageOf(content);
}

function messageOf(content: CustomerContent): CustomerMessage {
	const { text, image, video, document, location } = content;
	if (text !== undefined) return textMessage(requiredText(text, 'text'));
	if (image) return { type: 'image', image: media(image, 'image') };
	if (video) return { type: 'video', video: media(video, 'video') };
	if (document)
		return {
			type: 'document',
			document: { ...media(document, 'document'), filename: document.filename ?? lastPart(document.url) },
		};
	if (location) return { type: 'location', location: place(location) };
	return tap(content);
}

/** A tap comes as a text with the title of the button, and with what was tapped. */
function tap({ button, buttonReply, listReply, flowReply }: CustomerContent): CustomerMessage {
	if (button) {
		const text = requiredText(button.text, 'text of a button');
		return textMessage(text, { type: 'button', button: { payload: button.payload ?? text, text } });
	}
	if (buttonReply) {
		const { id, title } = reply(buttonReply);
		return textMessage(title, interactive({ type: 'button_reply', button_reply: { id, title } }));
	}
	if (listReply) {
		const { description = '' } = listReply;
		return textMessage(
			listReply.title,
			interactive({ type: 'list_reply', list_reply: { ...reply(listReply), description } }),
		);
	}
	if (!flowReply || typeof flowReply.response !== 'object')
		throw new Error('A flow is answered with an object "response"');
	const { response, body = 'Sent', name = 'flow' } = flowReply;
	const answer = { response_json: JSON.stringify(response), body, name };
	return textMessage(body, interactive({ type: 'nfm_reply', nfm_reply: answer }));
}

function interactive(answer: Extract<CustomerReply, { type: 'interactive' }>['interactive']): CustomerReply {
	return { type: 'interactive', interactive: answer };
}

function textMessage(body: string, whatsappba?: CustomerReply): CustomerMessage {
	return { type: 'text', text: { body }, ...(whatsappba ? { whatsappba } : {}) };
}

function reply({ id, title }: { id: string; title: string }): { id: string; title: string } {
	return { id: requiredText(id, 'id of a reply'), title: requiredText(title, 'title of a reply') };
}

function media({ url, caption = '' }: Partial<MediaDetails>, what: string): MediaDetails {
	return { url: requiredText(url, `url of the ${what}`), caption };
}

function place({
	latitude,
	longitude,
	address = '',
	name = '',
}: NonNullable<CustomerContent['location']>): LocationDetails {
	if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180))
		throw new Error('A location has a latitude from -90 to 90 and a longitude from -180 to 180');
	return { latitude, longitude, address, name };
}

function requiredText(value: unknown, what: string): string {
	if (typeof value !== 'string' || value === '')
		throw new Error(`The ${what} must be a text that is not empty`);
	return value;
}

function lastPart(url: string): string {
	return URL.canParse(url) ? (new URL(url).pathname.split('/').at(-1) ?? '') : '';
}
