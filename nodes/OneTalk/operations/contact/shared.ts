/** What the contact operations have in common: their parameters, their request, and who a row is about. */

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { integration } from '../../api/integration/service';
import { isRecord } from '../../api/text';
import type { PostRequest } from '../../api/types';
import { InvalidInput } from '../../input/invalid';
import { atMost } from '../../input/length';
import { requiredPhone } from '../../input/phone';
import { optionalText, requiredId, requiredText, requiredUrl } from '../../input/values';
import type { Parameters } from '../operation';
import { defaultCountryCode, optionsWith } from '../options';
import { conflictHint } from './conflict';

/** How many characters the API takes (User Contact API). A phone has at most 15 digits here, of 20 allowed. */
const MAX_CHARACTERS = { customerUserId: 100, fullName: 250, alias: 100, email: 250 };

/** The parameters of every contact operation. */
export const contactProperties: INodeProperties[] = [
	{
		displayName: 'Customer User ID',
		name: 'customerUserId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. customer-4711',
		description:
			'The ID of the customer in your own system. OneTalk looks for a contact with this ID, and for one with this phone if you give one: no match creates a contact, one match is updated, two different matches are rejected. A contact without an ID gets this one; an ID that a contact has never changes.',
	},
	{
		displayName: 'Full Name',
		name: 'fullName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Sari Example',
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		description: 'What else OneTalk stores. A field that is empty or not added here is not sent.',
		options: [
			{
				displayName: 'Alias',
				name: 'alias',
				type: 'string',
				default: '',
				placeholder: 'e.g. Sari',
				description: 'Another name of the contact',
			},
			{
				displayName: 'Email',
				name: 'email',
				type: 'string',
				default: '',
				placeholder: 'e.g. name@example.com',
			},
			{
				displayName: 'Phone',
				name: 'phone',
				type: 'string',
				default: '',
				placeholder: 'e.g. 6281212345678',
				description:
					'Best with country code. OneTalk also looks for the contact by it. A number that starts with 0 gets the default country code from the options.',
			},
			{
				displayName: 'Photo URL',
				name: 'photoUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://www.example.com/photos/4711.jpg',
				description: 'The web address of a picture of the contact',
			},
		],
	},
	optionsWith(defaultCountryCode),
];

type ContactBody = {
	customerUserID: string;
	fullName: string;
	alias?: string;
	email?: string;
	phone?: string;
	photoURL?: string;
};

/** A request about one contact. */
export type ContactRequest = PostRequest<ContactBody>;

/** What the contact operations have in common: one contact's requests keep their order. */
export const contactTraits = {
	resource: 'contact' as const,
	service: integration,
	properties: contactProperties,
	apiNames: { customerUserID: ['customerUserId'], photoURL: ['photoUrl'] },
	reportColumns: { phone: 'additionalFields.phone', customerUserID: 'customerUserId' },
	explain: conflictHint,
	lane: ({ body }: ContactRequest) => body.customerUserID,
	subject: ({ body }: ContactRequest) => ({
		...(body.phone === undefined ? {} : { phone: body.phone }),
		customerUserID: body.customerUserID,
	}),
	rows: ([data]: IDataObject[], { body }: ContactRequest) => [
		{
			...data,
			customerUserID: body.customerUserID,
			...(body.phone === undefined ? {} : { phone: body.phone }),
		},
	],
};

/**
 * The request that both operations make, to different paths.
 *
 * @throws {InvalidInput} naming the field
 */
export function contactRequest(path: string, parameters: Parameters): ContactRequest {
	const { customerUserId, fullName, additionalFields } = parameters;
	if (additionalFields !== undefined && additionalFields !== null && !isRecord(additionalFields))
		throw new InvalidInput('additionalFields', 'must be an object with alias, email, phone or photoUrl');
	const fields = additionalFields ?? {};
	const alias = short('alias', optionalText('alias', fields.alias));
	const email = short('email', optionalText('email', fields.email));
	return {
		method: 'POST',
		path,
		body: {
			customerUserID: short('customerUserId', requiredId('customerUserId', customerUserId)),
			fullName: short('fullName', requiredText('fullName', fullName)),
			...(alias === '' ? {} : { alias }),
			...(email === '' ? {} : { email }),
			...(optionalText('phone', fields.phone) === ''
				? {}
				: { phone: requiredPhone(fields.phone, parameters.options) }),
			...(optionalText('photoUrl', fields.photoUrl) === ''
				? {}
				: { photoURL: requiredUrl('photoUrl', fields.photoUrl) }),
		},
		expects: 'success',
	};
}

function short(parameter: keyof typeof MAX_CHARACTERS, text: string): string {
	return atMost(parameter, text, MAX_CHARACTERS[parameter]);
}
