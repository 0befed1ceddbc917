/** The custom chatbot of the simulated organization: its IDs and its secret key. */

export interface Chatbot {
	id: string;
	name: string;
	/** Sent to the chatbot in the header `X-Secret-Key`, and expected from it in the header `Secret-Key`. */
	secretKey: string;
}

const DEFAULT_CHATBOT: Chatbot = {
	id: '31',
	name: 'Simulator chatbot',
	secretKey: 'simulator-chatbot-secret',
};

/**
 * Returns the chatbot with the default in every field that is not given.
 *
 * @throws {Error} if the ID or the secret key has the wrong form
 */
export function checkChatbot(given: Partial<Chatbot>): Chatbot {
	const chatbot = { ...DEFAULT_CHATBOT, ...given };
	if (!/^[A-Za-z0-9_-]{1,64}$/.test(chatbot.id))
		throw new Error('The ID of the chatbot is 1 to 64 letters, digits, "-" and "_"');
	if (!/^[A-Za-z0-9_-]{8,128}$/.test(chatbot.secretKey))
		throw new Error('The secret key of the chatbot is 8 to 128 letters, digits, "-" and "_"');
	return chatbot;
}
