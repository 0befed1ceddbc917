/** A throw-away second service with one operation that is not repeatable, for the test that the batch fits both. */

import type { ICredentialType } from 'n8n-workflow';

import type { Service } from '../../nodes/OneTalk/api/service';
import type { PostRequest } from '../../nodes/OneTalk/api/types';
import { requiredText } from '../../nodes/OneTalk/input/values';
import type { Operation } from '../../nodes/OneTalk/operations/operation';
import { optionsWith } from '../../nodes/OneTalk/operations/options';

/** Sends its secret in a header of its own. */
export const bellsApi: ICredentialType = {
	name: 'bellsApi',
	displayName: 'Bells API',
	properties: [],
	authenticate: { type: 'generic', properties: { headers: { 'X-Bell': '={{$credentials.secret}}' } } },
};

/** Answers in plain text with real HTTP codes. */
const bells: Service = {
	credential: 'bellsApi',
	label: 'Bells',
	urlLabel: 'bell URL',
	testedBy: 'testCredential',
	secretOf: ({ secret }) => String(secret),
	urlOf: ({ address }, path) => `${String(address)}/bells${path}`,
	judge: ({ statusCode, body }, _request, { mask }) => {
		if (statusCode === 200 && body === 'ok') return { ok: true, data: {} };
		const message = `The bell said "${mask(body)}"`;
		const failure = {
			message,
			hint: 'Look at the bell.',
			code: `HTTP ${statusCode}`,
			httpStatus: statusCode,
		};
		return { ok: false, failure: { ...failure, kind: statusCode < 500 ? 'refused' : 'broken' } };
	},
};

export const ring: Operation<PostRequest<{ caseID: string }>> = {
	resource: 'case',
	value: 'ring',
	name: 'Ring',
	action: 'Ring a bell',
	description: 'Ring the bell of a case',
	properties: [{ displayName: 'Bell', name: 'bell', type: 'string', default: '' }, optionsWith()],
	service: bells,
	repeatable: false,
	effect: { done: 'rung', unknown: 'May have been rung', check: 'Listen before you ring again.' },
	apiNames: {},
	lane: ({ body }) => body.caseID,
	subject: ({ body }) => ({ caseID: body.caseID }),
	request: ({ bell }) => ({ method: 'POST', path: '', body: { caseID: requiredText('bell', bell) } }),
	rows: (_pages, { body }) => [{ rung: true, caseID: body.caseID }],
};
