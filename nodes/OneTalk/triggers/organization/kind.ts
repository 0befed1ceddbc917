/** The organization's webhook: its secret, its parameters, its output. */

import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { isRecord } from '../../api/text';
import { textList } from '../../input/values';
import { isListed } from '../webhook/filters';
import type { DeliveryKind } from '../webhook/receive';
import { parseOrganizationDelivery } from './delivery';
import { STATUSES } from './properties';

/** OneTalk documents no secret for this webhook, so a token in the credential is voluntary. */
export const organizationWebhook: DeliveryKind = {
	secret: { credential: 'oneTalkApi', property: 'webhookToken', queryParameter: 'token', isOptional: true },
	parse: parseOrganizationDelivery,
	isWanted,
};

function isWanted(context: IWebhookFunctions, output: IDataObject): boolean {
	const { event, status, organizationID, channelType, channelID } = output;
	if (!textList('Trigger On', context.getNodeParameter('events')).includes(String(event))) return false;
	const isKnownStatus = STATUSES.some((known) => known === String(status).trim().toLowerCase());
	if (isKnownStatus && !isListed('Statuses', context.getNodeParameter('statuses', []), status)) return false;

	const given = context.getNodeParameter('filters', {});
	const filters: IDataObject = isRecord(given) ? given : {};
	return (
		isListed('Organization ID', filters.organizationId, organizationID) &&
		isListed('Channel Type', filters.channelType, channelType) &&
		isListed('Channel ID', filters.channelId, channelID)
	);
}
