/** Reads the body of a delivery: limited in size and depth, and parsed here instead of by n8n. */

import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { parseObject } from './json';

/** In bytes, unzipped. */
const MAX_BODY_BYTES = 1_048_576;

/** The body, or the HTTP status that refuses it. */
export type Body = { text: string; data: IDataObject } | { refusedWith: 400 | 413 };

/** What n8n adds to Express' request, as of n8n 2.41. */
interface RawRequest {
	/** Set once the body was read. */
	rawBody?: unknown;
	/** Reads the body into `rawBody`, unzipped; throws errors with a `statusCode`. */
	readRawBody?(): Promise<void>;
}

/**
 * Reads and parses the body. Where n8n has read it already (the switch in `properties.ts` does not work there), it takes the bytes
 * that n8n kept. They are read as UTF-8, whatever charset the delivery names; what is no JSON object then is refused with 400.
 */
export async function readBody(context: IWebhookFunctions): Promise<Body> {
	const request = context.getRequestObject();
	const { 'content-length': length, 'content-encoding': encoding } = request.headers;
	if (encoding === undefined && Number(length) > MAX_BODY_BYTES) return { refusedWith: 413 };

	const raw = request as unknown as RawRequest;
	try {
		if (raw.rawBody === undefined) await Promise.race([raw.readRawBody?.(), closed(context)]);
	} catch (error) {
		return { refusedWith: isTooLarge(error) ? 413 : 400 };
	}
	if (!Buffer.isBuffer(raw.rawBody)) return { refusedWith: 400 };
	if (raw.rawBody.length > MAX_BODY_BYTES) return { refusedWith: 413 };
	const text = raw.rawBody.toString('utf8').replace(/^\uFEFF/u, '');
	const data = parseObject(text);
	return data === undefined ? { refusedWith: 400 } : { text, data };
}

/** n8n waits without end for the rest of a zipped body whose sender has gone. */
async function closed(context: IWebhookFunctions): Promise<void> {
	await new Promise((resolve) => context.getResponseObject().once('close', resolve));
}

function isTooLarge(error: unknown): boolean {
	return typeof error === 'object' && error !== null && 'statusCode' in error && error.statusCode === 413;
}
