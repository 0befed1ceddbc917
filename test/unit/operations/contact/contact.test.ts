/** Contact: Create or Update, and Create Auth Ticket: the request, its limits, and the next step after a conflict. */

import type { Failure } from '../../../../nodes/OneTalk/api/types';
import { conflictHint } from '../../../../nodes/OneTalk/operations/contact/conflict';
import { createAuthTicket } from '../../../../nodes/OneTalk/operations/contact/createAuthTicket';
import { upsert } from '../../../../nodes/OneTalk/operations/contact/upsert';
import { refusal } from '../../../support/refusal';

const requestFor = (parameters: object, operation = upsert) =>
	operation.request(
		{ customerUserId: 'customer-1', fullName: 'Sari', additionalFields: {}, options: {}, ...parameters },
		{ timezone: 'UTC', row: {} },
	);
const bodyFor = (parameters: object) => requestFor(parameters).body;
const x = (length: number) => '🎉'.repeat(length);

it('goes to the documented paths', () => {
	expect([requestFor({}).path, requestFor({}, createAuthTicket).path]).toEqual([
		'/user/sync_contact',
		'/user/request_auth_ticket',
	]);
});

describe('the body', () => {
	it.each<[string, object, object]>([
		['nothing but what is required', {}, {}],
		[
			'all fields',
			{
				additionalFields: {
					alias: ' S ',
					email: 'name@example.com',
					phone: '0812-1234-5678',
					photoUrl: 'https://example.com/a.png',
				},
			},
			{
				alias: 'S',
				email: 'name@example.com',
				phone: '6281212345678',
				photoURL: 'https://example.com/a.png',
			},
		],
		['no empty field', { additionalFields: { alias: '', email: ' ', phone: null, photoUrl: undefined } }, {}],
		[
			'a phone with another country code',
			{ additionalFields: { phone: '0171 2345678' }, options: { defaultCountryCode: '49' } },
			{ phone: '491712345678' },
		],
		['an e-mail address as it is', { additionalFields: { email: 'nobody' } }, { email: 'nobody' }],
	])('holds %s', (_what, parameters, more) => {
		expect(bodyFor(parameters)).toEqual({ customerUserID: 'customer-1', fullName: 'Sari', ...more });
	});

	it('may be as long as documented, in code points', () => {
		const longest = {
			customerUserId: x(100),
			fullName: x(250),
			additionalFields: { alias: x(100), email: x(250) },
		};
		expect(() => bodyFor(longest)).not.toThrow();
	});
});

describe('what is refused', () => {
	it.each<[object, string, RegExp]>([
		[{ customerUserId: '' }, 'customerUserId', /^is empty$/],
		[{ customerUserId: 1e21 }, 'customerUserId', /lost digits/],
		[{ customerUserId: x(101) }, 'customerUserId', /^has 101 characters: at most 100 are allowed$/],
		[{ fullName: ' ' }, 'fullName', /^is empty$/],
		[{ fullName: x(251) }, 'fullName', /^has 251 characters: at most 250/],
		[{ additionalFields: { alias: x(101) } }, 'alias', /^has 101 characters: at most 100/],
		[{ additionalFields: { email: x(251) } }, 'email', /^has 251 characters: at most 250/],
		[{ additionalFields: { phone: '0812-ABC' } }, 'phone', /do not belong/],
		[{ additionalFields: { photoUrl: 'a.png' } }, 'photoUrl', /must be a web address/],
		[{ additionalFields: 'x' }, 'additionalFields', /^must be an object/],
	])('%j', (parameters, parameter, reason) => {
		const found = refusal(() => bodyFor(parameters));
		expect(found.parameter).toBe(parameter);
		expect(found.reason).toMatch(reason);
	});
});

describe('the output', () => {
	it('is the answer, the customer user ID, and the phone as sent', () => {
		const request = requestFor({ additionalFields: { phone: '081212345678' } });
		expect(upsert.rows([{ success: true, userID: 'u' }], request)).toEqual([
			{ success: true, userID: 'u', customerUserID: 'customer-1', phone: '6281212345678' },
		]);
	});

	it('has no phone where none was given', () => {
		expect(upsert.rows([{ success: true }], requestFor({}))).toEqual([
			{ success: true, customerUserID: 'customer-1' },
		]);
	});
});

describe('the next step after a rejection', () => {
	const refused = (message: string, more: Partial<Failure> = {}): Failure => ({
		kind: 'refused',
		message,
		hint: 'The usual hint.',
		httpStatus: 200,
		...more,
	});

	it.each<[string, Failure, RegExp | undefined]>([
		['two contacts', refused('Multiple contacts match', { code: '40002' }), /^OneTalk found two different/],
		['two contacts, success: false', refused('More than one contact found'), /^OneTalk found two different/],
		[
			'another ID',
			refused('The contact already has another customer user ID', { code: '40002', field: 'customerUserID' }),
			/^The contact with this phone has another customer user ID/,
		],
		[
			'an ID that cannot change',
			refused('Customer user ID cannot be changed'),
			/^The contact with this phone has/,
		],
		['nothing explained', refused('OneTalk did not accept it and gave no explanation'), /^OneTalk looks for/],
		[
			'a phone that is in use',
			refused('Phone is already used', { code: '40002', field: 'phone' }),
			/^OneTalk looks/,
		],
		['a wrong phone', refused('Phone is invalid', { code: '40002', field: 'phone' }), undefined],
		['a wrong address', refused('Email is invalid', { code: '40002', field: 'email' }), undefined],
		['a wrong address, success: false', refused('Email is invalid'), undefined],
		['a missing tier', refused('Not in your tier', { code: '49901' }), undefined],
		['a server fault', refused('more than one', { kind: 'broken' }), undefined],
	])('%s', (_what, failure, hint) => {
		if (hint === undefined) expect(conflictHint(failure)).toBeUndefined();
		else expect(conflictHint(failure)).toMatch(hint);
	});
});

it('only Create or Update is repeated', () => {
	expect([upsert.repeatable, createAuthTicket.repeatable]).toEqual([true, false]);
	expect(createAuthTicket.effect.unknown).toBe('May have been created');
});

it('the ticket says that it expires, and where it lies', () => {
	expect(createAuthTicket.description).toMatch(/expires after one hour.*lies in the data of the execution/);
});
