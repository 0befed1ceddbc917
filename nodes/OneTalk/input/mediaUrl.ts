/** The address of a picture or file that OneTalk fetches. */

import { InvalidInput, shown } from './invalid';
import { requiredUrl } from './values';

/** A service whose links show a file on a web page. */
interface SharingService {
	name: string;
	/** Its web hosts. */
	hosts: RegExp;
	/** Those of its links that give the file itself, by path and query. */
	direct: RegExp;
}

const SHARING_SERVICES: SharingService[] = [
	{ name: 'Google Drive', hosts: /^drive\.google\.com$/u, direct: /^\/(?:u\/\d+\/)?uc\b/u },
	{
		name: 'Google Docs',
		hosts: /^docs\.google\.com$/u,
		direct: /\/export\b|^\/(?:u\/\d+\/)?uc\b|\/pub\b.*output=/u,
	},
	{ name: 'Google Photos', hosts: /^photos\.(?:google\.com|app\.goo\.gl)$/u, direct: /(?!)/u },
	{ name: 'Dropbox', hosts: /^(?:www\.)?dropbox\.com$/u, direct: /[?&](?:dl|raw)=1\b/u },
	{
		name: 'OneDrive',
		hosts: /^(?:onedrive\.live\.com|1drv\.ms|[\w-]+\.sharepoint\.com)$/u,
		direct: /^\/download\b|\/download\.aspx\b|[?&]download=1\b/iu,
	},
	{ name: 'iCloud', hosts: /^(?:www|share)\.icloud\.com$/u, direct: /(?!)/u },
	{ name: 'Box', hosts: /^(?:app|[\w-]+\.app)\.box\.com$/u, direct: /^\/(?:shared\/static|index\.php)\b/u },
	{ name: 'WeTransfer', hosts: /^(?:we\.tl|wetransfer\.com)$/u, direct: /(?!)/u },
	{ name: 'GitHub', hosts: /^github\.com$/u, direct: /^\/[^/]+\/[^/]+\/(?!blob\/)|[?&]raw=(?:1|true)\b/u },
];

/** The next step for a link to a web page. */
export const DIRECT_LINK_HINT =
	'Give a direct link, one that opens or downloads the bare file in a private browser window. A file server or a public storage bucket has such links.';

/** The name of the sharing service whose page an address shows instead of the file itself; undefined for any other address. */
export function sharingPageOf(address: string): string | undefined {
	const { hostname, pathname, search } = new URL(address);
	return SHARING_SERVICES.find(({ hosts, direct }) => hosts.test(hostname) && !direct.test(pathname + search))
		?.name;
}

/**
 * The address of a file that OneTalk can fetch, as it was written.
 *
 * @throws {InvalidInput} for what is no web address, or one of a page that only shows the file
 */
export function requiredMediaUrl(parameter: string, value: unknown): string {
	const address = requiredUrl(parameter, value);
	const service = sharingPageOf(address);
	if (service === undefined) return address;
	throw new InvalidInput(
		parameter,
		`(${shown(address)}) is a page of ${service} that shows the file, not the file itself`,
		DIRECT_LINK_HINT,
	);
}
