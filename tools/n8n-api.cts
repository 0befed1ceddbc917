/**
 * n8n's own REST interface (the one its editor uses, as of n8n 2.41), as far as the demo and the tests need it.
 */
class N8nApi {
	/** @param {string} url */
	constructor(url) {
		this.url = url;
		this.cookie = '';
	}

	/**
	 * @param {string} method
	 * @param {string} path
	 * @param {unknown} [body]
	 * @returns {Promise<any>} what n8n answers, without its `data` wrapper
	 * @throws {Error & { status: number }} when it answers anything but 2xx
	 */
	async call(method, path, body) {
		const response = await fetch(this.url + path, {
			method,
			headers: {
				'content-type': 'application/json',
				// n8n ties a session to the browser that signed in
				'browser-id': 'n8n-nodes-onetalk',
				...(this.cookie && { cookie: this.cookie }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const session = response.headers.getSetCookie().find((cookie) => cookie.startsWith('n8n-auth='));
		if (session) this.cookie = session.split(';')[0];
		const text = await response.text();
		if (!response.ok) {
			throw Object.assign(
				new Error(`n8n answered ${response.status} to ${method} ${path}: ${text.slice(0, 500)}`),
				{
					status: response.status,
				},
			);
		}
		const answer = JSON.parse(text);
		return answer.data !== undefined && Object.keys(answer).length === 1 ? answer.data : answer;
	}

	/**
	 * Signs in; creates the owner first where there is none yet.
	 * @param {{ email: string, password: string, firstName: string, lastName: string }} owner
	 */
	async signIn(owner) {
		const settings = await this.call('GET', '/rest/settings');
		if (settings.userManagement.showSetupOnFirstLoad) await this.call('POST', '/rest/owner/setup', owner);
		await this.call('POST', '/rest/login', { emailOrLdapLoginId: owner.email, password: owner.password });
	}

	/**
	 * @param {string} type
	 * @param {string} name
	 * @param {Record<string, unknown>} data
	 */
	async createCredential(type, name, data) {
		return await this.call('POST', '/rest/credentials', { type, name, data });
	}

	/**
	 * What the editor does after "Save".
	 * @param {{ id: string, type: string, name: string, data: Record<string, unknown> }} credentials
	 * @returns {Promise<{ status: 'OK' | 'Error', message: string }>}
	 */
	async testCredential(credentials) {
		return await this.call('POST', '/rest/credentials/test', { credentials });
	}

	/** @param {{ name: string, nodes: object[], connections: object, settings?: object }} workflow */
	async createWorkflow(workflow) {
		return await this.call('POST', '/rest/workflows', { settings: { executionOrder: 'v1' }, ...workflow });
	}

	/**
	 * Publishes a workflow, which starts its trigger. n8n answers before the trigger is up.
	 * @param {{ id: string, versionId: string }} workflow
	 */
	async publish({ id, versionId }) {
		return await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
	}

	/** @param {string} id */
	async unpublish(id) {
		return await this.call('POST', `/rest/workflows/${id}/deactivate`, {});
	}

	/**
	 * @param {string} id
	 * @returns {Promise<{ status: string, triggers: { errorMessage?: string }[] }>}
	 */
	async publicationStatus(id) {
		return await this.call('GET', `/rest/workflows/${id}/publication-status`);
	}

	/**
	 * "Execute workflow" in the editor.
	 * @param {string} id
	 * @param {string} triggerName
	 */
	async execute(id, triggerName) {
		const { executionId } = await this.call('POST', `/rest/workflows/${id}/run`, {
			triggerToStartFrom: { name: triggerName },
		});
		return await this.finished(executionId);
	}

	/**
	 * "Retry" in the list of executions.
	 * @param {string} executionId
	 */
	async retry(executionId) {
		const { id } = await this.call('POST', `/rest/executions/${executionId}/retry`, { loadWorkflow: false });
		return await this.finished(id);
	}

	/**
	 * @param {string} workflowId
	 * @returns {Promise<{ id: string, status: string, mode: string }[]>} newest first
	 */
	async executions(workflowId) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		return (await this.call('GET', `/rest/executions?filter=${filter}&limit=100`)).results;
	}

	/**
	 * Waits for the end of an execution.
	 * @param {string} id
	 * @param {number} [withinMs]
	 */
	async finished(id, withinMs = 60_000) {
		const deadline = Date.now() + withinMs;
		while (Date.now() < deadline) {
			const execution = await this.call('GET', `/rest/executions/${id}`);
			if (['success', 'error', 'crashed', 'canceled'].includes(execution.status)) {
				return { ...execution, data: unflatten(execution.data) };
			}
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		throw new Error(`Execution ${id} did not end within ${withinMs / 1000} s.`);
	}
}

/**
 * n8n hands execution data over as a JSON list in which every string that stands inside an object or list
 * is the position of the real value (the "flatted" format, which can hold circles).
 * @param {string} text
 * @returns {any}
 */
function unflatten(text) {
	const values = JSON.parse(text);
	const known = new Map();
	const resolve = (/** @type {number} */ position) => {
		const value = values[position];
		if (value === null || typeof value !== 'object') return value;
		if (!known.has(position)) {
			/** @type {any} */
			const result = Array.isArray(value) ? [] : {};
			known.set(position, result);
			for (const [key, entry] of Object.entries(value)) {
				result[key] = typeof entry === 'string' ? resolve(Number(entry)) : entry;
			}
		}
		return known.get(position);
	};
	return resolve(0);
}

export { N8nApi, unflatten };
