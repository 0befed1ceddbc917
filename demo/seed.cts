import fs from 'node:fs';
import path from 'node:path';

const CREDENTIAL_TYPE = 'oneTalkApi';
const CREDENTIAL_NAME = 'OneTalk Simulator';
const WORKFLOWS = path.join(__dirname, 'workflows');

/**
 * What the demo has made so far. Something that is listed here is never made again, so what a user changes
 * or deletes stays changed or deleted.
 * @typedef {object} Seeded
 * @property {string} [credentialId]
 * @property {string} [baseUrl] the simulator's, as last written into the credential
 * @property {Record<string, string>} [workflows] id by file name
 */

/**
 * Makes the credential and the workflows that are not made yet. A workflow that starts by itself is published.
 * @param {object} options
 * @param {import('../tools/n8n-api.cts').N8nApi} options.api signed in
 * @param {Seeded} options.seeded is brought up to date
 * @param {() => void} options.save called after each change of `seeded`
 * @param {{ baseUrl: string, apiKey: string }} options.simulator
 */
async function seed({ api, seeded, save, simulator }) {
	if (!seeded.credentialId) {
		const { id } = await api.createCredential(CREDENTIAL_TYPE, CREDENTIAL_NAME, { ...simulator });
		Object.assign(seeded, { credentialId: id, baseUrl: simulator.baseUrl });
		save();
	} else if (seeded.baseUrl !== simulator.baseUrl) {
		await moveCredential(api, seeded, simulator.baseUrl);
		seeded.baseUrl = simulator.baseUrl;
		save();
	}

	const workflows = (seeded.workflows ??= {});
	for (const file of fs.readdirSync(WORKFLOWS).sort()) {
		if (workflows[file]) continue;
		const content = JSON.parse(fs.readFileSync(path.join(WORKFLOWS, file), 'utf8'));
		const workflow = await api.createWorkflow(withCredential(content, String(seeded.credentialId)));
		workflows[file] = workflow.id;
		save();
		if (startsByItself(workflow)) await api.publish(workflow);
	}
}

/**
 * Follows the simulator to another port, unless the user has deleted the credential or pointed it elsewhere.
 * @param {import('../tools/n8n-api.cts').N8nApi} api
 * @param {Seeded} seeded
 * @param {string} baseUrl
 */
async function moveCredential(api, seeded, baseUrl) {
	const address = `/rest/credentials/${seeded.credentialId}`;
	const credential = await api.call('GET', `${address}?includeData=true`).catch((error) => {
		if (error.status === 404) return undefined;
		throw error;
	});
	if (credential?.data.baseUrl !== seeded.baseUrl) return;
	const { name, type, data } = credential;
	await api.call('PATCH', address, { name, type, data: { ...data, baseUrl } });
}

/**
 * @param {any} workflow
 * @param {string} id
 */
function withCredential(workflow, id) {
	const credentials = { [CREDENTIAL_TYPE]: { id, name: CREDENTIAL_NAME } };
	return {
		...workflow,
		nodes: workflow.nodes.map((/** @type {{ type: string }} */ node) =>
			node.type.startsWith('n8n-nodes-onetalk.') ? { ...node, credentials } : node,
		),
	};
}

/** @param {{ nodes: { type: string }[] }} workflow */
function startsByItself(workflow) {
	return workflow.nodes.some(({ type }) => type === 'n8n-nodes-onetalk.oneTalkTrigger');
}

export { CREDENTIAL_NAME, CREDENTIAL_TYPE, seed };
