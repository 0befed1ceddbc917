/** Times, numbers, IDs, text and URLs as people enter them. */

import {
	isWebAddress,
	optionalBoolean,
	optionalCount,
	optionalText,
	plainText,
	requiredId,
	requiredText,
	requiredUrl,
} from '../../../nodes/OneTalk/input/values';
import { refusal } from '../../support/refusal';
import { requiredPhone } from '../../../nodes/OneTalk/input/phone';
import { requiredTime } from '../../../nodes/OneTalk/input/time';

describe('times in a workflow in the time zone Asia/Jakarta', () => {
	const read = (value: unknown) => requiredTime('since', value, 'Asia/Jakarta');

	it.each<[string, unknown, string]>([
		['a date without a zone is midnight in Jakarta', '2026-01-31', '2026-01-30T17:00:00.000Z'],
		['a time without a zone is in Jakarta', '2026-01-31T09:00:00', '2026-01-31T02:00:00.000Z'],
		['a time without seconds is in Jakarta', '2026-01-31T09:00', '2026-01-31T02:00:00.000Z'],
		['a time after a space is in Jakarta', '2026-01-31 09:00:00', '2026-01-31T02:00:00.000Z'],
		['a short date is midnight in Jakarta', '20260131', '2026-01-30T17:00:00.000Z'],
		['a month is its first day in Jakarta', '2026-01', '2025-12-31T17:00:00.000Z'],
		['Z is UTC', '2026-01-31T09:00:00Z', '2026-01-31T09:00:00.000Z'],
		['an offset counts', '2026-01-31T09:00:00+09:00', '2026-01-31T00:00:00.000Z'],
		['an offset after a space counts', '2026-01-31 09:00:00 +09:00', '2026-01-31T00:00:00.000Z'],
		['milliseconds are kept', '2026-01-31T09:00:00.123Z', '2026-01-31T09:00:00.123Z'],
		['surrounding spaces are removed', ' 2026-01-31T09:00:00Z\n', '2026-01-31T09:00:00.000Z'],
		['a date object is its point in time', new Date('2026-01-31T09:00:00Z'), '2026-01-31T09:00:00.000Z'],
		['Unix milliseconds as a number', 1640367001000, '2021-12-24T17:30:01.000Z'],
		['Unix seconds as a number', 1640367001, '2021-12-24T17:30:01.000Z'],
		['Unix seconds as text', '1640367001', '2021-12-24T17:30:01.000Z'],
		['Unix milliseconds as text', '1640367001000', '2021-12-24T17:30:01.000Z'],
		['Unix milliseconds with spaces', ' 1640367001000 ', '2021-12-24T17:30:01.000Z'],
		['0 is the beginning of Unix time', 0, '1970-01-01T00:00:00.000Z'],
	])('%s', (_sentence, value, moment) => {
		expect(new Date(read(value)).toISOString()).toBe(moment);
	});

	it.each<[string, unknown, string]>([
		['nothing', undefined, 'is empty'],
		['null', null, 'is empty'],
		['empty text', '', 'is empty'],
		['what may be seconds of 1998', 900000000, 'multiply it by 1000'],
		['what may be seconds of 2286', '10000000000', 'multiply it by 1000'],
		['microseconds', 1640367001000000, 'not a time in Unix milliseconds'],
		['a negative number', -1640367001000, 'not a time in Unix milliseconds'],
		['a fraction of a millisecond', 1640367001000.5, 'not a time in Unix milliseconds'],
		['not a number', NaN, 'not a time in Unix milliseconds'],
		['the day first', '31/01/2026', 'is not a date'],
		['the day first, with dashes', '31-01-2026', 'is not a date'],
		['the American order', '01/31/2026', 'is not a date'],
		['a word', 'yesterday', 'is not a date'],
		['a month that does not exist', '2026-13-01', 'is not a date'],
		['an hour that does not exist', '2026-01-31T25:00:00', 'is not a date'],
		['a zone in letters', '2026-01-31 09:00 WIB', 'is not a date'],
		['a list', [], 'is not a date'],
		['an object', { year: 2026 }, 'is not a date'],
		['a checkbox', true, 'is not a date'],
		['a broken date object', new Date(NaN), 'is not a date'],
		['a broken date in words', 'Invalid DateTime', 'is not a date'],
		['a day that does not exist', '2026-02-30', 'is not a date'],
		['a moment on a day that does not exist', '2026-02-30T10:00:00', 'is not a date'],
	])('%s is refused', (_sentence, value, reason) => {
		expect(refusal(() => read(value))).toEqual({
			parameter: 'since',
			reason: expect.stringContaining(reason) as string,
		});
	});

	it.each(['2026-1-31', '2026-01-31 9:00', '2026-01-31, 09:00', '2026-01-31 09:00 PM'])(
		'%s, which is not quite ISO 8601, is refused or in the zone of the workflow, never in that of the server',
		(value) => {
			const readIn = (zone: string) => {
				try {
					return requiredTime('since', value, zone);
				} catch {
					return undefined;
				}
			};
			const [jakarta, newYork] = [readIn('Asia/Jakarta'), readIn('America/New_York')];
			const hours = jakarta !== undefined && newYork !== undefined && (newYork - jakarta) / 3_600_000;
			expect([false, 12]).toContain(hours);
		},
	);

	it('the time zone is the workflow’s', () => {
		const moment = requiredTime('since', '2026-01-31T09:00:00', 'America/New_York');
		expect(new Date(moment).toISOString()).toBe('2026-01-31T14:00:00.000Z');
	});
});

