/** What `npm start` prints about the running demo. */

/** Of the demo's n8n, without the password, which is made at random. */
export const OWNER = { email: 'owner@example.com', firstName: 'Demo', lastName: 'Owner' };

/** Where the demo runs. */
export interface Addresses {
	n8n: string;
	simulator: string;
}

/** @param password undefined if the owner has changed it */
export function login({ n8n, simulator }: Addresses, password?: string): string {
	return `  n8n                 ${n8n}
  sign in with        ${OWNER.email}
  password            ${password ?? 'the one that you have set'}
  OneTalk simulator   ${simulator}   (the customers' phones, and all keys under “Connect”)`;
}

/** @param password undefined if the owner has changed it */
export function welcome(addresses: Addresses, password?: string): string {
	return `
The demo is ready. Nothing is sent to a real phone.

${login(addresses, password)}

Try this first:
  1. Open n8n, sign in, and open the workflow “1. Send a message”.
     Select “Execute workflow”: the simulator's page shows the message on a phone.
  2. On that page, write “Hi” on the phone: the assistant answers (workflow 7). Its model is a
     stand-in that follows fixed rules, no AI: see docs/assistant.md.
  3. Open the other workflows in the order of their numbers.
     A note in each says what it does, what to set, and how to try it.

What you change in n8n is kept. Ctrl-C stops the demo.`;
}
