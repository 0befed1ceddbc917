/** The stand-in for a chat model that the ready-made assistants use in the demo, and n8n's credential for it. */

import { startModel, type ModelAccount } from '../tools/model/server.cts';
import { freePort } from '../tools/ports.cts';
import type { DemoCredential } from './credentials.cts';

const FIRST_PORT = 4020;
const OPENAI_CHAT_MODEL = '@n8n/n8n-nodes-langchain.lmChatOpenAi';

/**
 * Starts the stand-in model, which runs until this process ends.
 *
 * @returns the credential for it
 */
export async function startDemoModel(): Promise<DemoCredential> {
	const { account } = await startModel(await freePort(FIRST_PORT));
	return modelCredential(account);
}

export function modelCredential({ url, apiKey }: ModelAccount): DemoCredential {
	return {
		type: 'openAiApi',
		name: 'Stand-in model (no AI)',
		data: { url, apiKey },
		isFor: ({ type }) => type === OPENAI_CHAT_MODEL,
	};
}
