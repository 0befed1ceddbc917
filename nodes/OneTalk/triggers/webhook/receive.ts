/**
 * Receives one delivery. Who calls whom:
 *
 *   receive           every answer of a webhook trigger
 *   ├─ secret         is it OneTalk? Answered before the body is read
 *   │  └─ digests     the secret's digest, kept for 30 s
 *   ├─ body           reads and parses, within limits
 *   ├─ kind.parse     pure: the output of the node, and what its repeats have in common
 *   ├─ kind.isWanted  the node's parameters
 *   ├─ repeats        has it started an execution already?
 *   └─ resume         continues an execution that waits for this delivery
 */

import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { readBody } from './body';
import { remember } from './repeats';
import { resume } from './resume';
import { checkSecret, messageOf, warn, type SecretSource } from './secret';

/** A delivery, parsed. */
export interface Delivery {
	/** What the node outputs. */
	output: IDataObject;
	/** What the delivery has in common with its repeats alone; left out if that cannot be told. */
	key?: Array<string | number>;
	/** The signed path of an execution that waits for this delivery. */
	resumes?: string;
}

/** What OneTalk delivers to one kind of trigger. */
export interface DeliveryKind {
	secret: SecretSource;
	/**
	 * The delivery in a body; undefined if it is none.
	 * @param text the body as it came
	 */
	parse(body: IDataObject, text: string): Delivery | undefined;
	/** Whether the node's parameters let the delivery start the workflow. Throws if a parameter cannot be used. */
	isWanted(context: IWebhookFunctions, output: IDataObject): boolean;
}

/** 200 without a body, and no execution: n8n sends it. */
const ACCEPTED: IWebhookResponseData = { webhookResponse: '' };

/**
 * Answers one delivery, and starts the workflow if it is a new one that is wanted. One that an execution waits for continues that
 * execution instead, whatever the node's parameters: they say which deliveries start the workflow. Never throws for what a stranger
 * sends: n8n would make it a failed execution.
 *
 * Answers have no body: 200 (accepted, repeated, or not wanted), 403 (wrong secret), 400 (not such a delivery), 413 (too large),
 * 503 (the node's credential or parameters cannot be read, or n8n cannot be reached to continue an execution). n8n answers 200 for
 * an accepted one after it has stored the execution.
 */
export async function receive(context: IWebhookFunctions, kind: DeliveryKind): Promise<IWebhookResponseData> {
	try {
		const verdict = await checkSecret(context, kind.secret);
		if (verdict !== 200) return refuse(context, verdict);

		const body = await readBody(context);
		if ('refusedWith' in body) return refuse(context, body.refusedWith);
		const delivery = kind.parse(body.data, body.text);
		if (delivery === undefined) return refuse(context, 400);

		const { output, resumes } = delivery;

		// Nothing may wait between here and remember(), or two equal deliveries could pass at the same time.
		if (resumes === undefined && !kind.isWanted(context, output)) return ACCEPTED;
		if (isRepeat(context, delivery)) return ACCEPTED;
		if (resumes !== undefined) {
			const outcome = await resume(context, resumes);
			if (outcome === 'resumed') return ACCEPTED;
			if (outcome === 'failed') return refuse(context, 503);
			if (!kind.isWanted(context, output)) return ACCEPTED;
		}
		return { workflowData: [[{ json: output }]] };
	} catch (error) {
		warn(context, `a delivery could not be handled: ${messageOf(error)}`);
		return refuse(context, 503);
	}
}

function refuse(context: IWebhookFunctions, status: 400 | 403 | 413 | 503): IWebhookResponseData {
	context.getResponseObject().status(status).end();
	return { noWebhookResponse: true };
}

/** Remembers a delivery until n8n answers it with anything but 200. A manual run takes every delivery. */
function isRepeat(context: IWebhookFunctions, { key }: Delivery): boolean {
	if (key === undefined || context.getMode() === 'manual') return false;
	const forget = remember(JSON.stringify([context.getWorkflow().id, context.getNode().id]), key);
	if (forget === undefined) return true;
	const response = context.getResponseObject();
	// Unlike `finish`, this event also comes if OneTalk has closed the connection: n8n's status then tells whether it has
	// stored the execution, and thus whether a repeat may start one.
	response.once('prefinish', () => {
		if (response.statusCode !== 200) forget();
	});
	return false;
}
