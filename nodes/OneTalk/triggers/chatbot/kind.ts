/** The deliveries of a custom chatbot: their secret, the node's parameters, its output. */

import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { isRecord } from '../../api/text';
import { isListed } from '../webhook/filters';
import type { DeliveryKind } from '../webhook/receive';
import { parseChatbotDelivery } from './delivery';

/** OneTalk sends the chatbot's secret key with every delivery. */
export const chatbotWebhook: DeliveryKind = {
	secret: { credential: 'oneTalkChatbotApi', property: 'secretKey', isOptional: false },
	parse: parseChatbotDelivery,
	isWanted,
};

function isWanted(context: IWebhookFunctions, { channelType, messageType }: IDataObject): boolean {
	const given = context.getNodeParameter('filters', {});
	const filters: IDataObject = isRecord(given) ? given : {};
	return (
		isListed('Channel Type', filters.channelType, channelType) &&
		isListed('Message Type', filters.messageType, messageType)
	);
}
