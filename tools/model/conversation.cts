/** Reads a request to a chat model: what the customer said, now and before, and what the tools answered. */

import type { ChatCompletionRequest, ChatMessage, ToolDefinition } from '@copilotkit/aimock';

/** The answer of a tool, as the model gets it. */
export interface ToolAnswer {
	tool: string;
	text: string;
}

export interface Conversation {
	/** the instructions that the workflow gives to the model */
	system: string;
	/** what the customer says now */
	said: string;
	/** what the customer has said before, oldest first: the memory */
	before: string[];
	/** what the tools have answered since the customer spoke, oldest first */
	toolAnswers: ToolAnswer[];
	tools: ToolDefinition[];
}

/** Reads a request. */
export function readConversation({ messages, tools = [] }: ChatCompletionRequest): Conversation {
	const last = messages.findLastIndex(({ role }) => role === 'user');
	const now = messages.slice(last + 1);
	const calls = now.flatMap(({ tool_calls: toolCalls = [] }) => toolCalls);
	return {
		// OpenAI's newer models get the instructions under the role `developer`
		system: messages
			.filter(({ role }) => !['user', 'assistant', 'tool'].includes(role))
			.map(textOf)
			.join('\n'),
		said: last === -1 ? '' : textOf(messages[last]),
		before: messages
			.slice(0, Math.max(last, 0))
			.filter(({ role }) => role === 'user')
			.map(textOf),
		toolAnswers: now
			.filter(({ role }) => role === 'tool')
			.map((message) => ({
				tool: calls.find(({ id }) => id === message.tool_call_id)?.function.name ?? '',
				text: textOf(message),
			})),
		tools,
	};
}

function textOf({ content }: ChatMessage): string {
	if (typeof content === 'string') return content;
	return (content ?? []).map(({ text = '' }) => text).join('\n');
}
