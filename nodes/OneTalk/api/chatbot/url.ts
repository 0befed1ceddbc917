/** The URL of a custom chatbot: what it has to look like. */

/** What OneTalk shows: its address, then the IDs of the organization and of the chatbot. */
const PATH = /^\/api\/visitor\/v1\/webhook\/chatbot\/custom\/[A-Za-z0-9_-]+\/[A-Za-z0-9_-]+\/?$/u;
const PARTS = /^(https?):\/\/([^/?#@\\\s]+)([^?#\s]*)([?#]?)/iu;

/** Hosts that never leave this computer, so that the secret is safe without encryption. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/u;

/** What is wrong with the URL of a chatbot, to follow its label: `is empty`. Undefined where it can be used. */
export function faultInChatbotUrl(url: string): string | undefined {
	if (url === '') return 'is empty';
	const [whole, scheme, , path, more] = PARTS.exec(url) ?? [];
	if (whole === undefined || !URL.canParse(url)) return 'is not a web address that starts with https://';
	if (more !== '') return `must end with the ID of the chatbot, but has a "${more}" behind it`;
	if (whole !== url) return 'has spaces in it';
	if (scheme.toLowerCase() === 'http' && !LOOPBACK.test(new URL(url).hostname))
		return 'must start with https://';
	if (!PATH.test(path)) return 'must end in /api/visitor/v1/webhook/chatbot/custom/ and two IDs';
	return undefined;
}
