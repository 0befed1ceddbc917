/** Answers the link of a question: GET shows the page and changes nothing, only its POST resumes the execution. */

import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { RESUME_ACCEPTS, RESUMED } from '../api/resume/request';
import { isRecord } from '../api/text';
import { answerTo, linkedAnswer, type Answer } from './answer';
import { openQuestion } from './asked';
import { closedPage, HEADERS, questionPage, refusalPage, thanksPage } from './page';
import { isReviewTool } from './reviewTool';

/**
 * n8n has checked the link's signature. Apps that preview links only make GET requests, so they press no button. A link of an
 * earlier question of the same execution answers nothing. A person gets a page, the chatbot's trigger with a tap gets JSON.
 */
export async function receiveResponse(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const query: unknown = context.getQueryData();
	const question = openQuestion(context);
	context.getResponseObject().set(HEADERS);
	if (question === undefined || !isRecord(query) || query.run !== question.run)
		return send(context, 410, closedPage(question));
	if (context.getRequestObject().method !== 'POST')
		return send(context, 200, questionPage(question, linkedAnswer(query)));

	const answer = answerTo(question, context.getBodyData(), query);
	if (answer === undefined) return send(context, 400, refusalPage(question));
	const workflowData = [[{ json: outputOf(context, answer), pairedItem: { item: 0 } }]];
	if (context.getHeaderData().accept !== RESUME_ACCEPTS)
		return { webhookResponse: thanksPage(question, answer), workflowData };
	context.getResponseObject().set('Content-Type', RESUME_ACCEPTS);
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
