/** Filters with a list of values. */

import { isListed } from '../../../../nodes/OneTalk/triggers/webhook/filters';
import { refusal } from '../../../support/refusal';

it.each<[string, unknown, unknown, boolean]>([
	['no list', undefined, 'whatsapp', true],
	['an empty text', '', 'whatsapp', true],
	['an empty list', [], 'whatsapp', true],
	['only commas', ' , ,', 'whatsapp', true],
	['the value itself', 'whatsapp', 'whatsapp', true],
	['another value', 'whatsappba', 'whatsapp', false],
	['one of several', 'telegram, whatsapp', 'whatsapp', true],
	['none of several', 'telegram\nline', 'whatsapp', false],
	['a list', ['telegram', 'whatsapp'], 'whatsapp', true],
	['capitals', 'WhatsApp', 'whatsapp', true],
	['a number for text', 2222, '2222', true],
	['text for a number', '2222', 2222, true],
	['numbers in a list', [1, 2222], 2222, true],
	['a value that is missing', 'whatsapp', '', true],
	['a value that is null', 'whatsapp', null, true],
])('%s', (_what, list, value, expected) => {
	expect(isListed('Channel Type', list, value)).toBe(expected);
});

it('refuses a list that is an object', () => {
	expect(refusal(() => isListed('Channel Type', { a: 1 }, 'x')).parameter).toBe('Channel Type');
});
