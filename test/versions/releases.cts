/** The releases of n8n that the package is tested with, and the tests that cannot pass on some of them. */

import fs from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../../tools/ensure.js';

/** The one of the demo and the end-to-end tests. */
export const CURRENT = readCurrent();

/** Versions, oldest first. */
export const RELEASES = [...fs.readdirSync(path.join(PROJECT, 'tools', 'n8n-versions')), CURRENT].sort(
	(a, b) => a.localeCompare(b, undefined, { numeric: true }),
);

/** Tests that cannot pass on some releases, because n8n itself is different there. */
export interface Difference {
	/** title of the test or of its group */
	title: string;
	/** versions of n8n */
	releases: string[];
	/** what is different, for a note below the table */
	note: string;
}

export const DIFFERENCES: Difference[] = [
	{
		title: 'what is edited in the text is in the fields when the node is opened again, and the value is kept',
		releases: ['1.123.81', '2.20.12'],
		note: 'Before n8n 2.33 the fields of a template text are not updated when the node is opened again. *Refresh Variable List* updates them.',
	},
];

function readCurrent(): string {
	const file = path.join(PROJECT, 'tools', 'n8n-lock', 'package.json');
	const manifest = JSON.parse(fs.readFileSync(file, 'utf8')) as { dependencies: { n8n: string } };
	return manifest.dependencies.n8n;
}
