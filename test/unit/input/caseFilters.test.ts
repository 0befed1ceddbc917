/** The filters for cases. */

import type { IDataObject } from 'n8n-workflow';

import type { OneTalkCase } from '../../../nodes/OneTalk/api/types';
import { parseFilters } from '../../../nodes/OneTalk/input/caseFilters';

const CASE: OneTalkCase = {
	id: 'A1B2C3D4E5',
	createdTime: 1_800_000_000_000,
	isClosed: false,
	isJunk: false,
	agent: { email: 'Ani@example.com' },
	contact: { phone: '6281212345678' },
};

const passes = (filters: IDataObject, differences: object = {}, options: IDataObject = {}) =>
	parseFilters(filters, options, 'Asia/Jakarta')({ ...CASE, ...differences });

describe('the filters', () => {
	it.each<[string, IDataObject, object, boolean]>([
		['no filter lets a case through', {}, {}, true],
		['no filter lets a closed junk case through', {}, { isClosed: true, isJunk: true }, true],
		[
			'fields that are empty are no filter',
			{ agentEmail: ' ', phone: '', createdAfter: '', status: '' },
			{},
			true,
		],
		['open: an open case', { status: 'open' }, {}, true],
		['open: a closed case', { status: 'open' }, { isClosed: true }, false],
		['closed: a closed case', { status: 'closed' }, { isClosed: true }, true],
		['closed: a case that does not say', { status: 'closed' }, { isClosed: undefined }, false],
		['without junk: a case that is none', { junk: 'exclude' }, {}, true],
		['without junk: junk', { junk: 'exclude' }, { isJunk: true }, false],
		['only junk: junk', { junk: 'only' }, { isJunk: true }, true],
		['an agent, in any case of letters', { agentEmail: 'ani@EXAMPLE.com' }, {}, true],
		['another agent', { agentEmail: 'sari@example.com' }, {}, false],
		['one of several agents', { agentEmail: 'sari@example.com, ani@example.com' }, {}, true],
		['agents as a list by expression', { agentEmail: ['sari@example.com', 'ani@example.com'] }, {}, true],
		['an agent, where nobody has the case', { agentEmail: 'ani@example.com' }, { agent: null }, false],
		['unassigned, where nobody has the case', { agentEmail: 'Unassigned' }, { agent: { email: '' } }, true],
		['unassigned or an agent', { agentEmail: 'unassigned, ani@example.com' }, {}, true],
		['a phone number as people write it', { phone: '+62 812-1234-5678' }, {}, true],
		['a national phone number', { phone: '0812 1234 5678' }, {}, true],
		['a phone number as a number', { phone: 6281212345678 }, {}, true],
		['another phone number', { phone: '628111222333' }, {}, false],
		['one of several phone numbers', { phone: '628111222333, 081212345678' }, {}, true],
		[
			'a phone number that OneTalk shows with a plus',
			{ phone: '6281212345678' },
			{ contact: { phone: '+6281212345678' } },
			true,
		],
		['a phone number, where the contact has none', { phone: '6281212345678' }, { contact: null }, false],
		['created after a date in the workflow’s zone', { createdAfter: '2027-01-15T14:59:59' }, {}, true],
		['created before it', { createdAfter: '2027-01-15T15:00:01' }, {}, false],
		[
			'all filters at once',
			{ status: 'open', junk: 'exclude', phone: '6281212345678' },
			{ isJunk: true },
			false,
		],
	])('%s', (_sentence, filters, differences, through) => {
		expect(passes(filters, differences)).toBe(through);
	});

	it('adds the country code of the options to a national number', () => {
		const contact = { phone: '60123456789' };
		expect(passes({ phone: '0123456789' }, { contact }, { defaultCountryCode: '60' })).toBe(true);
	});

	it.each<[string, IDataObject, string]>([
		['status', { status: 'half open' }, 'must be open or closed'],
		['junk', { junk: 'maybe' }, 'must be exclude or only'],
		['phone', { phone: '8.12E+11' }, 'lost digits'],
		['createdAfter', { createdAfter: 'yesterday' }, 'is not a date'],
	])('name %s if it is invalid', (parameter, filters, reason) => {
		expect(() => passes(filters)).toThrow(
			expect.objectContaining({ parameter, reason: expect.stringContaining(reason) as string }) as Error,
		);
	});
});
