/** Parameters that are left empty are taken from the credential. */

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode } from '../support/runNode';
import { useSimulator, type Simulator } from '../support/useSimulator';

const DEFAULTS = { channelId: '2100480937', phoneNumberId: '103011859190563' };

let onetalk: Simulator;
useSimulator((simulator) => (onetalk = simulator));

const send: INodeParameters = {
	resource: 'message',
	operation: 'send',
	phone: '6281212345678',
	text: 'Hi',
};
const template: INodeParameters = {
	...send,
	operation: 'sendTemplate',
	templateName: 't',
	languageCode: 'id',
	templateBody: 'Hi',
};

async function run(parameters: INodeParameters, defaults: Record<string, string>, rows?: IDataObject[]) {
	const { baseUrl, apiKey } = onetalk;
	const credentials = { oneTalkApi: { baseUrl, apiKey, ...defaults } };
	const result = await runNode(onetalk, { parameters, credentials, rows });
	const [request] = onetalk.requests;
	return { ...result, body: request?.body as IDataObject | undefined };
}

it('the channel and the sender are those of the credential', async () => {
	expect((await run(template, DEFAULTS)).body).toMatchObject({
		channelID: DEFAULTS.channelId,
		phoneNumberID: DEFAULTS.phoneNumberId,
	});
});

it('what the node says counts', async () => {
	const parameters = { ...template, channelId: '42', phoneNumberId: '43' };
	expect((await run(parameters, DEFAULTS)).body).toMatchObject({ channelID: '42', phoneNumberID: '43' });
});

it('the sender of the credential is not used with another channel than the credential’s', async () => {
	const { body } = await run({ ...template, channelId: '42' }, DEFAULTS);
	expect(body).toMatchObject({ channelID: '42' });
	expect(body).not.toHaveProperty('phoneNumberID');
});

it('the sender of a credential without a channel is used with any channel', async () => {
	const { body } = await run({ ...template, channelId: '42' }, { phoneNumberId: '43' });
	expect(body).toMatchObject({ channelID: '42', phoneNumberID: '43' });
});

it('an older channel has no sender', async () => {
	const { body } = await run(template, { channelId: DEFAULTS.channelId });
	expect(body).not.toHaveProperty('phoneNumberID');
});

it('a channel that neither has is an error that names both places', async () => {
	const { error } = await run(send, {});
	expect(error?.message).toBe('"Channel ID" is empty, and the credential has no default for it');
	expect(error?.description).toBe('Fill in Channel ID in the node, or Default Channel ID in the credential.');
	expect(onetalk.requests).toEqual([]);
});

it('an expression that gives nothing is refused, not replaced', async () => {
	const parameters = { ...send, channelId: '={{ $json.chanel }}' };
	const { error } = await run(parameters, DEFAULTS, [{ channel: '42' }]);
	expect(error?.message).toBe(
		'"Channel ID" is empty: the input has no column "chanel", only "channel". Did you mean "channel"?',
	);
	expect(onetalk.requests).toEqual([]);
});
