/** Every form that a node's panel can take: the values that make each combination of its properties show, made from `displayOptions`. */

import { NodeHelpers } from 'n8n-workflow';
import type {
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodeTypeDescription,
} from 'n8n-workflow';

type Values = Record<string, unknown>;

/** A value that no default equals and that every type can be given as. */
const FILLED: Partial<Record<INodeProperties['type'], unknown>> = {
	boolean: true,
	number: 7,
	dateTime: '2026-01-31T09:00:00',
	json: '{ "body": { "name": "Sari" } }',
	multiOptions: [],
	resourceMapper: { mappingMode: 'defineBelow', value: { name: 'Sari' } },
};
const FILLED_TEXT = 'something';

/** A node's properties, and what n8n needs to judge their conditions. */
interface Panel {
	description: INodeTypeDescription;
	/** Whether the property shows; `level` holds the values beside it, `root` all values of the node. */
	shows(property: INodeProperties, level: Values, root: Values): boolean;
}

/**
 * @returns the parameters of a node for each form, as a saved workflow holds them: once with nothing but what decides which
 * properties show, and once with every property filled in
 */
export function formsOf(description: INodeTypeDescription): INodeParameters[] {
	const node = { typeVersion: 1 };
	const panel: Panel = {
		description,
		shows: (property, level, root) =>
			NodeHelpers.displayParameter(
				level as INodeParameters,
				property,
				node,
				description,
				root as INodeParameters,
			),
	};
	const forms = [false, true].flatMap((isFilled) => formsOfLevel(description.properties, panel, isFilled));
	return forms as INodeParameters[];
}

/** @param root values of the node around this level; left out on the top level */
function formsOfLevel(level: INodeProperties[], panel: Panel, isFilled: boolean, root?: Values): Values[] {
	let forms: Values[] = [{}];
	for (const [path, mentioned] of decisivePaths(level, panel.description.properties)) {
		const owners = level.filter(({ name }) => name === path.split('.')[0]);
		forms = forms.flatMap((form) => {
			const values = withDefaults(level, form);
			const shown = owners.filter((owner) => panel.shows(owner, values, root ?? values));
			if (shown.length === 0) return [form];
			return candidates(path, shown, mentioned).map((value) => withValue(form, path, value));
		});
	}
	for (const property of isFilled ? level : []) {
		forms = forms.flatMap((form) => {
			const values = withDefaults(level, form);
			if (property.name in form || !panel.shows(property, values, root ?? values)) return [form];
			const filled = isGroup(property)
				? groupValues(property, panel, root ?? values)
				: [filledValue(property)];
			return filled.map((value) => ({ ...form, [property.name]: value }));
		});
	}
	return unique(forms);
}

/** The values, and the defaults of the properties that have none. */
function withDefaults(level: INodeProperties[], values: Values): Values {
	return { ...Object.fromEntries(level.map((property) => [property.name, property.default])), ...values };
}

/** @returns the paths on this level that conditions look at, each with the values that they compare */
function decisivePaths(level: INodeProperties[], top: INodeProperties[]): Map<string, unknown[]> {
	const found = new Map<string, unknown[]>();
	for (const { displayOptions = {} } of level === top ? levelsOf(top).flat() : level) {
		for (const condition of [displayOptions.show, displayOptions.hide]) {
			for (const [key, values = []] of Object.entries(condition ?? {})) {
				const path = key.replace(/^\//, '');
				const isHere = level === top || !key.startsWith('/');
				if (!isHere || !level.some(({ name }) => name === path.split('.')[0])) continue;
				found.set(path, [...(found.get(path) ?? []), ...values.map(comparedValue)]);
			}
		}
	}
	return found;
}

function comparedValue(value: unknown): unknown {
	const isOperator = value !== null && typeof value === 'object' && '_cnd' in value;
	return isOperator ? Object.values(value._cnd as object)[0] : value;
}

/** The options of a choice. For everything else: no value (the default), the compared values, and another one. */
function candidates(path: string, owners: INodeProperties[], compared: unknown[]): unknown[] {
	if (path.includes('.')) return unique([undefined, ...compared, { name: 'Sari' }]);
	const options = owners.flatMap(({ type, options: choices = [] }) =>
		type === 'options' ? choices.flatMap((choice) => ('value' in choice ? [choice.value] : [])) : [],
	);
	if (options.length > 0) return options;
	return unique([undefined, ...compared, filledValue(owners[0])]);
}

/** What a collection can hold: everything, in each of its inner forms. */
function groupValues(property: INodeProperties, panel: Panel, root: Values): unknown[] {
	const inside = (properties: INodeProperties[]) => formsOfLevel(properties, panel, true, root);
	if (property.type === 'collection') return inside((property.options ?? []) as INodeProperties[]);
	const parts = (property.options ?? []) as INodePropertyCollection[];
	if (property.typeOptions?.multipleValues) {
		return [Object.fromEntries(parts.map(({ name, values }) => [name, inside(values)]))];
	}
	return parts.flatMap(({ name, values }) => inside(values).map((form) => ({ [name]: form })));
}

function filledValue({ type, options = [] }: INodeProperties): unknown {
	const [choice] = options;
	if (type === 'options' && choice && 'value' in choice) return choice.value;
	return FILLED[type] ?? FILLED_TEXT;
}

function isGroup({ type }: INodeProperties): boolean {
	return type === 'collection' || type === 'fixedCollection';
}

/** The properties themselves, and those inside of each collection, as one list a level. */
export function levelsOf(properties: INodeProperties[]): INodeProperties[][] {
	const inner = properties
		.filter(isGroup)
		.flatMap(({ type, options = [] }) =>
			type === 'collection'
				? [options as INodeProperties[]]
				: (options as INodePropertyCollection[]).map(({ values }) => values),
		);
	return [properties, ...inner.flatMap(levelsOf)];
}

/** A copy of the values with one more at `path`; `undefined` leaves it out. */
function withValue(values: Values, path: string, value: unknown): Values {
	const copy = structuredClone(values);
	const keys = path.split('.');
	const last = keys.pop() as string;
	let place = copy;
	for (const key of keys) {
		if (value === undefined && place[key] === undefined) return copy;
		place = (place[key] ??= {}) as Values;
	}
	if (value === undefined) delete place[last];
	else place[last] = value;
	return copy;
}

function unique<T>(values: T[]): T[] {
	const seen = new Map(values.map((value) => [JSON.stringify(value) ?? '', value]));
	return [...seen.values()];
}
