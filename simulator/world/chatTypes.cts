/**
 * The messages between a customer and a chatbot, in OneTalk's own spelling.
 * Source: https://taptalk-io.github.io/onetalk/chatbot/custom-chatbot.html
 */

export interface MediaDetails {
	url: string;
	caption: string;
}

export interface DocumentDetails extends MediaDetails {
	filename: string;
}

export interface LocationDetails {
	latitude: number;
	longitude: number;
	address: string;
	name: string;
}

/** What a customer tapped or filled in. It comes in addition to a text. */
export type CustomerReply =
	| { type: 'button'; button: { payload: string; text: string } }
	| { type: 'interactive'; interactive: InteractiveReply };

export type InteractiveReply =
	| { type: 'button_reply'; button_reply: { id: string; title: string } }
	| { type: 'list_reply'; list_reply: { id: string; title: string; description: string } }
	| { type: 'nfm_reply'; nfm_reply: { response_json: string; body: string; name: string } };

/** A message that a customer wrote. */
export type CustomerMessage =
	| { type: 'text'; text: { body: string }; whatsappba?: CustomerReply }
	| { type: 'image'; image: MediaDetails }
	| { type: 'video'; video: MediaDetails }
	| { type: 'document'; document: DocumentDetails }
	| { type: 'location'; location: LocationDetails };

export interface ReplyButton {
	type: 'reply';
	reply: { id: string; title: string };
}

export interface ListRow {
	id: string;
	title: string;
	description?: string;
}

export interface ListSection {
	title?: string;
	rows: ListRow[];
}

export interface FlowAction {
	flowID: string;
	flowMode?: string;
	flowCTA: string;
	flowAction?: string;
	flowActionPayload?: { screen?: string; data?: Record<string, unknown> };
}

export interface InteractiveHeader {
	type: string;
	text?: string;
	document?: { link: string; filename?: string };
	image?: { link: string };
	video?: { link: string };
}

export interface Interactive {
	type: 'button' | 'list' | 'flow' | 'request_contact_info';
	header?: InteractiveHeader;
	body: { text: string };
	footer?: { text: string };
	buttonAction?: { buttons: ReplyButton[] };
	listAction?: { button: string; sections: ListSection[] };
	flowAction?: FlowAction;
}

/** A message that a chatbot sent, as it came. */
export interface ChatbotMessage {
	type: 'text' | 'image' | 'video' | 'document' | 'whatsappba';
	text?: { body: string };
	image?: Partial<MediaDetails> & { url: string };
	video?: Partial<MediaDetails> & { url: string };
	document?: Partial<DocumentDetails> & { url: string };
	whatsappba?: { type: 'interactive'; interactive: Interactive };
	customData?: string;
}
