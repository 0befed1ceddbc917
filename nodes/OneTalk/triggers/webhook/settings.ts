/** Checks when a trigger is published whether it can work with its settings. */

import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import { messageOf, secretIn, warn, type SecretSource } from './secret';

/** How n8n calls activations behind which a person waits for the result. */
const BY_PERSON = ['activate', 'create', 'update', 'manual'];

/** @throws NodeOperationError if no event is chosen */
export function requireEvents(context: IHookFunctions): void {
	const events = context.getNodeParameter('events');
	if (Array.isArray(events) ? events.length > 0 : typeof events === 'string' && events.trim() !== '') return;
	throw new NodeOperationError(context.getNode(), '"Trigger On" is empty', {
		description: 'Choose what starts the workflow, and publish it again.',
	});
}

/**
 * Checks that the credential has a secret. Where n8n starts, a credential that cannot be read at this moment does not stop the
 * trigger: each delivery reads it again.
 *
 * @throws NodeOperationError if it has none, or if a person publishes and it cannot be read
 */
export async function requireSecret(context: IHookFunctions, source: SecretSource): Promise<void> {
	const name = context.getNode().credentials?.[source.credential]?.name ?? source.credential;
	let secret: string;
	try {
		secret = secretIn(await context.getCredentials(source.credential), source);
	} catch (error) {
		if (!BY_PERSON.includes(context.getActivationMode())) {
			warn(context, `the credential cannot be read: ${messageOf(error)}`);
			return;
		}
		throw new NodeOperationError(
			context.getNode(),
			`The credential "${name}" cannot be read: ${messageOf(error)}`,
			{ description: 'Open the credential, save it again, and publish the workflow again.' },
		);
	}
	if (secret !== '') return;
	throw new NodeOperationError(context.getNode(), `The credential "${name}" has no secret key`, {
		description:
			'Enter the secret key that OneTalk shows for the chatbot, and publish the workflow again. Without it, anyone could start the workflow.',
	});
}
