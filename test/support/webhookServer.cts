/** Delivers to a webhook trigger: real HTTP, and n8n's own webhook context behind it. */

import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGunzip } from 'node:zlib';
import { WebhookContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeParameters,
	type IWebhookData,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { additionalDataFor } from './additionalData';
import { credentialsOf, type CredentialData } from './credentials';
import { nodeOf, nodeTypeOf, nodeTypes } from './nodeTypes';

/** In bytes. n8n's own limit is 16 MiB. */
const N8N_BODY_LIMIT = 16 * 1024 * 1024;

/** A trigger that listens. */
export interface WebhookServer {
	url: string;
	/** What a test may change between deliveries. */
	settings: WebhookSettings;
	/** The items of the executions that were started. */
	started: IDataObject[];
	/** What the trigger has written to the log. */
	warnings: string[];
	/** The same, for what is no fault. */
	notes: string[];
	/** How often the credential was read. */
	reads: number;
	/** How many deliveries are being handled now. */
	handling: number;
	/** What `webhook()` has thrown; n8n would answer 500 and store a failed execution. */
	thrown: unknown[];
	/** @returns the status and the body of the answer */
	deliver(body: unknown, headers?: Record<string, string>, query?: string): Promise<[number, string]>;
	stop(): Promise<void>;
}

export interface WebhookSettings {
	parameters: INodeParameters;
	/** Data by credential type; the node has a credential of each. */
	credentials: CredentialData;
	mode: 'webhook' | 'manual';
	/** Why the credential cannot be read. */
	credentialError?: Error;
	/** Called before n8n stores an execution; throws where n8n cannot store it. */
	store?: () => Promise<void> | void;
	/** n8n's address for executions that wait. */
	waitingBaseUrl?: string;
	/** Whether n8n reads the body before the trigger, as it does where the switch does not work. */
	readsBodyFirst?: boolean;
}

/** A request as n8n hands it to a node: Express' query, and n8n's reader of the body. */
type N8nRequest = http.IncomingMessage & {
	query: object;
	params: object;
	rawBody?: Buffer;
	readRawBody(): Promise<void>;
};

let servers = 0;

/** Starts a trigger with a workflow of its own. */
export async function startWebhook(type: string, settings: WebhookSettings): Promise<WebhookServer> {
	const workflowId = `webhook-${servers++}`;
	const server = http.createServer((request, response) => {
		started.handling++;
		handle(request as N8nRequest, response as N8nResponse)
			.catch((error: unknown) => {
				started.thrown.push(error);
				response.destroy();
			})
			.finally(() => started.handling--);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const started: WebhookServer = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		settings,
		started: [],
		warnings: [],
		notes: [],
		thrown: [],
		reads: 0,
		handling: 0,
		async deliver(body, headers = {}, query = '') {
			const isRaw = typeof body === 'string' || body instanceof Uint8Array;
			const response = await fetch(started.url + query, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers },
				body: isRaw ? body : JSON.stringify(body),
			});
			return [response.status, await response.text()];
		},
		async stop() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};

	const additionalData = (request: N8nRequest, response: N8nResponse) => {
		const data = additionalDataFor(settings.mode, settings.credentials);
		const { credentialsHelper } = data;
		const getDecrypted = credentialsHelper.getDecrypted.bind(credentialsHelper);
		credentialsHelper.getDecrypted = async (...args) => {
			started.reads++;
			if (settings.credentialError) throw settings.credentialError;
			return await (getDecrypted(...args) as Promise<ICredentialDataDecryptedObject>);
		};
		return {
			...data,
			...(settings.waitingBaseUrl && { webhookWaitingBaseUrl: settings.waitingBaseUrl }),
			httpRequest: request,
			httpResponse: response,
		} as unknown as IWorkflowExecuteAdditionalData;
	};

	const handle = async (request: N8nRequest, response: N8nResponse) => {
		const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
		request.query = Object.fromEntries(
			[...new Set(searchParams.keys())].map((name) => {
				const all = searchParams.getAll(name);
				return [name, all.length === 1 ? all[0] : all];
			}),
		);
		request.params = {};
		request.readRawBody = async () => {
			request.rawBody ??= await bodyOf(request);
		};
		response.status = (code) => Object.assign(response, { statusCode: code });

		const node = {
			...nodeOf('Trigger', type, settings.parameters),
			credentials: credentialsOf(settings.credentials),
		};
		const workflow = new Workflow({
			id: workflowId,
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes,
		});
		const context = new WebhookContext(
			workflow,
			workflow.getNode('Trigger') as INode,
			additionalData(request, response),
			settings.mode,
			{} as IWebhookData,
			[],
			null,
		);
		context.logger.warn = (message: string) => void started.warnings.push(message);
		context.logger.info = (message: string) => void started.notes.push(message);
		if (settings.readsBodyFirst) await request.readRawBody();
		const result = await workflow.expression.withIsolate(
			async () => await nodeTypeOf(type).webhook!.call(context),
		);
		// What n8n does with the result (webhook-helpers.js): it answers after it has stored the execution.
		if (result.workflowData !== undefined) {
			try {
				await settings.store?.();
			} catch {
				response.status(500).end('{"code":0,"message":"There was a problem executing the workflow"}');
				return;
			}
			started.started.push(...result.workflowData[0].map(({ json }) => json));
		}
		if (result.noWebhookResponse !== true) response.status(200).end(result.webhookResponse ?? '');
	};
	return started;
}

type N8nResponse = http.ServerResponse & { status(code: number): N8nResponse };

/** Reads a body as n8n does: unzipped, and up to a limit. */
async function bodyOf(request: http.IncomingMessage): Promise<Buffer> {
	const stream = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
	const parts: Buffer[] = [];
	let length = 0;
	for await (const part of stream) {
		parts.push(part as Buffer);
		length += (part as Buffer).length;
		if (length > N8N_BODY_LIMIT)
			throw Object.assign(new Error('request entity too large'), { statusCode: 413 });
	}
	return Buffer.concat(parts);
}
