/** Answers the link of a question: GET shows the page and changes nothing, only its POST resumes the execution. */

import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { RESUME_ACCEPTS, RESUMED } from '../api/resume/request';
import { textMark } from '../operations/sendAndWait/link';
import { questionOf, type Question } from '../operations/sendAndWait/question';
import { answerTo, type Answer } from './answer';
import { HEADERS, questionPage, refusalPage, thanksPage } from './page';
import { isReviewTool, readableReview } from './reviewTool';

/** n8n has checked the link's signature. Apps that preview links only make GET requests, so they press no button. */
export async function receiveResponse(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const question = questionIn(context);
	const query = context.getQueryData();
	const response = context.getResponseObject();
	response.set(HEADERS);
	if (context.getRequestObject().method !== 'POST')
		return send(context, 200, questionPage(question, messageIn(context, query)));

	const answer = answerTo(question, context.getBodyData(), query);
	if (answer === undefined) return send(context, 400, refusalPage(question));
	const workflowData = [[{ json: outputOf(context, answer), pairedItem: { item: 0 } }]];
	if (context.getHeaderData().accept !== RESUME_ACCEPTS)
		return { webhookResponse: thanksPage(question, answer), workflowData };
	response.set('Content-Type', RESUME_ACCEPTS);
	return { webhookResponse: RESUMED, workflowData };
}

function send(context: IWebhookFunctions, status: number, page: string): IWebhookResponseData {
	context.getResponseObject().status(status).send(page);
	return { noWebhookResponse: true };
}

/** As n8n's own Send and Wait nodes output it. Of a human review, n8n hands `chatInput` to the agent as the reviewer's feedback. */
function outputOf(context: IWebhookFunctions, answer: Answer): IDataObject {
	const feedback = 'feedback' in answer ? answer.feedback : '';
	return {
		data: { ...answer, respondedAt: new Date().toISOString() },
		...(isReviewTool(context) && feedback !== '' ? { chatInput: feedback } : {}),
	};
}

/** The parameters were checked when the message was sent; an expression that now gives something else must not fail the page. */
function questionIn(context: IWebhookFunctions): Question {
	const [responseType, approvalOptions, options] = ['responseType', 'approvalOptions', 'options'].map(
		(name) => parameterIn(context, name),
	);
	try {
		return questionOf({ responseType: responseType ?? 'approval', approvalOptions, options });
	} catch {
		return questionOf({ responseType: responseType === 'freeText' ? 'freeText' : 'approval' });
	}
}

/** The text of the message, if it is still the one that was sent. */
function messageIn(context: IWebhookFunctions, query: unknown): string | undefined {
	const message = readableReview(context, parameterIn(context, 'message'));
	if (typeof message !== 'string') return undefined;
	return textMark(message).text === (query as IDataObject).text ? message : undefined;
}

function parameterIn(context: IWebhookFunctions, name: string): unknown {
	try {
		return context.getNodeParameter(name, undefined);
	} catch {
		return undefined;
	}
}
