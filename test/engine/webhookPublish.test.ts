/** What happens when a webhook trigger is published, on n8n's hook context. */

import { HookContext } from 'n8n-core';
import {
	Workflow,
	type INode,
	type INodeParameters,
	type IWebhookData,
	type WorkflowActivateMode,
} from 'n8n-workflow';

import { additionalDataFor } from '../support/additionalData';
import { credentialsOf, type CredentialData } from '../support/credentials';
import { nodeOf, nodeTypeOf, nodeTypes } from '../support/nodeTypes';

const SECRET: CredentialData = { oneTalkChatbotApi: { secretKey: 'only-for-tests-secret-key' } };

/** One of the three methods that n8n calls around a publication. */
async function call(
	method: 'checkExists' | 'create' | 'delete',
	type: string,
	parameters: INodeParameters,
	credentials: CredentialData,
	{ error, activation = 'activate' }: { error?: Error; activation?: WorkflowActivateMode } = {},
): Promise<{ result: boolean; warnings: string[] }> {
	const node = { ...nodeOf('Trigger', type, parameters), credentials: credentialsOf(credentials) };
	const workflow = new Workflow({ id: 'wf', nodes: [node], connections: {}, active: true, nodeTypes });
	const additionalData = additionalDataFor('webhook', credentials);
	if (error) additionalData.credentialsHelper.getDecrypted = async () => await Promise.reject(error);
	const context = new HookContext(
		workflow,
		workflow.getNode('Trigger') as INode,
		additionalData,
		'webhook',
		activation,
		{} as IWebhookData,
	);
	const warnings: string[] = [];
	context.logger.warn = (message: string) => void warnings.push(message);
	const result = await workflow.expression.withIsolate(
		async () => await nodeTypeOf(type).webhookMethods!.default![method].call(context),
	);
	return { result, warnings };
}

describe.each(['oneTalkWebhookTrigger', 'oneTalkChatbotTrigger'])('%s', (type) => {
	it('is published with working settings; n8n asks each time', async () => {
		expect(await call('checkExists', type, {}, SECRET)).toMatchObject({ result: false });
		expect(await call('create', type, {}, SECRET)).toEqual({ result: true, warnings: [] });
		expect(await call('delete', type, {}, SECRET)).toMatchObject({ result: true });
	});
});

it.each([
	['no event', []],
	['an expression without an event', '={{ "" }}'],
])('OneTalk Webhook Trigger refuses %s', async (_what, events) => {
	await expect(call('create', 'oneTalkWebhookTrigger', { events }, {})).rejects.toMatchObject({
		name: 'NodeOperationError',
		message: '"Trigger On" is empty',
		description: 'Choose what starts the workflow, and publish it again.',
	});
});

describe('OneTalk Chatbot Trigger', () => {
	it.each(['', '  ', undefined])('refuses the secret key %j', async (secretKey) => {
		const credentials = { oneTalkChatbotApi: { secretKey } } as unknown as CredentialData;
		await expect(call('create', 'oneTalkChatbotTrigger', {}, credentials)).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: 'The credential "oneTalkChatbotApi" has no secret key',
			description: expect.stringContaining('anyone could start the workflow') as string,
		});
	});

	it('refuses a credential that cannot be read, where a person publishes', async () => {
		const error = new Error('no such credential');
		await expect(call('create', 'oneTalkChatbotTrigger', {}, SECRET, { error })).rejects.toMatchObject({
			message: 'The credential "oneTalkChatbotApi" cannot be read: no such credential',
		});
	});

	it('is not stopped by it where n8n starts', async () => {
		const error = new Error('locked');
		expect(await call('create', 'oneTalkChatbotTrigger', {}, SECRET, { error, activation: 'init' })).toEqual({
			result: true,
			warnings: ['Trigger: the credential cannot be read: locked.'],
		});
	});
});
