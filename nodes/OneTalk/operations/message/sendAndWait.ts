/** Message: Send and Wait for Response. */

import { SEND_AND_WAIT_OPERATION, type INodeProperties } from 'n8n-workflow';

import type { PostRequest } from '../../api/types';
import { InvalidInput } from '../../input/invalid';
import { lengthOf } from '../../input/length';
import { requiredPhone } from '../../input/phone';
import { requiredText } from '../../input/values';
import { messageText } from '../messageText';
import type { Operation, Waiting } from '../operation';
import { defaultCountryCode, optionsOf } from '../options';
import {
	approvalOptions,
	message as messageProperty,
	publicUrlNotice,
	responseType,
	waitOptions,
} from '../sendAndWait/properties';
import { questionOf, type Question } from '../sendAndWait/question';
import { waitLimitOf } from '../sendAndWait/waitLimit';
import { MAX_CHARACTERS } from './limits';
import {
	caseFields,
	channelIdOf,
	phone,
	requiredChannel,
	sendApiNames,
	sendTraits,
	topicId,
	withCase,
	type CaseFields,
} from './shared';

/**
 * Of a send's options, those that would give an output in place of the answer (Dry Run, Failures as Rows, Send Only Once per Key,
 * Preview, Send All to This Number) or concern several rows (Batching) are left out: the output is the answer, and the row is one.
 */
const properties: INodeProperties[] = [
	publicUrlNotice,
	channelIdOf('WhatsApp for SME'),
	phone,
	messageProperty,
	responseType,
	approvalOptions,
	withCase,
	optionsOf([...waitOptions, defaultCountryCode, topicId]),
];

type AskBody = { channelID: string; phone: string; messageType: 'text'; body: string } & CaseFields;

/** A question with links, through a WhatsApp for SME channel; `sendAndWait/` waits for the response. */
export const sendAndWait: Operation<PostRequest<AskBody>> = {
	...sendTraits,
	value: SEND_AND_WAIT_OPERATION,
	name: 'Send and Wait for Response',
	action: 'Send a WhatsApp message and wait for response',
	description:
		'Send a question with links through a WhatsApp for SME channel, and wait until the recipient has answered on the page behind them',
	properties,
	effect: {
		...sendTraits.effect,
		check:
			'Look in OneTalk whether the message is there. Its links do not work, since nothing waits for them: run the workflow again to ask once more.',
	},
	apiNames: { ...sendApiNames, body: ['message'] },
	request: (parameters, itemContext) => {
		const { waiting, timezone } = itemContext;
		if (waiting === undefined) throw new Error('The execution cannot wait here');
		const message = waiting.readable(parameters.message);
		const fields = {
			channelID: requiredChannel(parameters, itemContext),
			phone: requiredPhone(parameters.phone, parameters.options),
			messageType: 'text' as const,
		};
		requiredText('message', message);
		const text = messageText('message', { message }, itemContext);
		const page = questionOf(text, parameters);
		const till = waitLimitOf(parameters.options, timezone, waiting.now);
		const links = linksTo(page, waiting);
		return {
			method: 'POST',
			path: '/inbox/send_message_whatsapp',
			body: { ...fields, body: shortEnough(text, links) + links, ...caseFields(parameters) },
			identity: { ...fields, text },
			expects: 'success',
			waiting: { till, page },
		};
	},
};

/** What the message has below its text: a link for each button, or one to the page with the text field. */
function linksTo(page: Question, { linkFor }: Waiting): string {
	if (page.responseType === 'freeText') return `\n\n${page.linkLabel}\n${linkFor()}`;
	const approve = `\n\n${page.approveLabel}:\n${linkFor({ approved: 'true' })}`;
	if (page.declineLabel === undefined) return approve;
	return `${approve}\n\n${page.declineLabel}:\n${linkFor({ approved: 'false' })}`;
}

/** @throws {InvalidInput} where the text and its links are too long together */
function shortEnough(text: string, links: string): string {
	const length = lengthOf(text);
	const most = MAX_CHARACTERS.text - lengthOf(links);
	if (length <= most) return text;
	throw new InvalidInput(
		'message',
		`has ${length} characters: with the links below it, WhatsApp takes at most ${most}`,
	);
}
