/** Long texts are split without losing anything but white space, and never inside a grapheme or a link. */

import fc from 'fast-check';

import { splitText } from '../../nodes/OneTalk/operations/chatbot/splitText';

const RUNS = 3_000;

const FAMILY = '👨‍👩‍👧‍👦';
const LINK = /(?:https?:\/\/|www\.)[^\s<>"“”«»\u3000-\u303f\uff00-\uffef]+/giu;

const piece = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 12 }),
	fc.string({ unit: 'binary', maxLength: 6 }),
	fc.constantFrom(' ', '  ', '\n', '\n\n', '\r\n\r\n', '\t', '\u00a0', '\u2028', ' \u0301'),
	fc.constantFrom('. ', '! ', '?” ', '。', '！', '… ', 'e.g. '),
	fc.constantFrom(FAMILY, '🇮🇩🇲🇾', 'e\u0301\u0323', 'नि', '\u200d', '(https://', 'x'),
	fc.webUrl().map((url) => `${url} `),
	fc.constantFrom('https://example.com/a?b=c#d', 'www.example.com/orders/4711.', '<http://example.com>'),
);
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
const sizes = { maxLength: fc.integer({ min: 1, max: 60 }), maxParts: fc.integer({ min: 1, max: 30 }) };

/** Where the parts lie in the text: each after the one before, with nothing but white space between them. */
function placesOf(whole: string, parts: string[]): Array<{ start: number; end: number }> {
	let end = 0;
	const places = parts.map((part) => {
		let start = end;
		while (!whole.startsWith(part, start) && /^\s$/u.test(whole[start] ?? '')) start++;
		expect(whole.startsWith(part, start)).toBe(true);
		end = start + part.length;
		return { start, end };
	});
	expect(whole.slice(end).trim()).toBe('');
	return places;
}

/** The offsets between graphemes. */
function boundariesOf(whole: string): Set<number> {
	const segments = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(whole);
	return new Set([...Array.from(segments, ({ index }) => index), whole.length]);
}

it('the parts fit, hold the whole text but for white space at the splits, and cut no grapheme and no link', () => {
	let splits = 0;
	fc.assert(
		fc.property(text, sizes.maxLength, sizes.maxParts, (whole, maxLength, maxParts) => {
			fc.pre(whole.trim() !== '');
			const split = splitText(whole, maxLength, maxParts);
			if ('fault' in split) return;
			const { parts } = split;
			if (parts.length > 1) splits++;
			expect(parts.length).toBeLessThanOrEqual(maxParts);
			for (const part of parts) {
				expect([...part].length).toBeLessThanOrEqual(maxLength);
				expect(part.trim()).not.toBe('');
			}
			const boundaries = boundariesOf(whole);
			const links = [...whole.matchAll(LINK)].map(({ index, 0: { length } }) => [index, index + length]);
			for (const { start, end } of placesOf(whole, parts)) {
				for (const place of [start, end]) {
					expect(boundaries).toContain(place);
					expect(links.filter(([from, to]) => from < place && place < to)).toEqual([]);
				}
			}
		}),
		{ numRuns: RUNS },
	);
	expect(splits).toBeGreaterThan(RUNS / 10);
});

it('a text that fits is left exactly as it is', () => {
	fc.assert(
		fc.property(text, (whole) => {
			fc.pre(whole.trim() !== '');
			expect(splitText(whole, [...whole].length, 1)).toEqual({ parts: [whole] });
		}),
		{ numRuns: 500 },
	);
});

it('is refused only where it cannot be split: too much text, or a link or character longer than a part', () => {
	fc.assert(
		fc.property(text, sizes.maxLength, (whole, maxLength) => {
			fc.pre(whole.trim() !== '');
			const split = splitText(whole, maxLength, 10_000);
			if (!('fault' in split)) return;
			expect(split.fault).toBe('unbreakable');
			if (split.fault !== 'unbreakable') return;
			expect(split.length).toBeGreaterThan(maxLength);
			const links = [...whole.matchAll(LINK)].map(([link]) => [...link].length);
			if (split.what === 'link') expect(Math.max(...links)).toBeGreaterThanOrEqual(split.length - 4);
		}),
		{ numRuns: 1_000 },
	);
});
