/** The signed path of an execution that waits, which the ID of a button carries from Send and Wait to the chatbot's trigger. */

/** What the ID of such a button begins with. */
const PREFIX = 'n8n1|';

/**
 * What follows it: `<execution>/<node>?run=<number>&approved=<true or false>&signature=<HMAC>`, as n8n's `getSignedResumeUrl` makes it (n8n 1.123 to
 * 2.41). Nothing else passes, so that no ID can lead to another address than that of an execution that waits. The signature, which
 * covers all that is before it, is n8n's to check. With the prefix these are at most 256 characters, which the ID of a button may have.
 */
const PATH = /^[\w-]{1,40}\/[\w-]{1,100}\?run=\d{1,6}&approved=(true|false)&signature=[0-9a-f]{64}$/u;

/** `<execution>/<node>?<query>` at the end of a URL. */
const END_OF_URL = /[^/]+\/[^/?]+\?[^?]*$/u;

/**
 * The ID of a button whose tap continues an execution.
 *
 * @param resumeUrl n8n's signed URL for the answer that the button stands for
 * @returns undefined if the URL is not of the form above, e.g. for a node whose ID has other characters
 */
export function buttonIdFor(resumeUrl: string): string | undefined {
	const path = END_OF_URL.exec(resumeUrl)?.[0] ?? '';
	return PATH.test(path) ? PREFIX + path : undefined;
}

/** The signed path in the ID of a button; undefined if it has none, or one of another form. */
export function signedPathIn(buttonId: unknown): string | undefined {
	if (typeof buttonId !== 'string' || !buttonId.startsWith(PREFIX)) return undefined;
	const path = buttonId.slice(PREFIX.length);
	return PATH.test(path) ? path : undefined;
}
