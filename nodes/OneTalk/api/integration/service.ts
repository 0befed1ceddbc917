/** The Integration API: the service behind messages, templates and cases. */

import type { Service } from '../service';
import { trimmedText } from '../text';
import { judge } from './envelope';

/** The public address of the Integration API. */
export const DEFAULT_BASE_URL = 'https://onetalk-api.taptalk.io/api/integration/v1';

/** Its answers are a JSON envelope, with failures inside HTTP 200. */
export const integration: Service = {
	credential: 'oneTalkApi',
	label: 'OneTalk API',
	urlLabel: 'base URL',
	testedBy: 'testCredential',
	secretOf: ({ apiKey }) => trimmedText(apiKey),
	defaultsOf: ({ channelId, phoneNumberId }) => ({ channelId, phoneNumberId }),
	urlOf: ({ baseUrl }, path) => (trimmedText(baseUrl) || DEFAULT_BASE_URL).replace(/\/+$/, '') + path,
	judge: (answer, { expects }, access) => judge(answer, expects ?? 'success', access),
};
