/** The name of a file, from the address that it is fetched from. */

import { InvalidInput } from './invalid';
import { optionalText } from './values';

/**
 * The file name that a user gave, or the last part of the URL's path, decoded, without invisible characters.
 *
 * @param mediaUrl a valid URL
 * @throws {InvalidInput} naming the parameter of the file name, where neither gives one
 */
export function fileNameFor(parameter: string, value: unknown, mediaUrl: string): string {
	const given = optionalText(parameter, value);
	if (given !== '') return given;
	const last = decoded(new URL(mediaUrl).pathname).split('/').pop() ?? '';
	const name = last.replace(/[\p{Cc}\p{Cf}]/gu, '').trim();
	if (name === '')
		throw new InvalidInput(parameter, 'is empty and the media URL ends without a file name: fill it in');
	return name;
}

function decoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}
