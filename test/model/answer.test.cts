/** The stand-in model: what it answers to a conversation, and that it speaks OpenAI's API. */

import type { ChatMessage, ToolDefinition } from '@copilotkit/aimock';
import { answer } from '../../tools/model/answer.cts';
import { FAILED, NO_RULE, REFUSED } from '../../tools/model/rules.cts';
import { startModel } from '../../tools/model/server.cts';

const SYSTEM = 'You are an assistant.\n- Opening hours: From 9 to 6.\n- Returns: Within 7 days.';

function toolOf(name: string, properties: object = {}, description = ''): ToolDefinition {
	return { type: 'function', function: { name, description, parameters: { type: 'object', properties } } };
}
const TOOLS = [
	toolOf('Hand_over_to_a_person', { summary: { type: 'string' } }),
	toolOf('Note_a_remark', { remark: { type: 'string' } }),
	toolOf('Change_the_contact', { fullName: { type: 'string' } }),
	toolOf('Close_the_case'),
];

const said = (content: string): ChatMessage => ({ role: 'user', content });
const ask = (messages: ChatMessage[], tools = TOOLS) =>
	answer({ model: 'any', messages: [{ role: 'system', content: SYSTEM }, ...messages], tools });

/** The tools that the model calls, with their arguments. */
function calls(messages: ChatMessage[], tools = TOOLS): Array<[name: string, args: unknown]> {
	const { toolCalls = [] } = ask(messages, tools) as {
		toolCalls?: Array<{ name: string; arguments: string }>;
	};
	return toolCalls.map(({ name, arguments: args }) => [name, JSON.parse(args)]);
}

test.each([
	['Hi', 'Hello! I am the assistant. Ask me about opening hours, returns, or ask for a person.'],
	['When are you open?', 'From 9 to 6.'],
	['Can I return it?', 'Within 7 days.'],
	['Where is my order?', 'Which order is it? Please send me its number.'],
	['What is my name?', 'You have not told me your name yet.'],
	['Thank you', 'You are welcome.'],
	['Sing a song', NO_RULE],
	['', NO_RULE],
	['Hi\nsing a song\nWhen are you open?', expect.stringMatching(/^Hello.*\nFrom 9 to 6\.$/)],
])('answers %p', (text, content) => {
	expect(ask([said(text)])).toEqual({ content });
});

test('remembers what was said before', () => {
	const before = [said('My name is Sari'), said('My order is 1042')];
	expect(ask([...before, said('What is my name?')])).toEqual({ content: 'Your name is Sari.' });
	expect(ask([...before, said('Where is my order?')])).toEqual({ content: expect.stringContaining('1042') });
	expect(ask([...before, said('Hello')])).toEqual({ content: expect.stringMatching(/^Hello Sari!/) });
});

test.each([
	['Please note that I am home after 5 pm', 'Note_a_remark', { remark: 'I am home after 5 pm' }],
	['My name is Sari.', 'Change_the_contact', { fullName: 'Sari' }],
	['Thanks, that is all', 'Close_the_case', {}],
])('uses a tool for %p', (text, name, args) => {
	expect(calls([said(text)])).toEqual([[name, args]]);
});

test('hands over with a summary of everything that was said', () => {
	const [[name, args]] = calls([said('My name is Sari'), said('Order 1042'), said('I want a person')]);
	expect(name).toBe('Hand_over_to_a_person');
	expect(args).toEqual({
		summary:
			'The customer asks for a person. Name: Sari. Order: 1042. Said so far: “My name is Sari”, “Order 1042”, “I want a person”.',
	});
});

test('gives a tool that a person reviews its parameters where n8n looks for them', () => {
	const reviewed = {
		toolParameters: { type: 'object', properties: { summary: { type: 'string' } } },
		hitlParameters: { type: 'object', properties: {} },
	};
	const [[, args]] = calls([said('A person, please')], [toolOf('Hand_over', reviewed)]);
	expect(args).toEqual({ toolParameters: { summary: expect.any(String) }, hitlParameters: {} });
});

test('without a tool for it, says what it can', () => {
	expect(ask([said('A person, please')], [])).toEqual({ content: NO_RULE });
});

describe('after a tool was used', () => {
	const after = (content: string) =>
		ask([
			said('A person, please'),
			{
				role: 'assistant',
				content: null,
				tool_calls: [
					{ id: 'call-1', type: 'function', function: { name: 'Hand_over_to_a_person', arguments: '{}' } },
				],
			},
			{ role: 'tool', tool_call_id: 'call-1', content },
		]);

	test.each([
		['[{"success":true,"caseID":"A"}]', expect.stringContaining('passed your conversation on')],
		['[{"success":false,"error":"topic is closed"}]', FAILED],
		['[{"error":"no connection"}]', FAILED],
		['User rejected the tool call', REFUSED],
	])('%p', (result, content) => {
		expect(after(result)).toEqual({ content });
	});
});

test('speaks OpenAI’s API on 127.0.0.1, and fails when it is told to', async () => {
	const model = await startModel();
	try {
		expect(model.account.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
		const post = async () =>
			await fetch(`${model.account.url}/chat/completions`, {
				method: 'POST',
				headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
				body: JSON.stringify({ model: 'any', messages: [said('Thank you')] }),
			});
		expect(await (await post()).json()).toMatchObject({
			choices: [{ message: { role: 'assistant', content: 'You are welcome.' } }],
		});
		expect((await fetch(`${model.account.url}/models`)).status).toBe(200);
		model.fail(1);
		expect((await post()).status).toBe(500);
		expect((await post()).status).toBe(200);
		expect(model.requests).toHaveLength(3);
	} finally {
		await model.stop();
	}
});
