/** The releases of n8n that the package is tested with, and where they differ in what the tests look at. */

import fs from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../../tools/ensure';

/** The one that demo and end-to-end tests run on. */
export const CURRENT: string = JSON.parse(
	fs.readFileSync(path.join(PROJECT, 'tools', 'n8n-lock', 'package.json'), 'utf8'),
).dependencies.n8n;

/** Oldest first. */
export const RELEASES: string[] = [
	...fs.readdirSync(path.join(PROJECT, 'tools', 'n8n-versions')),
	CURRENT,
].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));

/** A test that cannot pass on some releases, for a reason that lies in n8n. */
export interface Difference {
	/** Title of the test, or of the group around it */
	title: string;
	releases: string[];
	/** What is different there, for the table */
	note: string;
}

export const DIFFERENCES: Difference[] = [
	{
		title: 'what is edited in the text is in the fields when the node is opened again, and the value is kept',
		releases: ['1.123.81', '2.20.12'],
		note: 'Before n8n 2.33 the fields of a template text do not follow when the node is opened again. *Refresh Variable List* updates them.',
	},
];
