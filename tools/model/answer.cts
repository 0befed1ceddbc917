/** What the stand-in model answers: a text, or calls of tools. It follows the rules of `rules.cts` for each line of the customer. */

import type { ChatCompletionRequest, FixtureResponse, ToolCall, ToolDefinition } from '@copilotkit/aimock';
import { readConversation, type Conversation, type ToolAnswer } from './conversation.cts';
import { FAILED, NO_RULE, REFUSED, RULES, TOOLS, type ToolKind } from './rules.cts';

/** A call of a tool that the model has. */
interface Call {
	tool: ToolDefinition;
	text: string;
}

/** Answers a request: what came of the tools, else what the rules say to each line of the customer's text. */
export function answer(request: ChatCompletionRequest): FixtureResponse {
	const conversation = readConversation(request);
	const { said, toolAnswers, tools } = conversation;
	if (toolAnswers.length > 0) return { content: toolAnswers.map((one) => afterTool(one, tools)).join(' ') };
	const lines = said.split('\n').filter((line) => line.trim() !== '');
	const replies = lines.map((line) => reply(line, conversation));
	const calls = replies.filter((one): one is Call => typeof one === 'object');
	if (calls.length > 0) return { toolCalls: calls.map(toolCall) };
	const known = replies.filter((one) => one !== NO_RULE);
	return { content: [...new Set(known)].join('\n') || NO_RULE };
}

/** The first rule that has something to say, and whose tool is there. */
function reply(line: string, conversation: Conversation): string | Call {
	for (const rule of RULES) {
		const found = rule(line, conversation);
		if (typeof found === 'string') return found;
		const tool = found && conversation.tools.find((one) => kindOf(one) === found.use);
		if (tool) return { tool, text: found.text };
	}
	return NO_RULE;
}

function kindOf({ function: { name, description = '' } }: ToolDefinition): ToolKind | undefined {
	const kinds = Object.keys(TOOLS) as ToolKind[];
	return (
		kinds.find((kind) => TOOLS[kind].about.test(name)) ??
		kinds.find((kind) => TOOLS[kind].about.test(description))
	);
}

/** Gives the text to every parameter of the tool. A tool that a person reviews has its parameters one level deeper. */
function toolCall({ tool, text }: Call): ToolCall {
	const { name, parameters } = tool.function;
	return { name, arguments: JSON.stringify(argumentsOf(parameters as Schema | undefined, text)) };
}

interface Schema {
	properties?: Record<string, Schema>;
}

function argumentsOf(schema: Schema | undefined, text: string): object {
	return Object.fromEntries(
		Object.entries(schema?.properties ?? {}).map(([key, value]) => [
			key,
			value.properties ? argumentsOf(value, text) : text,
		]),
	);
}

/** What the customer reads after a tool was used; never the tool's own words. */
function afterTool({ tool, text }: ToolAnswer, tools: ToolDefinition[]): string {
	if (/rejected/i.test(text)) return REFUSED;
	if (/"success":\s*false|"error"/.test(text)) return FAILED;
	const used = tools.find(({ function: { name } }) => name === tool);
	const kind = used && kindOf(used);
	return kind ? TOOLS[kind].done : 'Done.';
}
