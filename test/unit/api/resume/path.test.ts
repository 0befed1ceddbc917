/** Signed paths of executions that wait, in the IDs of buttons. */

import { buttonIdFor, signedPathIn } from '../../../../nodes/OneTalk/api/resume/path';

const SIGNATURE = '0123456789abcdef'.repeat(4);
const NODE = '5d1d2ea5-6c3c-4c3b-a9cf-2f2b3a0f1c01';
const PATH = `4711/${NODE}?run=0&approved=true&signature=${SIGNATURE}`;

it.each([
	['n8n on a host of its own', `https://n8n.example.com/webhook-waiting/${PATH}`],
	['n8n below a path', `https://example.com/tools/n8n/webhook-waiting/${PATH}`],
	['another name for the endpoint', `http://127.0.0.1:5678/w/${PATH}`],
])('a button carries execution, node, answer and signature: %s', (_where, url) => {
	const id = buttonIdFor(url);
	expect(id).toBe(`n8n1|${PATH}`);
	expect(signedPathIn(id)).toBe(PATH);
});

it('fits into the 256 characters of a button ID, also in the 100,000,000th execution', () => {
	const path = PATH.replace('true', 'false').replace('4711', '100000000');
	expect(buttonIdFor(`https://n8n.example.com/webhook-waiting/${path}`)).toHaveLength(147);
	const longest = path.replace('100000000', '1'.repeat(40)).replace(NODE, 'n'.repeat(100));
	expect(buttonIdFor(`https://n8n.example.com/webhook-waiting/${longest}`)).toHaveLength(242);
});

it.each<[string, unknown]>([
	['nothing', undefined],
	['a number', 4711],
	['an object', { toString: () => `n8n1|${PATH}` }],
	['another button', 'talk-to-agent'],
	['no prefix', PATH],
	['the prefix alone', 'n8n1|'],
	['another prefix', `n8n2|${PATH}`],
	['a space before it', ` n8n1|${PATH}`],
	['a line break after it', `n8n1|${PATH}\n`],
	['an address', `n8n1|https://evil.example.com/${PATH}`],
	['a host', `n8n1|//evil.example.com/${PATH}`],
	['a host after an at sign', `n8n1|@evil.example.com/${NODE}?run=0&approved=true&signature=${SIGNATURE}`],
	['a port', `n8n1|:80/${NODE}?run=0&approved=true&signature=${SIGNATURE}`],
	['a slash before it', `n8n1|/${PATH}`],
	['two slashes', `n8n1|4711//${NODE}?run=0&approved=true&signature=${SIGNATURE}`],
	['a backslash', `n8n1|4711\\${NODE}?run=0&approved=true&signature=${SIGNATURE}`],
	['the folder above', `n8n1|../${NODE}?run=0&approved=true&signature=${SIGNATURE}`],
	['the folder above as node', `n8n1|4711/..?run=0&approved=true&signature=${SIGNATURE}`],
	['the folder above, encoded', `n8n1|4711/%2e%2e?run=0&approved=true&signature=${SIGNATURE}`],
	['a slash, encoded', `n8n1|4711/a%2Fb?run=0&approved=true&signature=${SIGNATURE}`],
	['one segment more', `n8n1|rest/${PATH}`],
	['one segment less', `n8n1|4711?run=0&approved=true&signature=${SIGNATURE}`],
	['no query', `n8n1|4711/${NODE}`],
	['no signature', `n8n1|4711/${NODE}?run=0&approved=true`],
	['no answer', `n8n1|4711/${NODE}?run=0&signature=${SIGNATURE}`],
	['no run', `n8n1|4711/${NODE}?approved=true&signature=${SIGNATURE}`],
	['another run', `n8n1|4711/${NODE}?run=x&approved=true&signature=${SIGNATURE}`],
	['another answer', `n8n1|4711/${NODE}?run=0&approved=yes&signature=${SIGNATURE}`],
	['two answers', `n8n1|4711/${NODE}?run=0&approved=true&approved=false&signature=${SIGNATURE}`],
	['one parameter more', `n8n1|${PATH}&x=1`],
	['another parameter first', `n8n1|4711/${NODE}?x=1&approved=true&signature=${SIGNATURE}`],
	['a fragment', `n8n1|${PATH}#x`],
	['a shorter signature', `n8n1|${PATH.slice(0, -1)}`],
	['a longer signature', `n8n1|${PATH}0`],
	['a signature with capitals', `n8n1|${PATH.replace('abcdef', 'ABCDEF')}`],
	['a very long execution', `n8n1|${'1'.repeat(41)}/${NODE}?run=0&approved=true&signature=${SIGNATURE}`],
])('the ID of a button has no signed path: %s', (_what, id) => {
	expect(signedPathIn(id)).toBeUndefined();
});

it.each([
	['the ID of a node that n8n has to encode', `https://n8n.example.com/webhook-waiting/1/${'a%20b'}`],
	['a question mark too many', `https://n8n.example.com/webhook-waiting/1/a?b`],
	['no execution', `https://n8n.example.com/?run=0&approved=true&signature=${SIGNATURE}&x=`],
	['no URL', ''],
])('no button can carry %s', (_what, url) => {
	expect(buttonIdFor(`${url}?run=0&approved=true&signature=${SIGNATURE}`)).toBeUndefined();
});
