/** What the client has to know of one service of OneTalk. */

import type { IDataObject } from 'n8n-workflow';

import type { Mask } from './mask';
import type { Answer, Failure, OneTalkRequest } from './types';

/**
 * One service of OneTalk: its credential, its address and the meaning of its answers. How a request proves who sends it is
 * said by the credential type itself (`authenticate`).
 */
export interface Service {
	/** The name of the credential type, as saved workflows know it. */
	credential: string;
	/** The credential type as a person sees it. */
	label: string;
	/** What the credential calls the address, for a sentence, e.g. `base URL`. */
	urlLabel: string;
	/** The method of the nodes that tests the credential. */
	testedBy: string;
	/** The part of the credential that must appear nowhere. */
	secretOf(credentials: IDataObject): string;
	/** What is wrong with the credential itself, found before the first request; left out where nothing can be known. */
	faultIn?(credentials: IDataObject, access: Access): Failure | undefined;
	/** What the credential gives for parameters that are left empty, by their names; nothing secret. */
	defaultsOf?(credentials: IDataObject): IDataObject;
	/** Where a request goes. */
	urlOf(credentials: IDataObject, path: string): string;
	/** Whether an answer proves that the request was done, and if not, why. */
	judge(answer: HttpAnswer, request: OneTalkRequest, access: Access): Answer;
}

/** What a judge may use beside the answer. */
export interface Access {
	/** Takes the secret out, before any part of an answer is quoted, and out of its data. */
	mask: Mask;
	/** The credential's name, for telling a person which one to open. */
	credentialName: string;
	/** What the credential calls the address, e.g. `base URL`. */
	urlLabel: string;
}

/** A raw HTTP answer, whatever its status. */
export interface HttpAnswer {
	statusCode: number;
	headers: IDataObject;
	body: string;
}
