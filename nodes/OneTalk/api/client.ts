import { createHash } from 'node:crypto';

import type { IDataObject, IExecuteFunctions, IHttpRequestOptions, IPollFunctions } from 'n8n-workflow';

import { judge, type HttpAnswer } from './integration/envelope';
import { REQUEST_TIMEOUT_MS } from './limits';
import { networkFailure } from './network';
import { isRecord, maskOf } from './mask';
import type { Answer, OneTalkRequest } from './types';

/** The name of the credential type, as saved workflows know it. */
export const CREDENTIAL = 'oneTalkApi';

export const DEFAULT_BASE_URL = 'https://onetalk-api.taptalk.io/api/integration/v1';

/** One request to OneTalk; never throws for what the network or the server does. */
export type Client = (request: OneTalkRequest) => Promise<Answer>;

/** The way to one OneTalk account. */
export interface Connection {
	client: Client;
	/** Tells accounts apart: a hash of key and base URL, from which neither can be read. */
	account: string;
}

/**
 * Opens the only way out to OneTalk. The key goes into the request header (the credential adds it) and nowhere else:
 * where a server echoes it, it is masked before anyone sees it.
 *
 * @throws n8n's own error where the node has no credential
 */
export async function connect(context: IExecuteFunctions | IPollFunctions): Promise<Connection> {
	const { apiKey, baseUrl } = await context.getCredentials<{ apiKey?: string; baseUrl?: string }>(CREDENTIAL);
	const key = String(apiKey ?? '').trim();
	const mask = maskOf(key);
	const account = createHash('sha256')
		.update(JSON.stringify([trimmedBaseUrl(baseUrl), key]))
		.digest('base64url')
		.slice(0, 16);

	const client: Client = async (request) => {
		try {
			const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
				context,
				CREDENTIAL,
				httpOptions(request, baseUrl),
			);
			return judge(asHttpAnswer(response), request.expects, mask);
		} catch (error) {
			return { ok: false, failure: networkFailure(error, mask) };
		}
	};
	return { client, account };
}

/** The HTTP side of a request: our own judgement of every status, no redirects (they would carry the key elsewhere). */
export function httpOptions(request: OneTalkRequest, baseUrl: string | undefined): IHttpRequestOptions {
	return {
		method: request.method,
		url: trimmedBaseUrl(baseUrl) + request.path,
		qs: request.query,
		body: request.body,
		headers: { Accept: 'application/json' },
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: REQUEST_TIMEOUT_MS,
	};
}

function trimmedBaseUrl(baseUrl: string | undefined): string {
	return (baseUrl?.trim() || DEFAULT_BASE_URL).replace(/\/+$/, '');
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
