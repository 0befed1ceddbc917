/** The operations of the OneTalk node. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Json } from '../../tools/n8n-execution.cts';
import { startLab, type Lab } from './lab.cts';
import { assertKeyIsNowhere } from './secrets.cts';
import { send } from './sending.cts';
import { runNode } from './workflows.cts';

let lab: Lab;

before(async () => {
	lab = await startLab('nodes-operations');
});
after(async () => await lab?.stop());
beforeEach(() => lab.simulator.reset());

describe('each operation', () => {
	test('Send sends a text, an image and a file', async () => {
		const { items, rows } = await runNode(lab, {
			parameters: {
				...send,
				messageType: '={{ $json.type }}',
				phone: '={{ $json.phone }}',
				text: '={{ $json.text }}',
				mediaUrl: '={{ $json.url }}',
				caption: '={{ $json.caption }}',
				options: { topicId: 7 },
			},
			rows: [
				{ type: 'text', phone: '0812-1234-5678', text: 'Halo' },
				{
					type: 'image',
					phone: '+62 812 1234 5679',
					url: 'https://www.example.com/p/my%20photo.jpg?x=1',
					caption: 'A photo',
				},
				{ type: 'file', phone: 6281212345680, url: 'https://www.example.com/doc/Invoice.pdf' },
			],
		});
		const common = { channelID: '2101081881', withCase: true, topicID: 7 };
		assert.deepEqual(
			// messages to different recipients are sent in parallel
			lab.simulator.requests.map(({ body }) => body).sort(byPhone),
			[
				{ ...common, phone: '6281212345678', messageType: 'text', body: 'Halo' },
				{
					...common,
					phone: '6281212345679',
					messageType: 'image',
					body: 'https://www.example.com/p/my%20photo.jpg?x=1',
					filename: 'my photo.jpg',
					caption: 'A photo',
				},
				{
					...common,
					phone: '6281212345680',
					messageType: 'file',
					body: 'https://www.example.com/doc/Invoice.pdf',
					filename: 'Invoice.pdf',
				},
			],
		);
		assert.deepEqual(
			rows.map(({ success, phone }) => ({ success, phone })),
			[
				{ success: true, phone: '6281212345678' },
				{ success: true, phone: '6281212345679' },
				{ success: true, phone: '6281212345680' },
			],
		);
		assert.deepEqual(
			rows.map(({ phone, caseID }) => [phone, caseID]),
			lab.simulator.cases.map(({ id, contact }) => [contact.phone, id]).sort(),
		);
		assert.deepEqual(
			items.map(({ pairedItem }) => (typeof pairedItem === 'object' ? pairedItem.item : pairedItem)),
			[0, 1, 2],
		);
	});

	test('Send Template sends the same request from fields and from JSON', async () => {
		const template = {
			resource: 'message',
			operation: 'sendTemplate',
			channelId: '2100480937',
			phoneNumberId: '103011859190563',
			phone: '={{ $json.phone }}',
			templateName: 'greetings_v1',
			languageCode: 'en',
			withCase: true,
			options: {},
		};
		const rows = [{ phone: '6281212345678', name: 'Sari', hours: 9 }];
		const fields = await runNode(lab, {
			rows,
			parameters: {
				...template,
				parameterMode: 'fields',
				templateParameters: {
					header: [{ type: 'image', value: 'https://www.example.com/h.jpg' }],
					body: [
						{ name: 'name', value: '={{ $json.name }}' },
						{ name: 'office_hours', value: '={{ $json.hours }}' },
					],
					buttons: [{ name: 'url_0', value: 'order-1' }],
				},
			},
		});
		const json = await runNode(lab, {
			rows,
			parameters: {
				...template,
				parameterMode: 'json',
				templateParametersJson:
					'={{ { header: { image: "https://www.example.com/h.jpg" }, body: { name: $json.name, office_hours: $json.hours }, buttons: [{ name: "url_0", value: "order-1" }] } }}',
			},
		});
		assert.deepEqual([fields.status, json.status], ['success', 'success']);
		const [first, second] = lab.simulator.requests.map(({ body }) => body);
		assert.deepEqual(first, second);
		assert.deepEqual(first, {
			channelID: '2100480937',
			phoneNumberID: '103011859190563',
			phone: '6281212345678',
			templateName: 'greetings_v1',
			languageCode: 'en',
			parameters: {
				header: [{ name: 'image', value: 'https://www.example.com/h.jpg' }],
				body: [
					{ name: 'name', value: 'Sari' },
					{ name: 'office_hours', value: '9' },
				],
				footer: [],
				buttons: [{ name: 'url_0', value: 'order-1' }],
			},
			withCase: true,
		});
	});

	test('Get Many returns all pages or up to a limit, and reads dates in the workflow’s time zone', async () => {
		const since = Date.now() - 1;
		lab.simulator.bulk(130);
		const getMany = { resource: 'case', operation: 'getAll', since: '={{ $json.since }}' };
		const all = await runNode(lab, {
			parameters: { ...getMany, returnAll: true },
			rows: [{ since: since - 3_600_000 }],
		});
		assert.equal(all.rows.length, 130);
		assert.deepEqual(all.rows.map(({ id }) => id).sort(), lab.simulator.cases.map(({ id }) => id).sort());
		const some = await runNode(lab, {
			parameters: { ...getMany, returnAll: false, limit: 3 },
			rows: [{ since: '2026-01-31T09:00:00' }],
		});
		assert.equal(some.rows.length, 3);
		assert.equal(
			lab.simulator.requests.at(-1)?.query.since_timestamp,
			String(Date.parse('2026-01-31T09:00:00+07:00')),
		);
		const recent = await runNode(lab, {
			parameters: { ...getMany, since: '={{ $now.minus({ hours: 2 }) }}', returnAll: false, limit: 3 },
			rows: [{}],
		});
		assert.equal(recent.status, 'success');
		const asked = Number(lab.simulator.requests.at(-1)?.query.since_timestamp);
		assert.ok(Math.abs(Date.now() - 7_200_000 - asked) < 60_000, String(asked));
	});

	test('Update changes only the given fields', async () => {
		const { id } = lab.simulator.createCase({ agentRemark: 'old', contact: { phone: '6281212345678' } });
		const { rows } = await runNode(lab, {
			parameters: {
				resource: 'case',
				operation: 'update',
				caseId: '={{ $json.id }}',
				updateFields: { isJunk: true },
			},
			rows: [{ id }],
		});
		assert.deepEqual(lab.simulator.requests[0].body, { caseID: id, isJunk: true });
		assert.equal(rows[0].caseID, id);
		assert.equal(rows[0].success, true);
		const [changed] = lab.simulator.cases;
		assert.deepEqual([changed.isJunk, changed.agentRemark], [true, 'old']);
	});
});

test('the API key is in no execution and not in n8n’s log', async () => {
	await assertKeyIsNowhere(lab, 5);
});

/** For `sort`. */
function byPhone(a: Json, b: Json): number {
	return Number(a.phone) - Number(b.phone);
}
