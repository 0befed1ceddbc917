/** What a message holds: text, a file, or a location. */

import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../api/text';
import { isBlank, numberOf, textOf } from '../webhook/values';

/** The file of a message; `''` for what it does not have. */
export interface File {
	url: string;
	fileName: string;
	caption: string;
}

/** A place on the map. */
export interface Location {
	latitude: number | null;
	longitude: number | null;
	address: string;
	name: string;
}

/** The text of a message; `''` if it has none. */
export function textIn({ text }: IDataObject): string {
	return isRecord(text) ? textOf(text.body) : '';
}

/**
 * The file of a message. It stands under the message's type; of a video also under `image`, as OneTalk's example has it. Types that
 * the documentation does not have, such as audio, are read in the same way.
 */
export function fileIn(message: IDataObject, type: string): File {
	const places = type === 'video' ? ['video', 'image'] : [type];
	const files = places
		.filter((place) => Object.hasOwn(message, place))
		.map((place) => message[place])
		.filter(isRecord)
		.map(({ url, filename, caption }) => ({
			url: textOf(url),
			fileName: textOf(filename),
			caption: textOf(caption),
		}));
	return files.find(({ url }) => !isBlank(url)) ?? files[0] ?? { url: '', fileName: '', caption: '' };
}

/** The location of a message; null if it has none. */
export function locationIn({ location }: IDataObject): Location | null {
	if (!isRecord(location)) return null;
	return {
		latitude: numberOf(location.latitude),
		longitude: numberOf(location.longitude),
		address: textOf(location.address),
		name: textOf(location.name),
	};
}
