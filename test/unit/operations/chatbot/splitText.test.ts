/** Where a long text is split. */

import { splitText } from '../../../../nodes/OneTalk/operations/chatbot/splitText';

const partsOf = (text: string, maxLength: number, maxParts = 10) => {
	const split = splitText(text, maxLength, maxParts);
	return 'fault' in split ? split : split.parts;
};

describe('where a text is split', () => {
	it.each<[string, string, number, string[]]>([
		['not at all, if it fits', ' one two ', 9, [' one two ']],
		['at a paragraph rather than at a later sentence', 'A b.\n\nC d. E f g', 12, ['A b.', 'C d. E f g']],
		['at a line break rather than at a later sentence', 'A b\nC d. E f g', 10, ['A b', 'C d. E f g']],
		['at a sentence rather than at a later word', 'One two. Three four', 14, ['One two.', 'Three four']],
		['at the last word that fits', 'one two three', 8, ['one two', 'three']],
		['at white space of any kind, which is dropped', 'one \t\r\n two', 4, ['one', 'two']],
		['after a sentence without white space', '你好。再见。好', 4, ['你好。', '再见。好']],
		['between graphemes of a long word', 'abcdefgh', 3, ['abc', 'def', 'gh']],
		['never inside an emoji made of several', 'ab👨‍👩‍👧c', 5, ['ab', '👨‍👩‍👧', 'c']],
		['never between a letter and its accent', 'abe\u0301d', 3, ['ab', 'e\u0301d']],
		[
			'before a link that follows a letter',
			'see:https://example.com/a',
			21,
			['see:', 'https://example.com/a'],
		],
		['after a link', 'https://example.com/a b', 21, ['https://example.com/a', 'b']],
		['without a part of white space alone', `${' '.repeat(9)}a b c`, 4, [' a b', 'c']],
		['without a part for each bit of white space at the start', ' '.repeat(9) + 'a', 3, ['a']],
		['without the white space at the end', 'one two   ', 7, ['one two']],
	])('%s', (_where, text, maxLength, parts) => {
		expect(partsOf(text, maxLength)).toEqual(parts);
	});

	it('at less good places, where good ones give too many parts', () => {
		const text = 'A.\n\nB.\n\nC d e f g';
		expect(partsOf(text, 9, 3)).toEqual(['A.\n\nB.', 'C d e f g']);
		expect(partsOf('A\n\nbbbb cc\n\ndddd', 8, 2)).toEqual(['A\n\nbbbb', 'cc\n\ndddd']);
	});
});

describe('what cannot be split', () => {
	it.each<[string, string, number, number, object]>([
		['more text than the parts hold', 'abcdefg', 2, 3, { fault: 'tooLong' }],
		['words that leave too much room unused', 'abc abc abc', 5, 2, { fault: 'tooLong' }],
		[
			'a link longer than a part',
			'see https://example.com/long',
			10,
			9,
			{ fault: 'unbreakable', what: 'link', length: 24 },
		],
		['an emoji longer than a part', 'a 👨‍👩‍👧', 3, 9, { fault: 'unbreakable', what: 'character', length: 5 }],
	])('%s', (_what, text, maxLength, maxParts, split) => {
		expect(splitText(text, maxLength, maxParts)).toEqual(split);
	});
});

it('splits 40,000 characters of words in a moment', () => {
	const text = 'word '.repeat(8_000);
	const started = performance.now();
	const parts = partsOf(text, 4096);
	expect(parts).toHaveLength(10);
	expect(performance.now() - started).toBeLessThan(3_000);
});
