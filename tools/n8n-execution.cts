/** An execution as n8n's REST API returns it, as far as the demo and the tests read it. */

/** JSON of any shape. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- rows and answers of many shapes, whose fields the tests assert
export type Json = any;

/** One item of a node's output. */
export interface Item {
	json: Json;
	pairedItem?: number | { item: number };
}

/** The items of each output branch of a node; n8n leaves out a branch without items or has null for it. */
interface Output {
	main?: Array<Item[] | null | undefined>;
}

/** One run of one node. */
export interface NodeRun {
	data?: Output;
	error?: ExecutionError;
}

export interface ExecutionError {
	message: string;
	description?: string;
}

/** What an execution did, and what it still had to do when it was interrupted. */
export interface ExecutionData {
	resultData: {
		/** the runs of each node, by its name */
		runData: Record<string, NodeRun[] | undefined>;
		error?: ExecutionError;
	};
	executionData?: { nodeExecutionStack?: Array<{ node: { name: string }; data?: Output }> };
}

/** An execution in a list. */
export interface ExecutionSummary {
	id: string;
	/** `new`, `running`, `success`, `error`, `crashed`, `canceled` … */
	status: string;
	mode: string;
	/** ISO date */
	startedAt: string;
}

/** An execution with its data. */
export interface Execution extends ExecutionSummary {
	data: ExecutionData;
}

/** The items that a node returned in its first run; an empty list when it did not run. */
export function outputOf({ data }: Execution, nodeName: string): Item[] {
	return data.resultData.runData[nodeName]?.[0].data?.main?.[0] ?? [];
}

/**
 * Decodes execution data. n8n sends it in the "flatted" format: a JSON list in which every string inside an object or
 * list is the position of the real value, so that values may refer to each other in circles.
 */
export function unflatten(text: string): ExecutionData {
	const values = JSON.parse(text) as unknown[];
	const known = new Map<number, unknown>();
	const resolve = (position: number): unknown => {
		const value = values[position];
		if (value === null || typeof value !== 'object') return value;
		if (!known.has(position)) {
			const result: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
			known.set(position, result);
			for (const [key, entry] of Object.entries(value)) {
				Object.assign(result, { [key]: typeof entry === 'string' ? resolve(Number(entry)) : entry });
			}
		}
		return known.get(position);
	};
	return resolve(0) as ExecutionData;
}