describe('yes and no', () => {
	it.each<[unknown, boolean | undefined]>([
		[true, true],
		[false, false],
		['true', true],
		['false', false],
		['TRUE', true],
		[' False ', false],
		[1, true],
		[0, false],
		['1', true],
		['0', false],
		[undefined, undefined],
		[null, undefined],
		['', undefined],
	])('%j is %s', (value, expected) => {
		expect(optionalBoolean('isJunk', value)).toBe(expected);
	});

	it.each<[unknown]>([['yes'], ['no'], [2], ['2'], [{}], [[]], [NaN], ['constructor'], ['__proto__']])(
		'%j is refused',
		(value) => {
			expect(refusal(() => optionalBoolean('isJunk', value))).toEqual({
				parameter: 'isJunk',
				reason: expect.stringContaining('must be true or false') as string,
			});
		},
	);
});

describe('counts', () => {
	it.each<[unknown, number | undefined]>([
		[1, 1],
		['50', 50],
		[' 50 ', 50],
		[undefined, undefined],
		[null, undefined],
		['', undefined],
	])('%j is %s', (value, expected) => {
		expect(optionalCount('limit', value)).toBe(expected);
	});

	it.each<[unknown]>([[0], [-1], [1.5], ['many'], ['1,000'], [true], [[]], [{}], [Infinity], [1e20]])(
		'%j is refused',
		(value) => {
			expect(refusal(() => optionalCount('limit', value)).reason).toContain('whole number of 1 or more');
		},
	);
});

describe('IDs', () => {
	it.each<[string, unknown, string]>([
		['text stays', '2101081881', '2101081881'],
		['surrounding spaces are removed', ' 2101081881\n', '2101081881'],
		['a number cell works', 2101081881, '2101081881'],
		['a long number cell works', 103011859190563, '103011859190563'],
		['leading zeros of text are kept', '00C49D438C', '00C49D438C'],
		['an ID that only looks like a power of ten is not changed', '12E4567890', '12E4567890'],
	])('%s', (_sentence, value, id) => {
		expect(requiredId('channelId', value)).toBe(id);
	});

	it.each<[string, unknown, string]>([
		['nothing', undefined, 'is empty'],
		['spaces', '  ', 'is empty'],
		['an ID that a spreadsheet has changed', '1.03012E+14', 'lost digits in a spreadsheet'],
		['the same with a comma', '1,03012E+14', 'lost digits in a spreadsheet'],
		['the same without a fraction', '2E+9', 'lost digits in a spreadsheet'],
		['a number too large to be exact', 1030118591905634600, 'lost digits in a spreadsheet'],
		['a list', ['2101081881'], 'must be text'],
		['an object', { id: 1 }, 'must be text'],
	])('%s is refused', (_sentence, value, reason) => {
		expect(refusal(() => requiredId('channelId', value))).toEqual({
			parameter: 'channelId',
			reason: expect.stringContaining(reason) as string,
		});
	});
});

