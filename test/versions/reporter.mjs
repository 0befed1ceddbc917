/*
 * A reporter for the test runner of Node.js: writes one line of JSON for each test that has ended, an Outcome of table.cts.
 * Plain JavaScript, since the test runner loads it without tsx.
 */

export default async function* report(events) {
	const titles = [];
	for await (const { type, data } of events) {
		if (type === 'test:start') titles.splice(data.nesting, Infinity, data.name);
		if (type !== 'test:pass' && type !== 'test:fail') continue;
		const file = /([^\\/]+)\.e2e\.cts$/.exec(data.file ?? '')?.[1];
		// a file that fails outside its tests is reported as a test named by its path
		if (data.details.type === 'suite' || !file || data.name.endsWith('.e2e.cts')) continue;
		const error = data.details.error?.cause ?? data.details.error ?? '';
		yield `${JSON.stringify({
			file,
			path: [...titles.slice(0, data.nesting), data.name],
			passed: type === 'test:pass',
			error: String(error.message ?? error).split('\n')[0],
		})}\n`;
	}
}
