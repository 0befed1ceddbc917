/** Whether a delivery carries the secret of the node's credential. */

import { createHash, timingSafeEqual } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';

import { excerpt } from '../../api/text';
import { expectedDigest, type Digest } from './digests';

/** Where the secret of a kind of delivery is, on both sides. */
export interface SecretSource {
	/** The credential type that has it. */
	credential: string;
	/** The property of the credential. */
	property: string;
	/** The query parameter that may carry it where the header is missing. */
	queryParameter?: string;
	/** Whether a node without a secret takes every delivery. */
	isOptional: boolean;
}

/** The header in which OneTalk sends a secret, as Node.js spells it. */
const HEADER = 'x-secret-key';

const NO_SECRET = 'the credential has no secret, so no delivery is accepted';
const WRONG_SECRET =
	'a delivery was refused, since its secret is missing or is not the one in the credential';

/**
 * Compares the delivery's secret with the credential's, without reading the body.
 *
 * @returns 200 if it fits; 403 if it does not; 503 if the credential cannot be read, which is also logged
 */
export async function checkSecret(
	context: IWebhookFunctions,
	source: SecretSource,
): Promise<200 | 403 | 503> {
	const node = context.getNode();
	const credential = node.credentials?.[source.credential];
	if (credential === undefined && source.isOptional) return 200;
	const given = givenSecret(context, source);
	if (given === '' && !source.isOptional) return 403;

	const key = JSON.stringify([context.getWorkflow().id, node.id, source.credential, credential?.id]);
	const read = async () => digestOf(secretIn(await context.getCredentials(source.credential), source));
	try {
		for (const isMismatch of [false, true]) {
			const { digest, isNew } = await expectedDigest(key, isMismatch, read);
			if (digest === null ? source.isOptional : isSecret(given, digest)) return 200;
			// Only after a reading, so that strangers cannot fill the log.
			if (isNew) warn(context, digest === null ? NO_SECRET : WRONG_SECRET);
		}
		return 403;
	} catch (error) {
		warn(context, `the credential cannot be read, so a delivery was not accepted: ${messageOf(error)}`);
		return 503;
	}
}

/** The secret in a credential, without spaces around it; `''` if there is none. */
export function secretIn(credential: ICredentialDataDecryptedObject, { property }: SecretSource): string {
	const secret = credential[property];
	return typeof secret === 'string' ? secret.trim() : '';
}

/** Writes a line to n8n's log. */
export function warn(context: Pick<IWebhookFunctions, 'getNode' | 'logger'>, what: string): void {
	context.logger.warn(`${context.getNode().name}: ${what}.`);
}

/** The message of an error, safe to log. */
export function messageOf(error: unknown): string {
	return excerpt(error instanceof Error ? error.message : String(error)) || 'no reason given';
}

/** The secret of a delivery; `''` if there is none. A header counts alone, and a list of values is none. */
function givenSecret(context: IWebhookFunctions, { queryParameter }: SecretSource): string {
	const header: unknown = context.getHeaderData()[HEADER];
	const query: unknown =
		queryParameter && (context.getQueryData() as Record<string, unknown>)[queryParameter];
	const given = header === undefined ? query : header;
	return typeof given === 'string' ? given.trim() : '';
}

function digestOf(secret: string): Digest {
	return secret === '' ? null : sha256(secret);
}

/** Digests have one length, so that the comparison takes the same time for every secret. */
function isSecret(given: string, digest: Buffer): boolean {
	return timingSafeEqual(sha256(given), digest);
}

function sha256(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
