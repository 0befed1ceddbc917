/** The package as n8n installs it, and the test of its credential. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { CREDENTIAL_TYPE } from '../../demo/seed.cts';
import { freePort } from '../../tools/ports.cts';
import { HAS_REVIEW_TOOLS } from './olderN8n.cts';
import { startLab, type Account, type Fault, type Lab } from './lab.cts';
import { assertKeyIsNowhere } from './secrets.cts';

let lab: Lab;

before(async () => {
	lab = await startLab('nodes-credential');
});
after(async () => await lab?.stop());
beforeEach(() => lab.simulator.reset());

describe('installed as n8n installs it', () => {
	test('n8n lists the nodes, the tool and the credentials', async () => {
		const types = await lab.api.call<Array<{ name: string }>>('GET', '/types/nodes.json');
		const names = types.map(({ name }) => name).filter((name) => name.startsWith('n8n-nodes-onetalk.'));
		assert.deepEqual([...new Set(names)].sort(), [
			'n8n-nodes-onetalk.oneTalk',
			'n8n-nodes-onetalk.oneTalkChatbotTrigger',
			...(HAS_REVIEW_TOOLS ? ['n8n-nodes-onetalk.oneTalkHitlTool'] : []),
			'n8n-nodes-onetalk.oneTalkTool',
			'n8n-nodes-onetalk.oneTalkTrigger',
			'n8n-nodes-onetalk.oneTalkWebhookTrigger',
		]);
		const credentials = await lab.api.call<Array<{ name: string }>>('GET', '/types/credentials.json');
		for (const type of [CREDENTIAL_TYPE, 'oneTalkChatbotApi'])
			assert.ok(
				credentials.some(({ name }) => name === type),
				type,
			);
	});
});

describe('the credential test', () => {
	const testWith = async (changes: Partial<Account>) => {
		const [{ id, name }] = Object.values(await lab.credentials());
		return await lab.api.testCredential({
			id,
			name,
			type: CREDENTIAL_TYPE,
			data: { ...lab.account, ...changes },
		});
	};

	test('passes with the right key', async () => {
		assert.equal((await testWith({})).status, 'OK');
		assert.equal(lab.simulator.requests.length, 1);
		assert.equal(lab.simulator.requests[0].query.limit, '1');
	});

	const wrongKeys = {
		'a missing key': '',
		'an unknown key': 'not-a-known-key',
		'a malformed key': 'x y',
		'a key without tier': 'simulator-key-without-tier',
	};
	for (const [what, apiKey] of Object.entries(wrongKeys)) {
		test(`fails with ${what}`, async () => assertTellsWhatToDo(await testWith({ apiKey }), apiKey));
	}

	const answers: Record<string, Fault> = {
		'a web page': { kind: 'html' },
		'an empty body': { kind: 'empty' },
		'half an answer': { kind: 'truncated' },
		'no list of cases': { kind: 'dataEmpty' },
		'HTTP 500': { kind: 'http', httpStatus: 500 },
		'HTTP 401': { kind: 'http', httpStatus: 401 },
		'a connection that is reset': { kind: 'reset' },
		'an error that repeats the key': { kind: 'echoKey' },
	};
	for (const [what, fault] of Object.entries(answers)) {
		test(`fails with ${what}`, async () => {
			lab.simulator.fault({ ...fault, rate: 1 });
			assertTellsWhatToDo(await testWith({}), lab.account.apiKey);
		});
	}

	test('fails when nothing listens at the base URL', async () => {
		const closed = await freePort(4900);
		assertTellsWhatToDo(
			await testWith({ baseUrl: `http://127.0.0.1:${closed}/api/integration/v1` }),
			lab.account.apiKey,
		);
	});

	/** A failed test says what to do next, and does not show the key. */
	function assertTellsWhatToDo(result: { status: string; message: string }, key: string): void {
		const { status, message } = result;
		assert.equal(status, 'Error');
		assert.match(message, /\b(check|paste|enter|choose|create|try|ask|enable|put|add|fill)\b/i, message);
		if (key !== '') assert.ok(!message.includes(key), message);
	}
});

test('the API key is not in n8n’s log', async () => {
	await assertKeyIsNowhere(lab, 0);
});
