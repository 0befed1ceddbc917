/** A chat model that follows a script, behind the API that n8n's OpenAI Chat Model node calls. */

import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What the model does in one turn: it calls tools, or it ends with a text. */
export type Turn = { calls: Array<{ name: string; input: object }> } | { says: string };

/** A message of the conversation, as n8n sends it to the model. */
export interface ModelMessage {
	role: string;
	content: unknown;
}

export interface ScriptedModel {
	/** for the credential of n8n's OpenAI Chat Model node */
	url: string;
	/** the turns that are left */
	script: Turn[];
	/** the conversation, as of the newest request */
	messages: ModelMessage[];
	/** the names of the tools in the newest request, and what the model is told of them */
	tools: Array<{ function: { name: string; description: string; parameters: object } }>;
	close(): void;
}

/** Starts the model on a free port of this machine. */
export async function startModel(): Promise<ScriptedModel> {
	const server = http.createServer((request, response) => {
		void (async () => {
			const body = JSON.parse(await text(request)) as Pick<ScriptedModel, 'messages' | 'tools'>;
			model.messages = body.messages;
			model.tools = body.tools;
			const turn = model.script.shift() ?? { says: 'The script is over.' };
			response.setHeader('Content-Type', 'application/json');
			response.end(JSON.stringify(completion(turn, model.messages.length)));
		})();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	server.unref();
	const model: ScriptedModel = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		script: [],
		messages: [],
		tools: [],
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
	return model;
}

function completion(turn: Turn, place: number): object {
	const message =
		'says' in turn
			? { role: 'assistant', content: turn.says }
			: {
					role: 'assistant',
					content: null,
					tool_calls: turn.calls.map(({ name, input }, i) => ({
						id: `call_${place}_${i}`,
						type: 'function',
						function: { name, arguments: JSON.stringify(input) },
					})),
				};
	return {
		id: 'completion',
		object: 'chat.completion',
		created: 1,
		model: 'scripted',
		choices: [{ index: 0, message, finish_reason: 'says' in turn ? 'stop' : 'tool_calls' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
