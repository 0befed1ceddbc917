/** Numbers in JSON text that have more digits than JavaScript keeps. */

import { parseJson, parseJsonValue } from '../../../nodes/OneTalk/input/json';

it.each<[string, unknown]>([
	['12345678901234567890', '12345678901234567890'],
	['-12345678901234567890', '-12345678901234567890'],
	['9007199254740993', '9007199254740993'],
	['9007199254740991', 9007199254740991],
	['150000', 150000],
	['0.30000000000000004', '0.30000000000000004'],
	['1.50', 1.5],
	['0.000000000000001', 0.000000000000001],
	['1e3', 1000],
	[
		'{"a":12345678901234567890,"b":[1,12345678901234567890]}',
		{ a: '12345678901234567890', b: [1, '12345678901234567890'] },
	],
	['"12345678901234567890"', '12345678901234567890'],
	[
		'{"a \\" 12345678901234567890":" 12345678901234567890 \\\\"}',
		{ 'a " 12345678901234567890': ' 12345678901234567890 \\' },
	],
])('%s keeps its digits', (text, value) => {
	expect(parseJson(text)).toEqual({ value });
});

it.each(['{"a":[9007199254740993]}', '0.30000000000000004'])(
	'%s is refused where a number must arrive',
	(text) => {
		expect(() => parseJsonValue('flowData', text, 'refused')).toThrow(/put it in quotes/);
	},
);

it.each(['{"a":"9007199254740993"}', '[150000, 1.5]'])('%s has nothing to refuse', (text) => {
	expect(parseJsonValue('flowData', text, 'refused')).toEqual(JSON.parse(text));
});

it('names the place where text stops being JSON', () => {
	expect(parseJson('{"a":12345678901234567890,}')).toEqual({
		fault: 'line 1, column 27 (found “}”)',
	});
});
