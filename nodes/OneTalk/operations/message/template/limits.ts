/** The lengths and file kinds that WhatsApp takes in a template. */

import { DIRECT_LINK_HINT, sharingPageOf } from '../../../input/mediaUrl';
import { isWebAddress } from '../../../input/values';
import type { Group } from './text';
import { InvalidInput } from '../../../input/invalid';

/**
 * How many characters WhatsApp takes.
 * Sources: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages (parameter object: header 60; body
 * 1024, or 32768 where the body is the only component) and
 * https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components (footer 60, URL 2000)
 */
const MAX_CHARACTERS = { header: 60, body: 1024, footer: 60, buttons: 2000 };
const MAX_IN_BODY_ALONE = 32_768;

/**
 * Refuses a text that is longer than WhatsApp takes.
 *
 * @param what for the message, e.g. `body variable "name"`
 * @param isAlone whether the template has nothing but a body
 */
export function checkLength(
	parameter: string,
	what: string,
	group: Group,
	text: string,
	isAlone: boolean,
): void {
	const most = group === 'body' && isAlone ? MAX_IN_BODY_ALONE : MAX_CHARACTERS[group];
	const length = [...text].length;
	if (length > most)
		throw new InvalidInput(
			parameter,
			`has ${length} characters in the ${what}: WhatsApp takes at most ${most} there`,
		);
}

/**
 * The files that WhatsApp takes, by the end of their names.
 * Source: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types
 */
const ENDINGS = new Map([
	['image', ['jpg', 'jpeg', 'png']],
	['video', ['mp4', '3gp', '3gpp']],
	['document', ['pdf', 'doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'txt']],
	// Kinds of file that WhatsApp takes for none of these.
	[
		'',
		[
			'gif',
			'webp',
			'svg',
			'heic',
			'bmp',
			'tif',
			'tiff',
			'avif',
			'mov',
			'avi',
			'mkv',
			'webm',
			'wmv',
			'mp3',
			'ogg',
			'wav',
			'm4a',
			'htm',
			'html',
		],
	],
]);

/** The example of the Inbox API page also has a `.pdf` as image and as video, so it is never refused. */
const ALWAYS_ACCEPTED = 'pdf';

/**
 * The address of a header's file, if it can be one. An address without a file ending is accepted.
 *
 * @param media image, video or document
 * @throws {InvalidInput} naming the address
 */
export function checkMedia(parameter: string, media: string, address: string): string {
	const shown = address.length > 60 ? `${address.slice(0, 60)}…` : address;
	const what = `has a header ${media} (${shown})`;
	if (!isWebAddress(address))
		throw new InvalidInput(parameter, `${what} that is not a web address starting with http:// or https://`);
	const service = sharingPageOf(address);
	if (service !== undefined)
		throw new InvalidInput(
			parameter,
			`${what} that is a page of ${service}, not the file itself`,
			DIRECT_LINK_HINT,
		);
	const ending = /\.([a-z0-9]{2,5})$/iu.exec(new URL(address).pathname)?.[1].toLowerCase() ?? '';
	const fits = ENDINGS.get(media) ?? [];
	const isOther =
		ending !== ALWAYS_ACCEPTED &&
		!fits.includes(ending) &&
		[...ENDINGS.values()].some((endings) => endings.includes(ending));
	if (isOther)
		throw new InvalidInput(
			parameter,
			`${what} that is no ${media} for WhatsApp: it must end in ${fits.map((one) => `.${one}`).join(', ')}, or in nothing that says what it is`,
		);
	return address;
}
