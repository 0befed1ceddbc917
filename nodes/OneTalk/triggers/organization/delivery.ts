/** A delivery of the organization's webhook, as the trigger outputs it. */

import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../api/text';
import type { Delivery } from '../webhook/receive';
import { copyOf, flagOf, idOf, isBlank, numberOf, textOf } from '../webhook/values';

/** What a delivery is about. `other`: a type that OneTalk's documentation does not have, or one without its documented detail. */
export type OrganizationEvent = 'messageStatus' | 'caseResolved' | 'other';

/** The keys that every output has, with the values of a delivery without them. */
const COMMON = {
	trxID: '',
	status: '',
	reason: '',
	phone: '',
	channelID: '' as string | number,
	channelType: '',
	organizationID: '' as string | number,
	timestamp: null as number | null,
};

const KNOWN_IN_BODY = ['type', 'organizationID'];
const KNOWN_IN_STATUS = [
	'trxID',
	'channelID',
	'channelType',
	'contactPhone',
	'status',
	'reason',
	'timestamp',
];
const KNOWN_IN_CASE = [
	'caseID',
	'channelType',
	'channelID',
	'topicID',
	'topicName',
	'assigneeType',
	'chatbotID',
	'chatbotName',
	'agentEmail',
	'agentFullName',
	'isJunk',
	'agentRemark',
	'createdTime',
	'counterStartTime',
	'firstResponseTime',
	'resolvedTime',
];

/**
 * Parses a body as OneTalk documents it (Integration > Webhooks). It never fails: what is not as documented is `other`.
 *
 * @param text the body as it came
 */
export function parseOrganizationDelivery(body: IDataObject, text: string): Delivery {
	const { type, integrationMessageStatus: status, caseResolved: resolved } = body;
	if (type === 'integration_message_status' && isRecord(status)) return messageStatus(body, status);
	if (type === 'case_resolved' && isRecord(resolved)) return caseResolved(body, resolved);
	return {
		output: { ...outputOf('other', body), type: textOf(type), payload: copyOf(body) },
		key: ['other', text],
	};
}

function messageStatus(body: IDataObject, detail: IDataObject): Delivery {
	const trxID = idOf(detail.trxID);
	const status = textOf(detail.status);
	return {
		output: {
			...outputOf('messageStatus', body),
			trxID,
			status,
			reason: textOf(detail.reason),
			phone: textOf(detail.contactPhone),
			channelID: idOf(detail.channelID),
			channelType: textOf(detail.channelType),
			timestamp: numberOf(detail.timestamp),
			...unknownFields([body, [...KNOWN_IN_BODY, 'integrationMessageStatus']], [detail, KNOWN_IN_STATUS]),
		},
		...keyOf('messageStatus', trxID, status),
	};
}

function caseResolved(body: IDataObject, detail: IDataObject): Delivery {
	const caseID = idOf(detail.caseID);
	const resolvedTime = numberOf(detail.resolvedTime);
	return {
		output: {
			...outputOf('caseResolved', body),
			channelID: idOf(detail.channelID),
			channelType: textOf(detail.channelType),
			timestamp: resolvedTime,
			caseID,
			topicID: idOf(detail.topicID),
			topicName: textOf(detail.topicName),
			assigneeType: textOf(detail.assigneeType),
			chatbotID: idOf(detail.chatbotID),
			chatbotName: textOf(detail.chatbotName),
			agentEmail: textOf(detail.agentEmail),
			agentFullName: textOf(detail.agentFullName),
			isJunk: flagOf(detail.isJunk),
			agentRemark: textOf(detail.agentRemark),
			createdTime: numberOf(detail.createdTime),
			counterStartTime: numberOf(detail.counterStartTime),
			firstResponseTime: numberOf(detail.firstResponseTime),
			resolvedTime,
			...unknownFields([body, [...KNOWN_IN_BODY, 'caseResolved']], [detail, KNOWN_IN_CASE]),
		},
		...keyOf('caseResolved', caseID, resolvedTime ?? ''),
	};
}

function outputOf(event: OrganizationEvent, { organizationID }: IDataObject): IDataObject {
	return { event, ...COMMON, organizationID: idOf(organizationID) };
}

/** What the documentation does not have, so that nothing that OneTalk adds is lost. Left out if there is nothing. */
function unknownFields(...parts: Array<[record: IDataObject, known: string[]]>): { payload?: IDataObject } {
	const unknown = parts.flatMap(([record, known]) =>
		Object.entries(record).filter(([name]) => !known.includes(name)),
	);
	const payload = copyOf(Object.fromEntries(unknown));
	return Object.keys(payload).length === 0 ? {} : { payload };
}

/** Without one of its parts, a delivery cannot be told from another one. */
function keyOf(...parts: Array<string | number>): Pick<Delivery, 'key'> {
	return parts.some(isBlank) ? {} : { key: parts };
}
