/** A customer in the simulator who writes to an assistant, and reads what it answers. */

import type { Simulator } from './lab.cts';
import { until } from './wait.cts';

export interface Customer {
	/** writes a message on the phone */
	says(text: string): void;
	/** writes a message, and waits for the next answer */
	asks(text: string): Promise<string>;
	/** what the assistant has sent, oldest first */
	read(): string[];
	/** what has happened in the case: texts such as “Case closed” */
	notes(): string[];
}

/** @param number from 1 to 99, which makes the phone and the name */
export function customerOf(simulator: Simulator, number: number): Customer {
	const phone = `62812000000${String(number).padStart(2, '0')}`;
	let caseID: string | undefined;
	const entries = () => (caseID === undefined ? [] : simulator.chat(caseID));
	const customer: Customer = {
		says(text) {
			({ caseID } = simulator.customerWrites(phone, text, { fullName: `Customer ${number}` }));
		},
		async asks(text) {
			const { length } = customer.read();
			customer.says(text);
			await until(`an answer to “${text}”`, () => customer.read().length > length, 30_000);
			return customer.read()[length];
		},
		read: () =>
			entries().flatMap((entry) =>
				entry.from === 'chatbot' && entry.message.text ? [entry.message.text.body] : [],
			),
		notes: () => entries().flatMap((entry) => (entry.from === 'note' ? [entry.note.text] : [])),
	};
	return customer;
}
