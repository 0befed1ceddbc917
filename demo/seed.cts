/** Creates the demo's credentials and workflows in n8n, each of them once. */

import { N8nApiError, type N8nApi, type NodeCredentials, type WorkflowNode } from '../tools/n8n-api.cts';
import { demoCredentials, type DemoCredential } from './credentials.cts';
import { PAGE_IN_NOTES, readyMadeWorkflows, withPageUrl } from './workflows.cts';

export { CREDENTIAL_NAME, CREDENTIAL_TYPE } from './credentials.cts';

/**
 * What the demo has created so far. What is listed here is never created again, so that what a user changes or deletes
 * stays changed or deleted.
 */
export interface Seeded {
	/** by type, with the data as last written */
	credentials?: Record<string, { id: string; data: Record<string, string> }>;
	/** ID by file name */
	workflows?: Record<string, string>;
	/** address of the simulator's page, as last written into the notes */
	pageUrl?: string;
}

export interface SeedOptions {
	/** signed in */
	api: N8nApi;
	/** is updated */
	seeded: Seeded;
	/** called after each change of `seeded` */
	save: () => void;
	/** without a slash at its end */
	simulatorUrl: string;
	/** of the stand-in model */
	model: DemoCredential;
}

/** A credential as n8n stores it. */
interface StoredCredential {
	name: string;
	type: string;
	data: Record<string, unknown>;
}

/** Creates what is missing, and corrects addresses when the simulator has moved to another port. */
export async function seed({ api, seeded, save, simulatorUrl, model }: SeedOptions): Promise<void> {
	const wanted = [...demoCredentials(simulatorUrl), model];
	const credentials = (seeded.credentials ??= {});
	for (const { type, name, data } of wanted) {
		const known = credentials[type];
		if (!known) {
			const { id } = await api.createCredential(type, name, data);
			credentials[type] = { id, data };
		} else if (JSON.stringify(known.data) !== JSON.stringify(data)) {
			await correctCredential(api, known.id, known.data, data);
			known.data = data;
		}
		save();
	}

	const workflows = (seeded.workflows ??= {});
	if (seeded.pageUrl && seeded.pageUrl !== simulatorUrl) {
		for (const id of Object.values(workflows)) await correctNotes(api, id, seeded.pageUrl, simulatorUrl);
	}
	seeded.pageUrl = simulatorUrl;
	// n8n lists the newest workflow first
	for (const { file, content, isPublished } of readyMadeWorkflows().reverse()) {
		if (workflows[file]) continue;
		const nodes = withPageUrl(content.nodes, PAGE_IN_NOTES, simulatorUrl).map((node) => ({
			...node,
			...credentialsOf(node, wanted, credentials),
		}));
		const workflow = await api.createWorkflow({ ...content, nodes });
		workflows[file] = workflow.id;
		save();
		if (isPublished) await api.publish(workflow);
	}
	save();
}

/** The credentials that a node gets, if it gets any. */
function credentialsOf(
	node: WorkflowNode,
	wanted: DemoCredential[],
	created: NonNullable<Seeded['credentials']>,
): { credentials?: NodeCredentials } {
	const own = wanted.filter(({ isFor }) => isFor(node));
	if (own.length === 0) return {};
	return {
		credentials: Object.fromEntries(own.map(({ type, name }) => [type, { id: created[type].id, name }])),
	};
}

/** Changes the values that the user has not changed, unless the user has deleted the credential. */
async function correctCredential(
	api: N8nApi,
	id: string,
	from: Record<string, string>,
	to: Record<string, string>,
): Promise<void> {
	const address = `/rest/credentials/${id}`;
	const credential = await unlessDeleted(api.call<StoredCredential>('GET', `${address}?includeData=true`));
	if (!credential) return;
	const { name, type, data } = credential;
	const corrections = Object.entries(to).filter(([field]) => data[field] === from[field]);
	await api.call('PATCH', address, { name, type, data: { ...data, ...Object.fromEntries(corrections) } });
}

/** Changes the address of the simulator's page in the notes of a workflow, unless the user has deleted it. */
async function correctNotes(api: N8nApi, id: string, from: string, to: string): Promise<void> {
	const workflow = await unlessDeleted(api.workflow(id));
	if (!workflow || workflow.isArchived) return;
	const nodes = withPageUrl(workflow.nodes, from, to);
	if (JSON.stringify(nodes) === JSON.stringify(workflow.nodes)) return;
	const { versionId } = await api.call<{ versionId: string }>('PATCH', `/rest/workflows/${id}`, {
		nodes,
		connections: workflow.connections,
		versionId: workflow.versionId,
	});
	// what the user has changed but not published stays unpublished
	if (workflow.activeVersionId === workflow.versionId) await api.publish({ id, versionId });
}

/** The answer; undefined when n8n does not know the thing any more. */
async function unlessDeleted<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
	return await answer.catch((error: unknown) => {
		if (error instanceof N8nApiError && (error.status === 404 || error.status === 403)) return undefined;
		throw error;
	});
}
