/** The differences of older n8n releases that matter to the end-to-end tests, so that the same tests run on all of them. */

import type { Locator } from 'playwright-core';
import { N8nApi, N8nApiError, type Workflow } from '../../tools/n8n-api.cts';
import type { Execution } from '../../tools/n8n-execution.cts';
import type { Browser } from './browser.cts';
import { pause } from './wait.cts';

/** The older release to test, such as `2.20.12`; empty for the one of tools/n8n-lock/. test/versions/run.cts sets it. */
export const OLDER_N8N = process.env.ONETALK_E2E_N8N ?? '';

const IS_1X = OLDER_N8N.startsWith('1.');

/** Which of the test files that run at once this is: 1, 2, … (Node.js sets it). */
const WORKER = Number(process.env.NODE_TEST_WORKER_ID ?? 1);

/** Tells this run from others on the machine: each older release has its own, the current one that of its test runner. */
const RUN = OLDER_N8N ? 8 + (Number(OLDER_N8N.replaceAll('.', '')) % 7) : process.ppid % 8;

/**
 * Added to every port. n8n needs seconds until it takes its port, and a test may stop its simulator for a while: meanwhile nothing
 * else must be given the port. So test files that run at once have other ports, and other runs too, as a rule.
 */
export const PORT_OFFSET = 200 * RUN + 100 * (WORKER - 1);

/** n8n does not start when a module is disabled that it does not have. */
export const OLDER_SETTINGS: NodeJS.ProcessEnv = OLDER_N8N
	? { N8N_DISABLED_MODULES: 'insights,external-secrets,mcp,breaking-changes,chat-hub,provisioning' }
	: {};

/** The test ID that the editor of n8n 1.x has for a part of the page, by the test ID in the current editor. */
export const OLDER_TEST_IDS: Record<string, string> = IS_1X ? { 'ndv-close-button': 'back-to-canvas' } : {};

/** Whether n8n makes a human review tool of a node that has Send and Wait. */
export const HAS_REVIEW_TOOLS = !IS_1X;

/** Whether Ctrl+S saves while the panel of a node is open. In n8n 1.x it saves on the canvas only. */
export const SAVES_IN_PANEL = !IS_1X;

const READY_WITHIN_MS = 20_000;

/** Errors of an n8n that is not ready yet for a request. */
const NOT_READY = /Cannot GET \/rest\/|GET \/rest\/executions\/.*reading 'resultData'/;

/** The part of the body of `/run` that older releases read in another form. */
interface RunRequest {
	agentRequest?: { query: Record<string, unknown>; tool: { name: string } };
}

/** The REST API of an older n8n, with the methods of the current one. */
class OlderN8nApi extends N8nApi {
	/** why workflows could not be activated, by workflow ID */
	private readonly refusals = new Map<string, string>();

	override async call<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer> {
		if (method === 'POST' && path === '/rest/workflows') {
			// n8n 1.x requires `active`
			return await super.call(method, path, { active: false, ...(body as object) });
		}
		if (method === 'POST' && /^\/rest\/workflows\/[^/]+\/run$/.test(path)) {
			// n8n 1.x runs the workflow in the request, not the stored one
			const workflowData = await super.call('GET', path.replace(/\/run$/, ''));
			return await super.call(method, path, { workflowData, ...runRequest(body as RunRequest) });
		}
		return await this.callWhenReady(method, path, body);
	}

	/** Older releases report the end of an execution a moment before they return its data. */
	override async finished(id: string, withinMs?: number): Promise<Execution> {
		for (const deadline = Date.now() + READY_WITHIN_MS; ; await pause(100)) {
			const execution = await super.finished(id, withinMs);
			const data: Partial<Execution['data']> | undefined = execution.data;
			if (data?.resultData || Date.now() > deadline) return execution;
		}
	}

	/** Older releases activate a workflow before they answer; some report only in this answer why it failed. */
	override async publish(workflow: Pick<Workflow, 'id' | 'versionId'>): Promise<void> {
		this.refusals.delete(workflow.id);
		try {
			await super.publish(workflow);
		} catch (error) {
			if (error instanceof N8nApiError) this.refusals.set(workflow.id, messageOf(error));
			throw error;
		}
	}

	/** Older releases have no publication status: reads whether the workflow is active, or why it could not be activated. */
	override async publicationStatus(id: string): ReturnType<N8nApi['publicationStatus']> {
		const { active, activeVersionId } = await this.call<
			Workflow & { active?: boolean; activeVersionId?: string }
		>('GET', `/rest/workflows/${id}`);
		const stored = await this.call<string | null>('GET', `/rest/active-workflows/error/${id}`);
		const errorMessage = stored ?? this.refusals.get(id);
		if (errorMessage) return { status: 'failed', triggers: [{ errorMessage }] };
		return { status: active || activeVersionId ? 'published' : 'not_published', triggers: [] };
	}

	/**
	 * n8n 1.x reports that it is ready a moment before it answers requests; n8n 2.20 fails to return an execution that has
	 * just started.
	 */
	private async callWhenReady<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
		for (const deadline = Date.now() + READY_WITHIN_MS; ; await pause(100)) {
			try {
				return await super.call<Answer>(method, path, body);
			} catch (error) {
				const isNotReady = error instanceof Error && NOT_READY.test(error.message);
				if (!isNotReady || Date.now() > deadline) throw error;
			}
		}
	}
}

/** n8n 1.x passes the whole query to the tool; later releases pass the entry with the tool's name. */
function runRequest(body: RunRequest): RunRequest | object {
	const { agentRequest } = body;
	if (!agentRequest || !IS_1X) return body;
	return { ...body, agentRequest: { ...agentRequest, query: agentRequest.query[agentRequest.tool.name] } };
}

/** The message in the answer of n8n, which is JSON. */
function messageOf({ message }: N8nApiError): string {
	const [, text] = /"message":("(?:[^"\\]|\\.)*")/.exec(message) ?? [];
	return text === undefined ? message : (JSON.parse(text) as string);
}

/** The REST API of the n8n under test. */
export function openApi(url: string): N8nApi {
	return OLDER_N8N ? new OlderN8nApi(url) : new N8nApi(url);
}

/** Opens the dialog for the first credential of the node whose panel is open. */
export async function openNewCredential({ page, part }: Browser): Promise<void> {
	const button = page.getByRole('button', { name: /^(Connect to OneTalk|Set up credential)$/ });
	const select = part('node-credentials-select');
	await button.or(select).first().waitFor();
	if ((await button.count()) > 0) return await button.first().click();
	// n8n 1.x
	await select.first().click();
	await part('node-credentials-select-item-new').first().click();
}

/** Waits until the test of the credential has passed and the dialog is closed. Only newer releases close it themselves. */
export async function closeWhenTested(dialog: Locator): Promise<void> {
	const isClosed = dialog.waitFor({ state: 'hidden' });
	await Promise.any([isClosed, dialog.getByText('Connection tested successfully').waitFor()]);
	if (OLDER_N8N && (await dialog.isVisible())) {
		const close = dialog.page().locator('.el-dialog__headerbtn:visible').last();
		await close.click({ timeout: 2_000 }).catch(async () => await dialog.page().keyboard.press('Escape'));
	}
	await isClosed;
}
