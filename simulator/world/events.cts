/** Server-sent events: every listener gets the whole state when it connects and soon after every change. */

import type { ServerResponse } from 'node:http';

/** Changes within this time are sent as one event. */
const DELAY_MS = 120;

export class Events {
	private readonly listeners = new Set<ServerResponse>();
	private timer: NodeJS.Timeout | null = null;

	/** @param state gives the state to send, as a JSON value */
	constructor(private readonly state: () => unknown) {}

	/** Schedules an event after a change. */
	changed(): void {
		if (this.timer || this.listeners.size === 0) return;
		this.timer = setTimeout(() => {
			this.timer = null;
			const event = this.event();
			for (const listener of this.listeners) listener.write(event);
		}, DELAY_MS);
		this.timer.unref();
	}

	/** Sends events to this response until the connection closes. */
	listen(response: ServerResponse): void {
		response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
		response.write(`retry: 1000\n${this.event()}`);
		this.listeners.add(response);
		response.once('close', () => this.listeners.delete(response));
	}

	private event(): string {
		return `data: ${JSON.stringify(this.state())}\n\n`;
	}
}
