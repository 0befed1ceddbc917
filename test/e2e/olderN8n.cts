/** What the end-to-end tests need to know of older releases of n8n, so that the same tests run on all of them. */

import { setTimeout as pause } from 'node:timers/promises';
import { N8nApi } from '../../tools/n8n-api.cts';
import type { Locator } from 'playwright-core';
import type { openBrowser } from './browser.cts';

/** The older release that this run is about; empty for the one of tools/n8n-lock/. Set by test/versions/run.cts. */
export const OLDER_N8N = process.env.ONETALK_E2E_N8N ?? '';

/** Added to every port, so that runs on different releases can go side by side. */
export const PORT_OFFSET = 40 * (Number(OLDER_N8N.replaceAll('.', '')) % 7);

/** n8n refuses to start when it is told to disable a module that it does not have. */
export const OLDER_SETTINGS: NodeJS.ProcessEnv = OLDER_N8N
	? { N8N_DISABLED_MODULES: 'insights,external-secrets,mcp,breaking-changes,chat-hub,provisioning' }
	: {};

/** What the editor of 1.x calls a part of the page, by its name in the current editor. */
export const OLDER_TEST_IDS: Record<string, string> = OLDER_N8N.startsWith('1.')
	? { 'ndv-close-button': 'back-to-canvas' }
	: {};

/** Whether the editor saves with Ctrl+S while the panel of a node is open; 1.x does so on the canvas only. */
export const SAVES_IN_PANEL = !OLDER_N8N.startsWith('1.');

const READY_WITHIN_MS = 20_000;
const TOO_EARLY = /Cannot GET \/rest\/|GET \/rest\/executions\/.*reading 'resultData'/;

interface Body {
	agentRequest?: { query: Record<string, unknown>; tool: { name: string } };
}

/** The REST interface of an older n8n, called as the one of the current n8n. */
class OlderN8nApi extends N8nApi {
	/** @throws {Error & { status: number }} when n8n answers anything but 2xx */
	async call(method: string, path: string, body?: Body) {
		if (method === 'POST' && path === '/rest/workflows') {
			// 1.x takes no workflow without
			return await super.call(method, path, { active: false, ...body });
		}
		if (method === 'POST' && /^\/rest\/workflows\/[^/]+\/run$/.test(path)) {
			// 1.x runs what it is given, not what it has stored
			const workflowData = await super.call('GET', path.replace(/\/run$/, ''));
			return await super.call(method, path, { workflowData, ...body, ...this.agentRequest(body) });
		}
		if (path.endsWith('/publication-status')) return await this.activationStatus(path.split('/')[3]);
		return await this.callWhenReady(method, path, body);
	}

	/** 1.x gives the tool all of the query, later releases what stands there by the tool's name. */
	private agentRequest(body: Body = {}) {
		const { agentRequest } = body;
		if (!agentRequest || !OLDER_N8N.startsWith('1.')) return {};
		return { agentRequest: { ...agentRequest, query: agentRequest.query[agentRequest.tool.name] } };
	}

	/** Older releases show that an execution has ended a moment before its data can be read. */
	async finished(id: string, withinMs?: number) {
		for (const deadline = Date.now() + READY_WITHIN_MS; ; await pause(100)) {
			const execution = await super.finished(id, withinMs);
			if (execution.data?.resultData || Date.now() > deadline) return execution;
		}
	}

	/** n8n 1.x says that it is ready a moment before it answers; 2.20 cannot show an execution that has just begun. */
	private async callWhenReady(method: string, path: string, body?: Body) {
		for (const deadline = Date.now() + READY_WITHIN_MS; ; await pause(100)) {
			try {
				return await super.call(method, path, body);
			} catch (error) {
				const isEarly = error instanceof Error && TOO_EARLY.test(error.message);
				if (!isEarly || Date.now() > deadline) throw error;
			}
		}
	}

	/** Before n8n had a publication status: whether the workflow is active, and why it could not be made so. */
	private async activationStatus(id: string) {
		const { active, activeVersionId } = await super.call('GET', `/rest/workflows/${id}`);
		const errorMessage: string | null = await super.call('GET', `/rest/active-workflows/error/${id}`);
		if (errorMessage) return { status: 'failed', triggers: [{ errorMessage }] };
		return { status: active || activeVersionId ? 'published' : 'not_published', triggers: [] };
	}
}

/** The REST interface of the n8n that this run is about. */
export function openApi(url: string): N8nApi {
	return OLDER_N8N ? new OlderN8nApi(url) : new N8nApi(url);
}

/** Opens the dialog for the first credential of the node whose panel is open. */
export async function openNewCredential({ page, part }: Awaited<ReturnType<typeof openBrowser>>) {
	const button = page.getByRole('button', { name: /^(Connect to OneTalk|Set up credential)$/ });
	const select = part('node-credentials-select');
	await button.or(select).first().waitFor();
	if (await button.count()) return await button.first().click();
	// 1.x
	await select.first().click();
	await part('node-credentials-select-item-new').first().click();
}

/** Waits for a passed test of the credential. The dialog closes by itself then; in older releases it has to be closed. */
export async function closeWhenTested(dialog: Locator) {
	const isClosed = dialog.waitFor({ state: 'hidden' });
	await Promise.any([isClosed, dialog.getByText('Connection tested successfully').waitFor()]);
	if (OLDER_N8N && (await dialog.isVisible())) {
		const close = dialog.page().locator('.el-dialog__headerbtn:visible').last();
		await close.click({ timeout: 2_000 }).catch(async () => await dialog.page().keyboard.press('Escape'));
	}
	await isClosed;
}
