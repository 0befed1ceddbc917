/** Hands a delivery that answers an execution to it, and says in n8n's log what came of it. */

import type { IWebhookFunctions } from 'n8n-workflow';

import { requestResume, type Resumption } from '../../api/resume/request';
import { messageOf, warn } from './secret';

/**
 * @param path the signed path in the delivery
 * @returns `resumed`: the delivery is done; `gone`: it is one like any other; `failed`: OneTalk is to deliver it again
 */
export async function resume(context: IWebhookFunctions, path: string): Promise<Resumption['outcome']> {
	const { outcome, reason } = await requestResume(context, path);
	if (outcome === 'failed') {
		warn(
			context,
			`a tap could not be handed to the execution that waits for it, so it was not accepted: ${messageOf(reason)}`,
		);
	}
	if (outcome === 'gone') {
		context.logger.info(
			`${context.getNode().name}: no execution waits for a tap (any more), so it is handled like any message: ${reason}.`,
		);
	}
	return outcome;
}
