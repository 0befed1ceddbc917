/** What a customer tapped or filled in: a button, a row of a list, or a WhatsApp Flow. */

import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../api/text';
import { parseObject } from '../webhook/json';
import { copyOf, idOf, textOf } from '../webhook/values';

/** A tapped button or row. Fields that its type does not have are `''`. */
export interface Reply {
	/** `button`: of a template; `button_reply`, `list_reply`: of a message with buttons or a list. */
	type: 'button' | 'button_reply' | 'list_reply';
	id: string | number;
	title: string;
	description: string;
	/** What a template's button was given to carry. */
	payload: string;
}

/** The answers in a Flow, parsed; null where they cannot be parsed. */
export interface Tap {
	reply: Reply | null;
	flow: IDataObject | null;
	/** Whether there is a Flow, parsed or not. */
	isFlow: boolean;
}

const NO_TAP: Tap = { reply: null, flow: null, isFlow: false };

/** The tap in `message.whatsappba`, which OneTalk sends beside a text message with the title of what was tapped. */
export function parseTap(whatsapp: unknown): Tap {
	if (!isRecord(whatsapp)) return NO_TAP;
	const { button, interactive } = whatsapp;
	if (isRecord(interactive)) {
		const { button_reply: buttonReply, list_reply: listReply, nfm_reply: flow } = interactive;
		if (isRecord(buttonReply)) return { ...NO_TAP, reply: replyOf('button_reply', buttonReply) };
		if (isRecord(listReply)) return { ...NO_TAP, reply: replyOf('list_reply', listReply) };
		if (isRecord(flow)) return { ...NO_TAP, flow: parseFlow(flow.response_json), isFlow: true };
	}
	if (!isRecord(button)) return NO_TAP;
	const { text, payload } = button;
	return {
		...NO_TAP,
		reply: { type: 'button', id: '', title: textOf(text), description: '', payload: textOf(payload) },
	};
}

function replyOf(type: Reply['type'], { id, title, description }: IDataObject): Reply {
	return { type, id: idOf(id), title: textOf(title), description: textOf(description), payload: '' };
}

/** OneTalk sends the answers as JSON text. */
function parseFlow(answers: unknown): IDataObject | null {
	const parsed = isRecord(answers) ? answers : parseObject(textOf(answers));
	return parsed === undefined ? null : copyOf(parsed);
}
