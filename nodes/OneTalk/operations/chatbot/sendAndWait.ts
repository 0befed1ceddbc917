/** Chatbot: Send and Wait for Response. */

import { SEND_AND_WAIT_OPERATION, type IDataObject, type INodeProperties } from 'n8n-workflow';

import { buttonIdFor } from '../../api/resume/path';
import { InvalidInput } from '../../input/invalid';
import { atMost, lengthOf } from '../../input/length';
import { requiredText } from '../../input/values';
import { messageText } from '../messageText';
import type { Operation, Waiting } from '../operation';
import { optionsOf } from '../options';
import {
	approvalOptions,
	message,
	publicUrlNotice,
	responseType,
	waitOptions,
} from '../sendAndWait/properties';
import { questionOf, type Question } from '../sendAndWait/question';
import { waitLimitOf } from '../sendAndWait/waitLimit';
import { buttonAction, interactiveMessage } from './interactive';
import { DEFAULT_MAX_LENGTH, MAX_BODY, MAX_BUTTON_TITLE } from './limits';
import { sendRequest, sendTraits, type SendRequest } from './sends';
import { caseId } from './shared';

const APPROVAL = { show: { responseType: ['approval'] } };
const FREE_TEXT = { show: { responseType: ['freeText'] } };

/** Options that are about the page. The language also decides about the words on the buttons. */
const PAGE_OPTIONS = ['messageButtonLabel', 'responseFormTitle', 'responseFormButtonLabel'];

const properties: INodeProperties[] = [
	caseId,
	{
		...message,
		placeholder: 'e.g. Your table for four on Friday at 19:00: shall we book it?',
		description:
			'The question. With Approval, the buttons are below it; with Free Text, the node adds the link to the page where the customer answers.',
	},
	{
		...responseType,
		options: [
			{
				name: 'Approval',
				value: 'approval',
				description: 'The customer taps a button in the chat. Only on WhatsApp Business API channels.',
			},
			{
				name: 'Free Text',
				value: 'freeText',
				description: 'The customer writes an answer on a page behind a link, on every channel',
			},
		],
	},
	{
		displayName:
			'The tap comes back through the OneTalk Chatbot Trigger: publish a workflow with it on this n8n, and set its URL as the chatbot’s API URL in OneTalk. The case must still be with the chatbot.',
		name: 'tapNotice',
		type: 'notice',
		default: '',
		displayOptions: APPROVAL,
	},
	{ ...publicUrlNotice, displayOptions: FREE_TEXT },
	{
		...approvalOptions,
		description:
			'Which buttons the customer gets, with at most 20 characters each. Without it: Approve and Decline.',
	},
	optionsOf(
		waitOptions.map((option) =>
			PAGE_OPTIONS.includes(option.name)
				? { ...option, displayOptions: { show: { '/responseType': ['freeText'] } } }
				: option,
		),
	),
];

/** A question to the customer of a case; `sendAndWait/` waits for the response, `triggers/chatbot/` gets the tap. */
export const sendAndWait: Operation<SendRequest> = {
	...sendTraits,
	value: SEND_AND_WAIT_OPERATION,
	name: 'Send and Wait for Response',
	action: 'Ask the customer of a case and wait for response',
	description:
		'Send a question with buttons, and wait until the customer has tapped one: only for cases of a WhatsApp Business API channel that are with the chatbot, and with a published OneTalk Chatbot Trigger on this n8n. For a free text, on every channel, the customer answers on a page. It reaches a real person and cannot be undone.',
	properties,
	effect: {
		...sendTraits.effect,
		check:
			'Look in OneTalk whether the message is there. Answering it does nothing, since nothing waits for it: run the workflow again to ask once more.',
	},
	request: (parameters, itemContext) => {
		const { waiting, timezone } = itemContext;
		if (waiting === undefined) throw new Error('The execution cannot wait here');
		requiredText('message', parameters.message);
		const text = messageText('message', parameters, itemContext);
		const page = questionOf(text, parameters);
		const till = waitLimitOf(parameters.options, timezone, waiting.now);
		const message = page.responseType === 'approval' ? withButtons(page, waiting) : withLink(page, waiting);
		const request = sendRequest(parameters, [message], text);
		return {
			...request,
			identity: { caseID: request.body.caseID, text, responseType: page.responseType },
			waiting: { till, page },
		};
	},
};

/** @throws {InvalidInput} where the text and its link are too long together */
function withLink({ text, linkLabel }: Question, waiting: Waiting): IDataObject {
	const link = `\n\n${linkLabel}\n${waiting.linkFor()}`;
	const length = lengthOf(text);
	const most = DEFAULT_MAX_LENGTH - lengthOf(link);
	if (length <= most) return { type: 'text', text: { body: text + link } };
	throw new InvalidInput(
		'message',
		`has ${length} characters: with the link in it, a message takes at most ${most}`,
	);
}

function withButtons({ text, approveLabel, declineLabel }: Question, waiting: Waiting): IDataObject {
	const button = (title: string, approved: boolean, where: string) => ({
		id: tapIdFor(waiting, approved),
		title: atMost('approvalOptions', title, MAX_BUTTON_TITLE, where),
	});
	const buttons = [button(approveLabel, true, 'Approve Button Label')];
	if (declineLabel !== undefined) buttons.push(button(declineLabel, false, 'Disapprove Button Label'));
	return interactiveMessage({
		type: 'button',
		body: { text: atMost('message', text, MAX_BODY) },
		...buttonAction(buttons),
	});
}

/** @throws {InvalidInput} where n8n's signed path cannot be the ID of a button */
function tapIdFor(waiting: Waiting, approved: boolean): string {
	const id = buttonIdFor(waiting.linkFor({ approved: String(approved) }));
	if (id !== undefined) return id;
	throw new InvalidInput(
		'responseType',
		'cannot be Approval in this node: the ID that the node has in the workflow does not fit into a button, which takes 100 letters, digits, hyphens and underscores of it',
		'Copy the node and use the copy: n8n gives it another ID.',
	);
}
