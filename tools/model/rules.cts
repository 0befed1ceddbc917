/** The rules of the stand-in model: what it says to one line of a customer, or which tool it uses. The first rule that fits counts. */

import type { Conversation } from './conversation.cts';

export type ToolKind = 'handOver' | 'close' | 'remark' | 'contact';

/** A tool that the model wants to use, and the text for it. */
export interface ToolUse {
	use: ToolKind;
	text: string;
}

type Rule = (line: string, conversation: Conversation) => string | ToolUse | undefined;

/** How a tool is found by its name and description, and what the customer reads once it has worked. */
export const TOOLS: Record<ToolKind, { about: RegExp; done: string }> = {
	handOver: {
		about: /hand.?over|human agent/i,
		done: 'I have passed your conversation on to a colleague, who will answer you here.',
	},
	close: { about: /close/i, done: 'Thank you for writing to us. Goodbye!' },
	remark: { about: /remark|update.?case/i, done: 'I have noted it.' },
	contact: { about: /contact|name/i, done: 'Thank you, I have noted your name.' },
};

/** What the customer reads when a tool did not work. */
export const FAILED = 'I am sorry, that did not work just now. Shall I get a person for you?';

/** What the customer reads when a person has refused what the model wanted to do. */
export const REFUSED = 'I am sorry, my colleague could not agree to that. Can I help you with anything else?';

/** What the model says when no rule fits. */
export const NO_RULE =
	'I am a stand-in for an AI model and only know a few sentences. Ask me for a person, and a colleague will help you.';

const ASKS_FOR_A_PERSON =
	/\b(person|human|someone|somebody|colleague|manager|(real|human) agent|orang|manusia|petugas)\b/i;
const SAYS_GOODBYE = /\b(bye|goodbye|that'?s all|that is all|close (the|my) case|selesai|sampai jumpa)\b/i;
const NAME = /(?:my name is|i am called|nama saya)\s+([\p{L}'. -]{2,60}?)\s*(?:[.,!\n]|$)/iu;
const NOTE = /^(?:please )?(?:note|write down|catat)\b[\s:,]*(?:that )?(.+)$/i;
const ORDER = /\b(?:order|pesanan)\s*(?:number|no\.?|nomor)?\s*(?:is|:)?\s*#?(\d{3,})/i;
const RECALLS = /\b(?:what|which|who|do you (?:know|remember)|siapa|apa)\b.*\b(?:my|i|saya)\b/i;
const GREETS =
	/^(?:hi|hello|hey|good (?:morning|afternoon|evening)|halo|hai|selamat (?:pagi|siang|sore|malam))\b/i;

export const RULES: Rule[] = [
	(line, conversation) =>
		ASKS_FOR_A_PERSON.test(line) ? { use: 'handOver', text: summaryOf(conversation) } : undefined,
	(line) => (SAYS_GOODBYE.test(line) ? { use: 'close', text: line } : undefined),
	(line, { before }) =>
		RECALLS.test(line) && /\b(?:name|nama)\b/i.test(line)
			? sentence(
					latest(before, NAME),
					(name) => `Your name is ${name}.`,
					'You have not told me your name yet.',
				)
			: undefined,
	(line) => {
		const name = NAME.exec(line)?.[1];
		return name ? { use: 'contact', text: name } : undefined;
	},
	(line) => {
		const note = NOTE.exec(line)?.[1];
		return note ? { use: 'remark', text: note } : undefined;
	},
	(line, { before }) => {
		if (!/\b(?:order|pesanan)\b/i.test(line)) return undefined;
		const number = latest([...before, line], ORDER);
		const known = (order: string) =>
			`It is about order ${order}. I cannot look into orders: ask me for a person, and a colleague will do it.`;
		return sentence(number, known, 'Which order is it? Please send me its number.');
	},
	(line, { system }) => factAbout(line, system),
	(line) => (/\b(?:thanks|thank you|terima kasih)\b/i.test(line) ? 'You are welcome.' : undefined),
	(line, { before, system }) => (GREETS.test(line) ? greeting(latest(before, NAME), system) : undefined),
];

/** The first group of the newest text that fits. */
function latest(texts: string[], pattern: RegExp): string | undefined {
	const lines = texts.flatMap((text) => text.split('\n'));
	return lines.findLast((line) => pattern.test(line))?.match(pattern)?.[1];
}

function sentence(found: string | undefined, known: (found: string) => string, unknown: string): string {
	return found === undefined ? unknown : known(found);
}

/** What a human agent has to know: everything the customer said. */
function summaryOf({ before, said }: Conversation): string {
	const lines = [...before, said].flatMap((text) => text.split('\n'));
	const name = latest(lines, NAME);
	const order = latest(lines, ORDER);
	return [
		'The customer asks for a person.',
		name && `Name: ${name}.`,
		order && `Order: ${order}.`,
		`Said so far: ${lines.map((line) => `“${line}”`).join(', ')}.`,
	]
		.filter(Boolean)
		.join(' ');
}

/** The facts of the instructions: lines such as `- Opening hours: Monday to Friday`. */
function factsOf(system: string): Array<{ subject: string; fact: string }> {
	return [...system.matchAll(/^\s*[-*]\s+([^:\n]{2,60}):\s*(.+)$/gm)].map(([, subject, fact]) => ({
		subject,
		fact,
	}));
}

/** The fact whose subject has a word in common with the line; words are the same if they begin with the same four letters. */
function factAbout(line: string, system: string): string | undefined {
	const stems = (text: string) =>
		(text.toLowerCase().match(/\p{L}{4,}/gu) ?? []).map((word) => word.slice(0, 4));
	const asked = new Set(stems(line));
	return factsOf(system).find(({ subject }) => stems(subject).some((stem) => asked.has(stem)))?.fact;
}

function greeting(name: string | undefined, system: string): string {
	const subjects = factsOf(system).map(({ subject }) => subject.toLowerCase());
	const about = subjects.length > 0 ? ` Ask me about ${subjects.join(', ')}, or ask for a person.` : '';
	return `Hello${name ? ` ${name}` : ''}! I am the assistant.${about}`;
}
