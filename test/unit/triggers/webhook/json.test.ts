/** JSON of a delivery. */

import { parseObject } from '../../../../nodes/OneTalk/triggers/webhook/json';

const objects = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const lists = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

it.each([
	['an object', '{"a":1}', { a: 1 }],
	['an empty object', '{}', {}],
	['32 levels of objects', objects(32), JSON.parse(objects(32)) as object],
	['32 levels with lists', lists(32), JSON.parse(lists(32)) as object],
	['deep JSON inside a text', JSON.stringify({ a: objects(50) }), { a: objects(50) }],
])('takes %s', (_what, text, expected) => {
	expect(parseObject(text)).toEqual(expected);
});

it.each([
	['33 levels of objects', objects(33)],
	['33 levels with lists', lists(33)],
	['a million levels', lists(1_000_000)],
	['a list', '[{}]'],
	['a text', '"a"'],
	['a number', '1'],
	['null', 'null'],
	['nothing', ''],
	['half an object', '{"a":'],
	['two objects', '{}{}'],
	['a form', 'a=1'],
])('refuses %s', (_what, text) => {
	expect(parseObject(text)).toBeUndefined();
});
