/** A custom chatbot: the service behind replies to customers, on every channel that is connected to the chatbot. */

import type { Service } from '../service';
import { trimmedText } from '../text';
import { judge } from './judge';
import { faultInChatbotUrl } from './url';

/** Its answers are plain text with real HTTP codes. */
export const chatbot: Service = {
	credential: 'oneTalkChatbotApi',
	label: 'OneTalk Chatbot API',
	urlLabel: 'URL',
	testedBy: 'testChatbotCredential',
	secretOf: ({ secretKey }) => trimmedText(secretKey),
	faultIn: ({ url }, { credentialName, urlLabel }) => {
		const fault = faultInChatbotUrl(trimmedText(url));
		return fault === undefined
			? undefined
			: {
					kind: 'invalid',
					message: `The ${urlLabel} in the credential "${credentialName}" ${fault}`,
					hint: 'Copy the whole URL that OneTalk showed when the chatbot was created.',
				};
	},
	urlOf: ({ url }) => trimmedText(url).replace(/\/$/u, ''),
	judge: (answer, _request, access) => judge(answer, access),
};
