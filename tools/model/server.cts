/** The stand-in model: a server on 127.0.0.1 that speaks OpenAI's API, for the demo and the tests. It is no AI. */

import { LLMock, type ChatCompletionRequest } from '@copilotkit/aimock';
import { answer } from './answer.cts';

/** What n8n's OpenAI credential needs; the server takes any key. */
export interface ModelAccount {
	/** base URL, with `/v1` */
	url: string;
	apiKey: string;
}

/** A running stand-in model. */
export interface StandInModel {
	account: ModelAccount;
	/** what the model was asked, oldest first (the newest 1,000) */
	readonly requests: ChatCompletionRequest[];
	/**
	 * Answers the next requests with HTTP 500.
	 *
	 * @param onlyAfterTools whether only requests with the answers of tools count
	 */
	fail(times: number, onlyAfterTools?: boolean): void;
	stop(): Promise<void>;
}

/**
 * Starts the stand-in model.
 *
 * @param port any free one if left out
 * @throws {Error} with `code` EADDRINUSE if the port is taken
 */
export async function startModel(port = 0): Promise<StandInModel> {
	const server = new LLMock({ host: '127.0.0.1', port });
	let failures = { left: 0, onlyAfterTools: false };
	server.on({ endpoint: 'chat' }, (request) => {
		const isHit = failures.left > 0 && (!failures.onlyAfterTools || request.messages.at(-1)?.role === 'tool');
		if (!isHit) return answer(request);
		failures.left--;
		return { status: 500, error: { message: 'The model is overloaded' } };
	});
	await server.start();
	return {
		account: { url: `${server.url}/v1`, apiKey: 'stand-in-model' },
		get requests() {
			return server
				.getRequests()
				.filter(({ path, body }) => path.endsWith('/chat/completions') && body)
				.map(({ body }) => body as ChatCompletionRequest);
		},
		fail(times, onlyAfterTools = false) {
			failures = { left: times, onlyAfterTools };
		},
		stop: async () => await server.stop(),
	};
}
