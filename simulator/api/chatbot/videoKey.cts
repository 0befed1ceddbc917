/** Where a message holds the details of a video. */

import type { Settings } from '../../world/settings.cts';

/** Returns the details of a video: the documented tables name the key `video`, the examples `image`. */
export function videoOf(given: Record<string, unknown>, { chatbotVideoKeys }: Settings): unknown {
	if (chatbotVideoKeys === 'video') return given.video;
	if (chatbotVideoKeys === 'image') return given.image;
	return given.video ?? given.image;
}
