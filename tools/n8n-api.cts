/** A client of n8n's own REST API (the one its editor uses, as of n8n 2.41), as far as the demo and the tests need it. */

import { unflatten, type Execution, type ExecutionSummary, type Json } from './n8n-execution.cts';

/** An answer of n8n other than 2xx. */
export class N8nApiError extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

export interface Owner {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}

/** A node of a workflow, as it is created. */
export interface WorkflowNode {
	id?: string;
	name: string;
	type: string;
	typeVersion: number;
	parameters: Record<string, unknown>;
	position: [x: number, y: number];
	credentials?: NodeCredentials;
	/** the random part of the URLs of its webhooks */
	webhookId?: string;
}

/** The credentials of a node, by credential type. */
export type NodeCredentials = Record<string, { id: string; name: string }>;

/** A workflow, as it is created. */
export interface WorkflowContent {
	name: string;
	nodes: WorkflowNode[];
	connections: object;
	settings?: object;
}

/** A workflow of n8n. */
export interface Workflow extends WorkflowContent {
	id: string;
	versionId: string;
	/** the published version; null when none is */
	activeVersionId?: string | null;
	isArchived?: boolean;
	/** what triggers store, by `node:<name>` */
	staticData: Record<string, Json> | null;
}

/** A session in one n8n. */
export class N8nApi {
	private cookie = '';

	/** @param url of n8n, without a slash at its end */
	constructor(readonly url: string) {}

	/**
	 * @returns n8n's answer without its `data` wrapper; its type is what the caller declares, it is not checked
	 * @throws {N8nApiError} when n8n answers anything but 2xx
	 */
	async call<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer> {
		const response = await fetch(this.url + path, {
			method,
			headers: {
				'content-type': 'application/json',
				// n8n binds a session to the browser that signed in
				'browser-id': 'n8n-nodes-onetalk',
				...(this.cookie && { cookie: this.cookie }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const session = response.headers.getSetCookie().find((cookie) => cookie.startsWith('n8n-auth='));
		if (session) this.cookie = session.split(';')[0];
		const text = await response.text();
		if (!response.ok) {
			const message = `n8n answered ${response.status} to ${method} ${path}: ${text.slice(0, 500)}`;
			throw new N8nApiError(response.status, message);
		}
		const answer: Json = JSON.parse(text);
		return answer.data !== undefined && Object.keys(answer).length === 1 ? answer.data : answer;
	}

	/** Signs in; creates the owner first in an n8n that has none yet. */
	async signIn(owner: Owner): Promise<void> {
		const settings = await this.call<{ userManagement: { showSetupOnFirstLoad: boolean } }>(
			'GET',
			'/rest/settings',
		);
		if (settings.userManagement.showSetupOnFirstLoad) await this.call('POST', '/rest/owner/setup', owner);
		await this.call('POST', '/rest/login', { emailOrLdapLoginId: owner.email, password: owner.password });
	}

	async createCredential(type: string, name: string, data: object): Promise<{ id: string }> {
		return await this.call('POST', '/rest/credentials', { type, name, data });
	}

	/** What the editor does after "Save". */
	async testCredential(credentials: {
		id: string;
		type: string;
		name: string;
		data: object;
	}): Promise<{ status: 'OK' | 'Error'; message: string }> {
		return await this.call('POST', '/rest/credentials/test', { credentials });
	}

	async createWorkflow(workflow: WorkflowContent): Promise<Workflow> {
		return await this.call('POST', '/rest/workflows', { settings: { executionOrder: 'v1' }, ...workflow });
	}

	async workflow(id: string): Promise<Workflow> {
		return await this.call('GET', `/rest/workflows/${id}`);
	}

	/** Publishes a workflow, which starts its trigger. n8n answers before the trigger runs. */
	async publish({ id, versionId }: Pick<Workflow, 'id' | 'versionId'>): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
	}

	async unpublish(id: string): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/deactivate`, {});
	}

	async publicationStatus(
		id: string,
	): Promise<{ status: string; triggers: Array<{ errorMessage?: string }> }> {
		return await this.call('GET', `/rest/workflows/${id}/publication-status`);
	}

	/**
	 * Starts a workflow as "Execute workflow" in the editor does.
	 * @param more more fields of the request
	 * @returns the ID of the execution, which runs now
	 */
	async start(workflowId: string, triggerName: string, more: object = {}): Promise<string> {
		const { executionId } = await this.call<{ executionId: string }>(
			'POST',
			`/rest/workflows/${workflowId}/run`,
			{ triggerToStartFrom: { name: triggerName }, ...more },
		);
		return executionId;
	}

	/** Starts a workflow and waits until its execution has ended. */
	async execute(workflowId: string, triggerName: string): Promise<Execution> {
		return await this.finished(await this.start(workflowId, triggerName));
	}

	/** "Retry" in the list of executions; waits until the new execution has ended. */
	async retry(executionId: string): Promise<Execution> {
		const { id } = await this.call<{ id: string }>('POST', `/rest/executions/${executionId}/retry`, {
			loadWorkflow: false,
		});
		return await this.finished(id);
	}

	/** The executions of a workflow (of all workflows if left out), up to 100, newest first. */
	async executions(workflowId?: string): Promise<ExecutionSummary[]> {
		const filter = workflowId ? `filter=${encodeURIComponent(JSON.stringify({ workflowId }))}&` : '';
		const { results } = await this.call<{ results: ExecutionSummary[] }>(
			'GET',
			`/rest/executions?${filter}limit=100`,
		);
		return results;
	}

	/** An execution as it is now. */
	async execution(id: string): Promise<Execution> {
		const execution = await this.call<ExecutionSummary & { data: string }>('GET', `/rest/executions/${id}`);
		return { ...execution, data: unflatten(execution.data) };
	}

	/**
	 * Waits for the end of an execution.
	 * @throws {Error} when it has not ended in time
	 */
	async finished(id: string, withinMs = 60_000): Promise<Execution> {
		const deadline = Date.now() + withinMs;
		while (Date.now() < deadline) {
			const execution = await this.execution(id);
			if (['success', 'error', 'crashed', 'canceled'].includes(execution.status)) return execution;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		throw new Error(`Execution ${id} did not end within ${withinMs / 1000} s.`);
	}
}
