/** The built package beside older releases of n8n-workflow: every form of every panel resolves there as it does in the current one. */

import path from 'node:path';
import type { INode, INodeParameters, INodeType } from 'n8n-workflow';
import { OLDER_VERSIONS, ensureOlderN8nWorkflow } from '../../tools/older-n8n-workflow.cts';
import { formsOf } from './forms.cts';
import { unpackPackage } from './shipped.cts';

type N8nWorkflow = typeof import('n8n-workflow');
type Classes = Record<'OneTalk' | 'OneTalkTrigger', new () => INodeType>;

/** How n8n asks for the parameters: with defaults and without what is hidden when it runs a node, without defaults when it saves one. */
const WAYS = [
	{ returnDefaults: true, returnNoneDisplayed: false },
	{ returnDefaults: false, returnNoneDisplayed: false },
	{ returnDefaults: true, returnNoneDisplayed: true },
];

const CURRENT = 'current';
const NAMES = ['OneTalk', 'OneTalkTrigger'] as const;

jest.setTimeout(180_000);

let shipped: ReturnType<typeof unpackPackage>;
let older: Map<string, string>;

beforeAll(async () => {
	shipped = unpackPackage();
	older = await ensureOlderN8nWorkflow();
});
afterAll(() => shipped?.remove());

/** The package as n8n loads it where it has this n8n-workflow. */
function load(version: string): { workflow: N8nWorkflow; classes: Classes } {
	const workflow: N8nWorkflow = jest.requireActual(older.get(version) ?? 'n8n-workflow');
	let classes: Classes | undefined;
	jest.isolateModules(() => {
		jest.doMock('n8n-workflow', () => workflow);
		classes = jest.requireActual<Classes>(path.join(shipped.folder, 'index.js'));
	});
	jest.dontMock('n8n-workflow');
	return { workflow, classes: classes as Classes };
}

/** What each form becomes: the resolved parameters in each of the ways, or why they do not resolve. */
function resolveAll(
	version: string,
	name: (typeof NAMES)[number],
): Array<{ form: INodeParameters; becomes: unknown[] }> {
	const { workflow, classes } = load(version);
	const { description } = new classes[name]();
	const node = { typeVersion: 1, type: `n8n-nodes-onetalk.${description.name}` } as INode;
	return formsOf(description).map((form) => ({
		form,
		becomes: WAYS.map(({ returnDefaults, returnNoneDisplayed }) => {
			try {
				return workflow.NodeHelpers.getNodeParameters(
					description.properties,
					form,
					returnDefaults,
					returnNoneDisplayed,
					node,
					description,
				);
			} catch (error) {
				return `${error}`;
			}
		}),
	}));
}

const expected = Object.fromEntries(NAMES.map((name) => [name, [] as ReturnType<typeof resolveAll>]));

describe.each(NAMES)('%s', (name) => {
	test('in the current n8n-workflow every form resolves', () => {
		expected[name] = resolveAll(CURRENT, name);
		expect(expected[name].length).toBeGreaterThan(1);
		expect(expected[name].filter(({ becomes }) => becomes.some(isFailure))).toEqual([]);
		process.stdout.write(`${name}: ${expected[name].length} forms\n`);
	});

	test.each(OLDER_VERSIONS)('in n8n-workflow %s every form resolves to the same', (version) => {
		const found = resolveAll(version, name);
		expect(found.length).toBe(expected[name].length);
		// the first one that differs says enough
		const different = found.findIndex(
			({ becomes }, i) => JSON.stringify(becomes) !== JSON.stringify(expected[name][i].becomes),
		);
		if (different !== -1) expect(found[different]).toEqual(expected[name][different]);
	});
});

function isFailure(result: unknown): boolean {
	return typeof result === 'string' || result === null;
}