describe('text', () => {
	it.each<[unknown, string, string]>([
		['  a\nb  ', '  a\nb  ', 'a\nb'],
		[5, '5', '5'],
		[false, 'false', 'false'],
		[undefined, '', ''],
		[null, '', ''],
	])('%j is %j as written, %j without spaces around it', (value, plain, trimmed) => {
		expect(plainText('text', value)).toBe(plain);
		expect(optionalText('text', value)).toBe(trimmed);
	});

	it('must not be blank where it is required', () => {
		expect(refusal(() => requiredText('text', ' \n'))).toEqual({ parameter: 'text', reason: 'is empty' });
	});

	it.each<[unknown]>([[[]], [{}]])('%j is not text', (value) => {
		expect(refusal(() => plainText('text', value)).reason).toContain('must be text');
	});
});

describe('web addresses', () => {
	it.each([
		'https://www.example.com/files/receipt.pdf?token=1#page',
		'http://www.example.com/a',
		'HTTPS://WWW.EXAMPLE.COM/A',
		'https://example.com/a b.pdf',
	])('%s is accepted unchanged', (url) => {
		expect(isWebAddress(url)).toBe(true);
		expect(requiredUrl('mediaUrl', url)).toBe(url);
	});

	it('surrounding spaces are removed', () => {
		expect(requiredUrl('mediaUrl', ' https://example.com/a ')).toBe('https://example.com/a');
	});

	it.each([
		'www.example.com/a.pdf',
		'//example.com/a.pdf',
		'ftp://example.com/a.pdf',
		'file:///a.pdf',
		'data:image/png;base64,AA==',
		'javascript:alert(1)',
		'https://',
		'https:/example.com',
		'=https://example.com',
	])('%s is refused', (url) => {
		expect(refusal(() => requiredUrl('mediaUrl', url))).toEqual({
			parameter: 'mediaUrl',
			reason: expect.stringContaining('http:// or https://') as string,
		});
	});
});

describe('the default country code of phones', () => {
	it.each<[string, unknown, string]>([
		['is 62 where nothing is set', {}, '6281212345678'],
		['is 62 where the options are missing', undefined, '6281212345678'],
		['is the one that is set', { defaultCountryCode: '60' }, '6081212345678'],
		['may be a number', { defaultCountryCode: 60 }, '6081212345678'],
		['may have a plus', { defaultCountryCode: '+60' }, '6081212345678'],
		['may have 00', { defaultCountryCode: '0060' }, '6081212345678'],
		['may have spaces around it', { defaultCountryCode: ' 60 ' }, '6081212345678'],
	])('%s', (_sentence, options, phone) => {
		expect(requiredPhone('081212345678', options)).toBe(phone);
	});

	it('may be empty; a national number is then refused', () => {
		const found = refusal(() => requiredPhone('081212345678', { defaultCountryCode: '' }));
		expect(found).toEqual({
			parameter: 'phone',
			reason: expect.stringContaining('no country code') as string,
		});
	});

	it.each(['ID', '062', '6281', '6-2'])('%s is not a country code', (defaultCountryCode) => {
		const found = refusal(() => requiredPhone('6281212345678', { defaultCountryCode }));
		expect(found.parameter).toBe('defaultCountryCode');
	});
});
