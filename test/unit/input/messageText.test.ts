/** Texts that were not put together as their author meant them. */

import { faultInText, gapInText } from '../../../nodes/OneTalk/input/messageText';

it.each<[string, string]>([
	['Hi [object Object],', 'has "[object Object]"'],
	['Hi {{ $json.name }},', 'has an expression that n8n did not evaluate ({{ $json.name }},)'],
	['Hi {{$json.name}}', 'switch the field from Fixed to Expression'],
	['undefined', 'is nothing but "undefined"'],
	[' null\n', 'is nothing but "null"'],
])('%j is refused', (text, words) => {
	expect(faultInText(text)).toContain(words);
});

it.each(['', 'Hi {{name}}', 'The value is undefined, null and void.', '[object]', 'Pay $5 {now}'])(
	'%j is accepted',
	(text) => {
		expect(faultInText(text)).toBeUndefined();
	},
);

const gap = (text: string, expression: string, json = {}, columns: string[] = Object.keys(json)) =>
	gapInText(text, { expression, json: () => json, columns: () => columns });

it.each<[string, Parameters<typeof gap>, string]>([
	[
		'a column that no item has',
		['Hi ,', 'Hi {{ $json.nmae }},', { name: 'Ani' }],
		'has a gap: the input has no column "nmae", only "name". Did you mean "name"?',
	],
	['undefined inside a text', ['Hi undefined', '{{ "Hi " + $json.x }}', {}], 'has "undefined"'],
	['another node’s value', ['Hi undefined', '{{ `Hi ${$("A").item.json.x}` }}', {}], 'has "undefined"'],
	['NaN', ['Rp NaN', 'Rp {{ $json.total * 2 }}', { total: 'a' }], 'has "NaN"'],
	[
		'a date that is none',
		['On Invalid DateTime', 'On {{ DateTime.fromISO($json.day).toISODate() }}', { day: 'x' }],
		'has "Invalid DateTime"',
	],
])('%s is a gap', (_what, given, words) => {
	expect(gap(...given)).toContain(words);
});

it.each<[string, Parameters<typeof gap>]>([
	['a column that another item has', ['Hi', 'Hi {{ $json.note }}', { name: 'Ani' }, ['name', 'note']]],
	['a column with a fallback', ['Hi you', 'Hi {{ $json.name || "you" }}', {}]],
	['a column that is empty', ['Hi ', 'Hi {{ $json.name }}', { name: null }]],
	['another node’s column', ['Hi ', 'Hi {{ $("Sheet").item.json.name }}', {}]],
	['the word in the row', ['undefined behavior', '{{ $json.text }}', { text: 'undefined behavior' }]],
	['the word in the expression', ['undefined is a word', 'undefined is {{ "a" }} word', {}]],
	['the word in another node’s text', ['x is undefined', '{{ $("AI Agent").first().json.output }}', {}]],
	['the word in an AI’s text', ['x is NaN', "{{ $fromAI('text', `What to say`, 'string') }}", {}]],
	['a longer word', ['NaNa', '{{ "NaN" + "a" }}', {}]],
])('%s is none', (_what, given) => {
	expect(gap(...given)).toBeUndefined();
});
