/** The only way out: makes the requests of the nodes, and hands each answer to the judge of its service. */

import { createHash } from 'node:crypto';

import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type IPollFunctions,
} from 'n8n-workflow';

import { REQUEST_TIMEOUT_MS } from './limits';
import { maskOf } from './mask';
import { networkFailure } from './network';
import type { HttpAnswer, Service } from './service';
import { isRecord } from './text';
import type { Answer, OneTalkRequest } from './types';

/**
 * One request to OneTalk; never throws for what the network or the server does.
 *
 * @param timeoutMs how long the answer may take, in ms
 */
export type Client = (request: OneTalkRequest, timeoutMs?: number) => Promise<Answer>;

/** The way to one account of one service. */
export interface Connection {
	client: Client;
	/** Tells accounts apart: a hash of address and secret, from which neither can be read. */
	account: string;
	/** What the credential gives for parameters that are left empty, by their names. */
	defaults: IDataObject;
}

/**
 * Connects to a service of OneTalk. The secret goes into the request header (the credential adds it) and nowhere else:
 * where a server echoes it, it is masked before anyone sees it.
 *
 * @throws n8n's own error where the node has no credential; NodeOperationError where something in it cannot work
 */
export async function connect(
	context: IExecuteFunctions | IPollFunctions,
	service: Service,
): Promise<Connection> {
	const credentials = await context.getCredentials(service.credential);
	const secret = service.secretOf(credentials);
	const access = {
		mask: maskOf(secret),
		credentialName: context.getNode().credentials?.[service.credential]?.name ?? service.label,
		urlLabel: service.urlLabel,
	};
	const fault = service.faultIn?.(credentials, access);
	if (fault !== undefined)
		throw new NodeOperationError(context.getNode(), fault.message, { description: fault.hint });
	const account = createHash('sha256')
		.update(JSON.stringify([service.urlOf(credentials, ''), secret]))
		.digest('base64url')
		.slice(0, 16);

	const client: Client = async (request, timeoutMs) => {
		try {
			const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
				context,
				service.credential,
				httpOptions(request, service.urlOf(credentials, request.path), timeoutMs),
			);
			return service.judge(asHttpAnswer(response), request, access);
		} catch (error) {
			return { ok: false, failure: networkFailure(error, access) };
		}
	};
	return { client, account, defaults: service.defaultsOf?.(credentials) ?? {} };
}

/** The HTTP side of a request: every status is ours to judge, no redirects (they would carry the secret elsewhere). */
export function httpOptions(
	request: OneTalkRequest,
	url: string,
	timeoutMs = REQUEST_TIMEOUT_MS,
): IHttpRequestOptions {
	return {
		method: request.method,
		url,
		qs: request.query,
		body: request.body,
		headers: { Accept: 'application/json, text/plain' },
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: timeoutMs,
	};
}

/** The same for the test of a credential, for which n8n gives its older request helper, with its own option names. */
export function testOptions(request: OneTalkRequest, url: string, secret: IDataObject): IDataObject {
	const options = httpOptions(request, url);
	return {
		...options,
		headers: { ...options.headers, ...secret },
		resolveWithFullResponse: true,
		simple: false,
		followRedirect: false,
		followAllRedirects: false,
	};
}

/** n8n hands the answer over untyped; a body that some helper has parsed already is turned back into text. */
export function asHttpAnswer(response: unknown): HttpAnswer {
	const { statusCode, headers, body } = isRecord(response) ? response : {};
	return {
		statusCode: typeof statusCode === 'number' ? statusCode : 0,
		headers: isRecord(headers) ? headers : ({} as IDataObject),
		body: typeof body === 'string' ? body : (JSON.stringify(body) ?? ''),
	};
}
