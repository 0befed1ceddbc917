/** The answers of the chatbot endpoint: plain text with real HTTP codes, unlike those of the Integration API. */

export interface PlainAnswer {
	httpStatus: number;
	text: string;
}

export const OK: PlainAnswer = { httpStatus: 200, text: 'ok' };

/** Thrown where a request is refused. */
export class PlainRefusal extends Error {
	constructor(
		readonly httpStatus: number,
		text: string,
	) {
		super(text);
	}
}

/** Returns the refusal of an invalid request: HTTP 400. */
export function badRequest(text: string): PlainRefusal {
	return new PlainRefusal(400, text);
}
