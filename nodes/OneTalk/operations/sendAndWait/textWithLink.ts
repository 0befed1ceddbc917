/** A question as text: the user's own words, and the link to the page where the recipient answers. */

import { InvalidInput } from '../../input/invalid';
import { lengthOf } from '../../input/length';
import type { Waiting } from '../operation';
import { textMark } from './link';
import type { Question } from './question';

/**
 * @param max how many characters (code points) the message may have
 * @throws {InvalidInput} where the text and its link are too long together
 */
export function textWithLink(text: string, { linkLabel }: Question, waiting: Waiting, max: number): string {
	const link = `\n\n${linkLabel}\n${waiting.linkFor(textMark(text))}`;
	const length = lengthOf(text);
	const most = max - lengthOf(link);
	if (length <= most) return text + link;
	throw new InvalidInput(
		'message',
		`has ${length} characters: with the link in it, a message takes at most ${most}`,
	);
}
