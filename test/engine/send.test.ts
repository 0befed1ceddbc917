/** One send on n8n’s engine, from the row to the request and back. */

import { runNode } from '../support/runNode';
import { useSimulator, type Simulator } from '../support/useSimulator';

const text = {
	resource: 'message',
	operation: 'send',
	channelId: '2101081881',
	phone: '={{ $json.phone }}',
	messageType: 'text',
	text: '={{ $json.text }}',
};

describe('Send on n8n’s engine', () => {
	let onetalk: Simulator;
	useSimulator((simulator) => (onetalk = simulator));

	it('sends one message per row with the key in the header, and pairs output with input', async () => {
		const { outputs, error } = await runNode(onetalk, {
			parameters: text,
			rows: [
				{ phone: '0812-1111-1111', text: 'One' },
				{ phone: 6281222222222, text: 'Two' },
			],
		});
		expect(error).toBeUndefined();
		expect(outputs[0].map(({ json, pairedItem }) => [json.phone, json.success, pairedItem])).toEqual([
			['6281211111111', true, { item: 0 }],
			['6281222222222', true, { item: 1 }],
		]);
		expect(onetalk.messages.map(({ phone }) => phone)).toEqual(['6281211111111', '6281222222222']);
	});
});
