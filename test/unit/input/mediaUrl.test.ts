/** Addresses of files, and of pages that only show a file. */

import { InvalidInput } from '../../../nodes/OneTalk/input/invalid';
import { requiredMediaUrl, sharingPageOf } from '../../../nodes/OneTalk/input/mediaUrl';

it.each<[string, string]>([
	['https://drive.google.com/file/d/1AbC/view?usp=sharing', 'Google Drive'],
	['https://drive.google.com/open?id=1AbC', 'Google Drive'],
	['https://DRIVE.google.com/drive/folders/1AbC', 'Google Drive'],
	['https://docs.google.com/document/d/1AbC/edit', 'Google Docs'],
	['https://docs.google.com/spreadsheets/d/1AbC/edit#gid=0', 'Google Docs'],
	['https://photos.app.goo.gl/abc', 'Google Photos'],
	['https://www.dropbox.com/scl/fi/abc/price.pdf?rlkey=x&dl=0', 'Dropbox'],
	['https://www.dropbox.com/s/abc/price.pdf', 'Dropbox'],
	['https://1drv.ms/b/s!abc', 'OneDrive'],
	['https://onedrive.live.com/?id=abc', 'OneDrive'],
	['https://example-my.sharepoint.com/:b:/g/personal/x/abc', 'OneDrive'],
	['https://www.icloud.com/iclouddrive/0abc#price', 'iCloud'],
	['https://app.box.com/s/abc', 'Box'],
	['https://we.tl/t-abc', 'WeTransfer'],
	['https://github.com/n8n-nodes-onetalk/n8n-nodes-onetalk/blob/main/a.png', 'GitHub'],
])('%s is a page of %s', (address, service) => {
	expect(sharingPageOf(address)).toBe(service);
});

it.each([
	'https://drive.google.com/uc?export=download&id=1AbC',
	'https://docs.google.com/document/d/1AbC/export?format=pdf',
	'https://www.dropbox.com/scl/fi/abc/price.pdf?rlkey=x&dl=1',
	'https://www.dropbox.com/s/abc/price.pdf?raw=1',
	'https://dl.dropboxusercontent.com/s/abc/price.pdf',
	'https://onedrive.live.com/download?resid=abc',
	'https://example.sharepoint.com/:b:/g/abc?download=1',
	'https://github.com/n8n-nodes-onetalk/n8n-nodes-onetalk/raw/main/a.png',
	'https://raw.githubusercontent.com/n8n-nodes-onetalk/n8n-nodes-onetalk/main/a.png',
	'https://www.example.com/drive.google.com/file.pdf',
	'https://notdropbox.com/s/abc',
])('%s can be the file itself', (address) => {
	expect(sharingPageOf(address)).toBeUndefined();
	expect(requiredMediaUrl('mediaUrl', address)).toBe(address);
});

it('says what to do instead', () => {
	expect(() => requiredMediaUrl('mediaUrl', 'https://drive.google.com/file/d/1AbC/view')).toThrow(
		expect.objectContaining({
			parameter: 'mediaUrl',
			reason: expect.stringContaining('is a page of Google Drive that shows the file') as string,
			hint: expect.stringContaining('Give a direct link') as string,
		}) as InvalidInput,
	);
});
