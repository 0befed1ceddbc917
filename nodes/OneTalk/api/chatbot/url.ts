/** The URL of a custom chatbot: what it has to look like. */

/** What OneTalk shows: its address, then the IDs of the organization and of the chatbot. */
const PATH = /^\/api\/visitor\/v1\/webhook\/chatbot\/custom\/[A-Za-z0-9_-]+\/[A-Za-z0-9_-]+\/?$/u;

/** Hosts that never leave this computer, so that the secret is safe without encryption. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/u;

const NOT_AN_ADDRESS = 'is not a web address that starts with https://';

/** What is wrong with the URL of a chatbot, to follow its label: `is empty`. Undefined where it can be used. */
export function faultInChatbotUrl(url: string): string | undefined {
	if (url === '') return 'is empty';
	if (!/^https?:\/\//iu.test(url) || !URL.canParse(url)) return NOT_AN_ADDRESS;
	const { protocol, hostname, pathname, username, password } = new URL(url);
	if (username !== '' || password !== '') return NOT_AN_ADDRESS;
	const [more] = /[?#\s]/u.exec(url) ?? [];
	if (more !== undefined)
		return more.trim() === ''
			? 'has spaces in it'
			: `must end with the ID of the chatbot, but has a "${more}" behind it`;
	if (protocol !== 'https:' && !LOOPBACK.test(hostname)) return 'must start with https://';
	// As written too: URL removes "..", and takes a backslash for a slash.
	if (!PATH.test(pathname) || !url.endsWith(pathname))
		return 'must end in /api/visitor/v1/webhook/chatbot/custom/ and two IDs';
	return undefined;
}
