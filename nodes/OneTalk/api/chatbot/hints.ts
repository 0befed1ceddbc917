/**
 * What a person can do about the answers to a custom chatbot. OneTalk documents their HTTP codes and a few of their texts;
 * the others are recognized by the words that they must contain.
 */

import type { Access } from '../service';

const BUSY_HINT =
	'OneTalk asks for fewer requests. Wait a little, then continue with fewer requests at a time.';
const SERVER_HINT = 'OneTalk could not answer. Try again later, and ask TapTalk.io if it lasts.';
const CASE_HINT =
	'Take the case ID from the item of the OneTalk Chatbot Trigger, e.g. 00C49D438C. It must be an open case of this chatbot; a phone number does not work.';
const OTHER_HINT = 'Check the parameters of the node, and that the case is still open and with this chatbot.';

/** The first that fits counts. */
const BY_TEXT: Array<[pattern: RegExp, hint: string]> = [
	[
		/\bclosed\b|\bresolved\b/iu,
		'The case is closed, and nothing can be sent to it any more. When the customer writes again, a new case starts: use its ID.',
	],
	[
		/\bhanded[ -]?over\b|\b(with|assigned to) (an )?agent\b|\bnot assigned to the chatbot\b/iu,
		'A human agent has the case now. The chatbot can do nothing more in it.',
	],
	[
		/\bagent\b|\btopic\b/iu,
		'Check "Agent Email" and "Topic ID". The agent must belong to the topic of the case.',
	],
	[
		/\b24[ -]?h|\bwindow\b/iu,
		'WhatsApp takes a free message only within 24 hours of the customer’s last one. Send a template instead, with Message: Send Template.',
	],
	[
		/custom ?field/iu,
		'Check the codes and values under "Custom Fields" against the custom fields of contacts in OneTalk.',
	],
	[
		/\bchannel\b|whatsapp|\bunsupported\b|\bnot supported\b/iu,
		'Buttons, lists, flows and requests for contact information work only in cases of a WhatsApp Business API channel.',
	],
	[/\bcase\b/iu, CASE_HINT],
];

/**
 * The next step for an answer to the chatbot.
 *
 * @param text the body as plain text
 */
export function hintFor(status: number, text: string, access: Access): string {
	const { credentialName } = access;
	if (status === 401)
		return `Paste the secret key into the credential "${credentialName}" again, as OneTalk showed it when the chatbot was created. It belongs to the URL that was shown with it.`;
	if (status === 429) return BUSY_HINT;
	if (status >= 500 || status === 408) return SERVER_HINT;
	const [, known] = BY_TEXT.find(([pattern]) => pattern.test(text)) ?? [];
	if (known !== undefined) return known;
	if (status === 403)
		return `Check that the URL and the secret key in the credential "${credentialName}" belong to the same chatbot.`;
	return status === 404 ? urlHint(access) : OTHER_HINT;
}

/** The next step where something other than OneTalk seems to answer. */
export function urlHint({ credentialName, urlLabel }: Access): string {
	return `Check the ${urlLabel} in the credential "${credentialName}". If it is right, OneTalk or something between n8n and OneTalk is not working: try again later.`;
}
