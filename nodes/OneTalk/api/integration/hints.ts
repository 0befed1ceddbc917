/**
 * What a person can do about the Integration API's answers. Codes and statuses come from the public Inbox API page and the
 * vendor's reference; an unknown one is passed on readable, with the hint of its status.
 */

/** Stands in the texts below for the name of the credential. */
const CREDENTIAL = '{credential}';

const BASE_URL_HINT = `Check the base URL in the credential "${CREDENTIAL}". If it is right, OneTalk or something between n8n and OneTalk is not working: try again later.`;
const KEY_HINT = `Paste the API key into the credential "${CREDENTIAL}" again, as OneTalk shows it in its dashboard under Integration.`;
const PLAN_HINT =
	'This is not part of your organization’s OneTalk plan. Ask your OneTalk administrator or TapTalk.io to enable it.';
const BUSY_HINT =
	'OneTalk asks for fewer requests. Wait a little, then continue with fewer requests at a time.';
const SERVER_HINT = 'OneTalk could not answer. Try again later, and ask TapTalk.io if it lasts.';

const NO_ACCESS_HINT =
	'This API key has no access to it. Check the ID, and that the key belongs to the same OneTalk organization.';
const NOT_FOUND_HINT =
	'OneTalk does not know it. Check the ID, and that the key belongs to the same OneTalk organization.';

/* Maps, since what is looked up comes from outside. */
const BY_CODE = new Map(
	Object.entries({
		'40001': KEY_HINT,
		'40301': NO_ACCESS_HINT,
		'40401': NOT_FOUND_HINT,
		'49101': KEY_HINT,
		'49102': KEY_HINT,
		'49103': KEY_HINT,
		'49104':
			'This API key is meant for another TapTalk.io product. Use the key of OneTalk’s Integration API.',
		'49106': `This API key has expired. Create a new one in OneTalk and put it into the credential "${CREDENTIAL}".`,
		'49107': `This API key is switched off. Enable it in OneTalk, or put another one into the credential "${CREDENTIAL}".`,
		'49900':
			'Your OneTalk organization has not chosen a tier. Choose one in the OneTalk dashboard, then try again.',
		'49901': PLAN_HINT,
		'49902': PLAN_HINT,
		'49903': 'The monthly limit of your OneTalk plan is reached. Wait for the next month or raise the plan.',
		invalid_recipient: 'This number cannot receive WhatsApp messages. Check it with the customer.',
		insufficient_balance: 'Top up your OneTalk balance, then run the rows that were not sent again.',
	}),
);

const BY_FIELD = new Map(
	Object.entries({
		channelID:
			'Copy the channel ID from OneTalk: Integration, then WhatsApp for SME or WhatsApp Business API, then the channel’s detail.',
		phone: 'Write the number with its country code, e.g. 6281212345678.',
		caseID: 'Copy the case ID from OneTalk or from a Get Many or trigger item, e.g. 00C49D438C.',
		templateName: 'Write the template’s name exactly as OneTalk shows it.',
		languageCode:
			'Write the language code the template was approved in, e.g. en or id. Note that en and en_US differ.',
		phoneNumberID: 'Copy the phone number ID of the WhatsApp Business API channel from OneTalk.',
		since_timestamp: 'Give a date, or a time in Unix milliseconds.',
	}),
);

const BY_STATUS = new Map([
	[401, KEY_HINT],
	[403, NO_ACCESS_HINT],
	[404, NOT_FOUND_HINT],
	[429, BUSY_HINT],
	[491, KEY_HINT],
	[499, PLAN_HINT],
]);

/**
 * The next step for an answer of OneTalk, from the most telling part of it that is known.
 *
 * @param credentialName what the person has called the credential
 */
export function hintFor(
	answer: { status: number; code?: string; field?: string },
	credentialName: string,
): string {
	const known =
		BY_CODE.get(answer.code ?? '') ?? BY_FIELD.get(answer.field ?? '') ?? BY_STATUS.get(answer.status);
	if (known !== undefined) return known.replace(CREDENTIAL, () => credentialName);
	if (answer.status >= 500 || answer.status === 408) return SERVER_HINT;
	return answer.field ? 'Check the value of this parameter.' : 'Check the parameters of the node.';
}

/** The next step where something other than the Integration API seems to answer. */
export function baseUrlHint(credentialName: string): string {
	return BASE_URL_HINT.replace(CREDENTIAL, () => credentialName);
}
