/** Conditions of properties name something that exists, in the way that every n8n release understands. */

import type { INodeProperties } from 'n8n-workflow';

import { OneTalkApi } from '../../credentials/OneTalkApi.credentials';
import { OneTalk } from '../../nodes/OneTalk/OneTalk.node';
import { OneTalkTrigger } from '../../nodes/OneTalk/OneTalkTrigger.node';
import { levelsOf } from '../package/forms.cts';

/** n8n's own: the node's version, and whether it is used as a tool. */
const BUILT_IN = ['@version', '@tool'];

const owners: Record<string, INodeProperties[]> = {
	OneTalk: new OneTalk().description.properties,
	OneTalkTrigger: new OneTalkTrigger().description.properties,
	OneTalkApi: new OneTalkApi().properties,
};

/** The keys of all conditions on one level that are neither the name of a property beside them nor a path from the top. */
function unknownKeys(level: INodeProperties[], top: INodeProperties[]): string[] {
	const isKnown = (key: string) => {
		if (BUILT_IN.includes(key)) return true;
		const [first] = key.slice(1).split('.');
		if (key.startsWith('/')) return top.some(({ name }) => name === first);
		// n8n before 2.33.2 fails to resolve a path without a slash: "Max iterations reached"
		return level.some(({ name }) => name === key);
	};
	return level.flatMap(({ name, displayOptions = {} }) =>
		[displayOptions.show, displayOptions.hide]
			.flatMap((condition) => Object.keys(condition ?? {}))
			.filter((key) => !isKnown(key))
			.map((key) => `${name}: ${key}`),
	);
}

it.each(Object.entries(owners))(
	'%s: every key is the name of a property on the same level, or a path that begins with a slash',
	(_, top) => {
		expect(levelsOf(top).flatMap((level) => unknownKeys(level, top))).toEqual([]);
	},
);

it('looks into collections', () => {
	const count = Object.values(owners).map((top) => levelsOf(top).length);
	expect(count).toEqual([expect.any(Number), expect.any(Number), 1]);
	expect(Math.min(count[0], count[1])).toBeGreaterThan(2);
});
