const SHORTEST_PAUSE_MS = 120;

/** Tells everyone who listens the whole state, at once when they come and soon after every change. */
class Events {
	/** @param {() => unknown} state */
	constructor(state) {
		this.state = state;
		/** @type {Set<import('node:http').ServerResponse>} */
		this.listeners = new Set();
		/** @type {NodeJS.Timeout | null} */
		this.timer = null;
	}

	/** Many changes in a row are told as one. */
	changed() {
		if (this.timer || this.listeners.size === 0) return;
		this.timer = setTimeout(() => {
			this.timer = null;
			const event = this.event();
			for (const listener of this.listeners) listener.write(event);
		}, SHORTEST_PAUSE_MS);
		this.timer.unref();
	}

	/** @param {import('node:http').ServerResponse} response */
	listen(response) {
		response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
		response.write(`retry: 1000\n${this.event()}`);
		this.listeners.add(response);
		response.once('close', () => this.listeners.delete(response));
	}

	/** @returns {string} */
	event() {
		return `data: ${JSON.stringify(this.state())}\n\n`;
	}
}

export { Events };
