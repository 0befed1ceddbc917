/** What the user's expressions are made of, for messages about what they give. */

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isRecord } from '../api/text';
import type { Expressions } from '../operations/operation';

/** The expressions of a node and the items they are evaluated for, item by item. */
export function expressionsOf(context: IExecuteFunctions): (item: number) => Expressions {
	const { parameters } = context.getNode();
	let all: string[] | undefined;
	const columns = () =>
		(all ??= [...new Set(context.getInputData().flatMap((_, item) => Object.keys(jsonOf(context, item))))]);
	return (item) => ({
		textOf: (...path) => textAt(parameters, path),
		json: () => jsonOf(context, item),
		columns,
	});
}

/** As an agent's tool, the node's input are the agent's arguments, but `$json` is the input of the agent, if it has any. */
function jsonOf(context: IExecuteFunctions, item: number): IDataObject {
	try {
		const { $json: json } = context.getWorkflowDataProxy(item);
		return isRecord(json) ? json : {};
	} catch {
		return {};
	}
}

/** A parameter's expression; one that stands in a collection is found by its own name. */
function textAt(parameters: IDataObject, [first, ...rest]: string[]): string | undefined {
	const collections = Object.values(parameters).filter(isRecord);
	const start = [parameters, ...collections].find((one) => Object.hasOwn(one, first))?.[first];
	const value = rest.reduce<unknown>((outer, key) => (outer as IDataObject | undefined)?.[key], start);
	return typeof value === 'string' && value.startsWith('=') ? value.slice(1) : undefined;
}
