/** Creates the demo's credential and workflows in n8n, each of them once. */

import fs from 'node:fs';
import path from 'node:path';
import { N8nApiError, type N8nApi, type WorkflowContent } from '../tools/n8n-api.cts';

export const CREDENTIAL_TYPE = 'oneTalkApi';
export const CREDENTIAL_NAME = 'OneTalk Simulator';

const NODE_PREFIX = 'n8n-nodes-onetalk.';
const WORKFLOWS = path.join(__dirname, 'workflows');

/**
 * What the demo has created so far. What is listed here is never created again, so that what a user changes or deletes
 * stays changed or deleted.
 */
export interface Seeded {
	credentialId?: string;
	/** the simulator's, as last written into the credential */
	baseUrl?: string;
	/** ID by file name */
	workflows?: Record<string, string>;
}

export interface SeedOptions {
	/** signed in */
	api: N8nApi;
	/** is updated */
	seeded: Seeded;
	/** called after each change of `seeded` */
	save: () => void;
	simulator: { baseUrl: string; apiKey: string };
}

/** A stored credential, with the data of the OneTalk API credential. */
interface StoredCredential {
	name: string;
	type: string;
	data: { baseUrl?: string };
}

/** Creates the credential and the workflows that are missing. A workflow with a OneTalk Trigger is published. */
export async function seed({ api, seeded, save, simulator }: SeedOptions): Promise<void> {
	if (!seeded.credentialId) {
		const { id } = await api.createCredential(CREDENTIAL_TYPE, CREDENTIAL_NAME, simulator);
		Object.assign(seeded, { credentialId: id, baseUrl: simulator.baseUrl });
		save();
	} else if (seeded.baseUrl !== simulator.baseUrl) {
		await moveCredential(api, seeded.credentialId, seeded.baseUrl, simulator.baseUrl);
		seeded.baseUrl = simulator.baseUrl;
		save();
	}

	const workflows = (seeded.workflows ??= {});
	for (const file of fs.readdirSync(WORKFLOWS).sort()) {
		if (workflows[file]) continue;
		const content = JSON.parse(fs.readFileSync(path.join(WORKFLOWS, file), 'utf8')) as WorkflowContent;
		const workflow = await api.createWorkflow(withCredential(content, String(seeded.credentialId)));
		workflows[file] = workflow.id;
		save();
		if (startsByItself(workflow)) await api.publish(workflow);
	}
}

/**
 * Changes the credential's base URL when the simulator has moved to another port, unless the user has deleted the
 * credential or changed its base URL.
 */
async function moveCredential(api: N8nApi, id: string, from: string | undefined, to: string): Promise<void> {
	const address = `/rest/credentials/${id}`;
	let credential: StoredCredential;
	try {
		credential = await api.call('GET', `${address}?includeData=true`);
	} catch (error) {
		if (error instanceof N8nApiError && error.status === 404) return;
		throw error;
	}
	const { name, type, data } = credential;
	if (data.baseUrl === from) await api.call('PATCH', address, { name, type, data: { ...data, baseUrl: to } });
}

/** The workflow with the demo's credential in its OneTalk nodes. */
function withCredential(workflow: WorkflowContent, id: string): WorkflowContent {
	const credentials = { [CREDENTIAL_TYPE]: { id, name: CREDENTIAL_NAME } };
	return {
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node.type.startsWith(NODE_PREFIX) ? { ...node, credentials } : node,
		),
	};
}

function startsByItself({ nodes }: WorkflowContent): boolean {
	return nodes.some(({ type }) => type === `${NODE_PREFIX}oneTalkTrigger`);
}
