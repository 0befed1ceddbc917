/**
 * Splits a text that is too long for one message: at paragraphs, else at line breaks, sentences or words, never inside a link
 * or a grapheme (what a reader takes for one character).
 */

import { lengthOf } from '../../input/length';

/** The parts of a text in order, or why it cannot be split. */
export type Split =
	| { parts: string[] }
	/** It does not fit into so many parts. */
	| { fault: 'tooLong' }
	/** It has a link, or one character with all its marks, that is longer than a part may be. */
	| { fault: 'unbreakable'; what: 'link' | 'character'; length: number };

/** A grapheme. */
interface Grapheme {
	text: string;
	/** In code points. */
	length: number;
	isSpace: boolean;
}

/** A place to split: a part ends before the grapheme `at`, the next one starts with the grapheme `next`. */
interface Break {
	at: number;
	next: number;
	/** 0 paragraph, 1 line break, 2 sentence, 3 word. */
	rank: number;
}

/** Graphemes from `start` up to, but without, `end`. */
interface Range {
	start: number;
	end: number;
}

const WORD = 3;
/** A link ends at white space, at quotes and brackets that no address has, and at full-width punctuation. */
const LINK = /(?:https?:\/\/|www\.)[^\s<>"“”«»\u3000-\u303f\uff00-\uffef]+/giu;
const SENTENCE_END = /[.!?…][)\]"'”’»]*$/u;
const FULL_WIDTH_END = /^[。！？]$/u;
const LONGEST_SENTENCE_END = 4;

/**
 * Splits a text into parts of at most `maxLength` code points. The white space at a split is dropped, all else stays. A text that
 * fits is one part, as it is. Where good places to split would give too many parts, less good ones are taken.
 *
 * @param text not blank
 */
export function splitText(text: string, maxLength: number, maxParts: number): Split {
	if (lengthOf(text) <= maxLength) return { parts: [text] };
	if (lengthOf(text.replace(/\s/gu, '')) > maxLength * maxParts) return { fault: 'tooLong' };
	const graphemes = graphemesOf(text);
	const links = linksOf(text, graphemes);
	const breaks = breaksOf(graphemes);
	for (let worst = 0; worst <= WORD; worst++) {
		const split = splitAt(graphemes, links, breaks, { maxLength, maxParts, worst });
		if (!('fault' in split) || split.fault === 'unbreakable') return split;
	}
	return { fault: 'tooLong' };
}

interface Limits {
	maxLength: number;
	maxParts: number;
	/** Breaks up to this rank are equally good: the last one that fits is taken. */
	worst: number;
}

function splitAt(graphemes: Grapheme[], links: Range[], breaks: Break[], limits: Limits): Split {
	const parts: string[] = [];
	for (let start = 0; start < graphemes.length; ) {
		const end = endOfRoom(graphemes, start, limits.maxLength);
		if (end === graphemes.length || isBlank(graphemes, end)) {
			parts.push(textOf(graphemes, start, end));
			break;
		}
		const found = bestBreak(breaks, start, end, limits.worst) ?? cutInWord(links, start, end);
		if (found === undefined) return unbreakable(graphemes, links, start);
		// White space alone is no message.
		if (!isBlank(graphemes, start, found.at)) parts.push(textOf(graphemes, start, found.at));
		if (parts.length > limits.maxParts) break;
		start = found.next;
	}
	return parts.length > limits.maxParts ? { fault: 'tooLong' } : { parts };
}

function bestBreak(breaks: Break[], start: number, end: number, worst: number): Break | undefined {
	let best: Break | undefined;
	for (const one of breaks) {
		if (one.at <= start) continue;
		if (one.at > end) break;
		if (best === undefined || Math.max(one.rank, worst) <= Math.max(best.rank, worst)) best = one;
	}
	return best;
}

/** A word longer than a part is cut where the room ends, or before the link that the end would fall into. */
function cutInWord(links: Range[], start: number, end: number): Omit<Break, 'rank'> | undefined {
	const link = links.find((one) => one.start < end && end < one.end);
	const at = link?.start ?? end;
	return at > start ? { at, next: at } : undefined;
}

function unbreakable(graphemes: Grapheme[], links: Range[], start: number): Split {
	const link = links.find((one) => one.start === start);
	const end = link?.end ?? start + 1;
	const length = lengthOf(textOf(graphemes, start, end));
	return { fault: 'unbreakable', what: link === undefined ? 'character' : 'link', length };
}

/** The first grapheme that does not fit into a part any more. */
function endOfRoom(graphemes: Grapheme[], start: number, maxLength: number): number {
	let end = start;
	for (let room = maxLength; end < graphemes.length && graphemes[end].length <= room; end++)
		room -= graphemes[end].length;
	return end;
}

/** In the order of their places. */
function breaksOf(graphemes: Grapheme[]): Break[] {
	const breaks: Break[] = [];
	for (let at = 1; at < graphemes.length; at++) {
		const before = graphemes[at - 1];
		if (before.isSpace) continue;
		if (graphemes[at].isSpace) {
			let next = at;
			while (next < graphemes.length && graphemes[next].isSpace) next++;
			breaks.push({ at, next, rank: rankOf(graphemes, at, next) });
		} else if (FULL_WIDTH_END.test(before.text) && !FULL_WIDTH_END.test(graphemes[at].text)) {
			breaks.push({ at, next: at, rank: 2 });
		}
	}
	return breaks;
}

function rankOf(graphemes: Grapheme[], at: number, next: number): number {
	const lineBreaks = textOf(graphemes, at, next).match(/\r\n|[\n\r\u2028\u2029]/gu)?.length ?? 0;
	if (lineBreaks > 0) return lineBreaks > 1 ? 0 : 1;
	const before = textOf(graphemes, Math.max(0, at - LONGEST_SENTENCE_END), at);
	return SENTENCE_END.test(before) ? 2 : WORD;
}

/** Between two signs of ASCII there is always a boundary, but for a line break of two signs. */
const SURE_BOUNDARY = /(?<=[\t\n\r -~])(?=[\t\n\r -~])(?<!\r(?=\n))/u;

/** The segmenter takes long for a long text, so it is used only where a boundary is not sure. */
function graphemesOf(text: string): Grapheme[] {
	const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
	return text.split(SURE_BOUNDARY).flatMap((piece) => {
		const segments =
			piece.length === 1 ? [piece] : Array.from(segmenter.segment(piece), ({ segment }) => segment);
		return segments.map((segment) => ({
			text: segment,
			length: lengthOf(segment),
			isSpace: segment.trim() === '',
		}));
	});
}

function linksOf(text: string, graphemes: Grapheme[]): Range[] {
	const found = [...text.matchAll(LINK)].map((match) => ({
		from: match.index,
		to: match.index + match[0].length,
	}));
	const links: Range[] = [];
	let offset = 0;
	let start = 0;
	graphemes.forEach((grapheme, index) => {
		const link = found[links.length];
		if (link === undefined) return;
		if (offset <= link.from) start = index;
		offset += grapheme.text.length;
		if (offset >= link.to) links.push({ start, end: index + 1 });
	});
	return links;
}

function textOf(graphemes: Grapheme[], start: number, end: number): string {
	return graphemes
		.slice(start, end)
		.map(({ text }) => text)
		.join('');
}

function isBlank(graphemes: Grapheme[], start: number, end = graphemes.length): boolean {
	for (let index = start; index < end; index++) if (!graphemes[index].isSpace) return false;
	return true;
}
