/** The OneTalk node as a tool of an AI agent. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { startLab, type Lab } from './lab.cts';
import { assertKeyIsNowhere } from './secrets.cts';
import { inARow, node } from './workflows.cts';

let lab: Lab;

before(async () => {
	lab = await startLab('nodes-tool');
});
after(async () => await lab?.stop());
beforeEach(() => lab.simulator.reset());

describe('as a tool of an AI agent', () => {
	/**
	 * Lets n8n call the tool with the input that a model would give.
	 * @param type of the variables, for the model
	 */
	async function call(type: string, variables: unknown): Promise<{ status: string; answer: string }> {
		const tool = {
			...node('OneTalk', 'n8n-nodes-onetalk.oneTalkTool', 1, {
				resource: 'message',
				operation: 'sendTemplate',
				channelId: '2100480937',
				phone: "={{ $fromAI('phone', 'The number of the customer', 'string') }}",
				templateName: 'order_ready',
				languageCode: 'en',
				parameterMode: 'json',
				templateParametersJson: `={{ $fromAI('variables', 'The values of the template', '${type}') }}`,
			}),
			credentials: await lab.credentials(),
		};
		const nodes = [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Agent', '@n8n/n8n-nodes-langchain.agent', 2, { promptType: 'define', text: 'Hi', options: {} }),
			tool,
		];
		const { id } = await lab.api.createWorkflow({
			name: 'Agent',
			nodes: inARow(nodes),
			connections: {
				Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
				OneTalk: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
		});
		const executionId = await lab.api.start(id, 'Start', {
			destinationNode: { nodeName: 'OneTalk', mode: 'inclusive' },
			agentRequest: { query: { OneTalk: { phone: '0812-1234-5678', variables } }, tool: { name: 'OneTalk' } },
		});
		const { status, data } = await lab.api.finished(executionId);
		// what the model reads, without the escapes of JSON in JSON
		const answer = JSON.stringify(data.resultData.runData?.OneTalk).replaceAll('\\', '');
		return { status, answer };
	}

	const inputs: Record<string, unknown> = {
		string: '{"body":{"name":"Sari","order_id":7}}',
		json: { body: { name: 'Sari', order_id: 7 } },
	};
	for (const [type, variables] of Object.entries(inputs)) {
		test(`the model may give all variables as one ${type}`, async () => {
			assert.equal((await call(type, variables)).status, 'success');
			const [{ phone, parameters }] = lab.simulator.messages;
			assert.equal(phone, '6281212345678');
			assert.deepEqual(parameters?.body, [
				{ name: 'name', value: 'Sari' },
				{ name: 'order_id', value: '7' },
			]);
		});
	}

	test('the model reads in a row what is wrong with the variables, and nothing is sent', async () => {
		assert.match(
			(await call('string', '{"body":{"name":""}}')).answer,
			/empty value for the body variable "name"/,
		);
		assert.match(
			(await call('string', '{"body":')).answer,
			/not valid JSON at line 1, column 9 \(the text ends there\)/,
		);
		assert.equal(lab.simulator.messages.length, 0);
	});
});

test('the API key is in no execution and not in n8n’s log', async () => {
	await assertKeyIsNowhere(lab, 4);
});
