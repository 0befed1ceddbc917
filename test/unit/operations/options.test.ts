/** Options that are switches: on once they are added, off while they are not there. */

import { NodeHelpers, type INode, type INodeParameters } from 'n8n-workflow';

import { OneTalk } from '../../../nodes/OneTalk/OneTalk.node';
import { isDryRun, wantsPreview } from '../../../nodes/OneTalk/operations/options';

const { description } = new OneTalk();

/** What n8n saves of the node, and what it reads of that. */
function saved(parameters: INodeParameters, withDefaults: boolean): INodeParameters {
	const node = { typeVersion: 1, parameters } as unknown as INode;
	return (
		NodeHelpers.getNodeParameters(
			description.properties,
			parameters,
			withDefaults,
			false,
			node,
			description,
		) ?? {}
	);
}

const template = { resource: 'message', operation: 'sendTemplate' };

it('an option that was added is saved as on, though that is its default', () => {
	const options = { dryRun: true, failureRows: true, preview: true };
	const kept = saved({ ...template, options }, false);
	expect(kept.options).toEqual(options);
	expect(saved(kept, true).options).toEqual(options);
});

it('an option that was not added stays off', () => {
	const { options } = saved(template, true);
	expect(options).toEqual({});
	expect([isDryRun(options), wantsPreview(options)]).toEqual([false, false]);
});

it('Preview in Output is there only where the texts of the template are known', () => {
	const options = { preview: true };
	const optionsFor = (parameterMode: string) => saved({ ...template, parameterMode, options }, true).options;
	expect(optionsFor('templateText')).toEqual(options);
	expect(optionsFor('json')).toEqual({});
	expect(optionsFor('fields')).toEqual({});
});

it('reading has no switches', () => {
	const options = { dryRun: true, failureRows: true };
	expect(saved({ resource: 'case', operation: 'getAll', options }, true).options).toEqual({});
});
