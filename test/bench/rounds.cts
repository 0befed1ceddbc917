/* How a benchmark measures its cases: in rounds, each case in a process of its own. */

import { fork } from 'node:child_process';
import { reply, withoutProxies } from './stage.cts';

/**
 * @typedef {object} Stage
 * @property {string} node that runs the process
 * @property {string} packageFolder
 * @property {number} longestMs no case takes longer; a hang must not hold the run
 * @property {NodeJS.ProcessEnv} [env]
 */

/**
 * Each case `repeats` times, in rounds, so that what changes on the machine meanwhile hits all alike; then its medians.
 * @template {{ repeats: number }} Case
 * @template {object} Figures
 * @param {Case[]} cases
 * @param {(spec: Case) => Promise<Figures>} measure
 * @param {(spec: Case, figures: Figures) => string} line that is printed for each
 * @returns {Promise<{ spec: Case, figures: Figures, runs: Figures[] }[]>}
 */
async function inRounds(cases, measure, line) {
	/** @type {Map<Case, Figures[]>} */
	const found = new Map(cases.map((spec) => [spec, []]));
	const total = cases.reduce((sum, { repeats }) => sum + repeats, 0);
	let done = 0;
	for (let round = 0; round < Math.max(...cases.map(({ repeats }) => repeats)); round++) {
		for (const spec of cases.filter(({ repeats }) => repeats > round)) {
			const figures = await measure(spec);
			found.get(spec)?.push(figures);
			console.log(`${++done}/${total}  ${line(spec, figures)}`);
		}
	}
	return [...found].map(([spec, runs]) => ({ spec, figures: medians(runs), runs }));
}

/**
 * @template {object} Figures
 * @param {Figures[]} runs
 * @returns {Figures} of each number the median; what is no number, as in the first run
 */
function medians(runs) {
	const entries = Object.entries(runs[0]).map(([name, value]) =>
		typeof value === 'number'
			? [name, median(runs.map((run) => Number(run[/** @type {keyof Figures} */ (name)])))]
			: [name, value],
	);
	return /** @type {Figures} */ (Object.fromEntries(entries));
}

/**
 * @param {number[]} values
 * @returns {number}
 */
function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * One case in a process of its own, which warms up, says so, waits for the word, measures and reports.
 * @param {string} file of the process
 * @param {Stage} stage
 * @param {object} order what the process is told
 * @param {() => Promise<void>} prepare the server, once the process is warm
 * @returns {Promise<any>} what the process reports
 * @throws {Error} when it failed or ended before
 */
async function inProcess(file, { node, packageFolder, longestMs, env }, order, prepare) {
	const child = fork(file, {
		execPath: node,
		execArgv: ['--expose-gc'],
		env: {
			...withoutProxies(),
			...env,
			N8N_USER_FOLDER: packageFolder,
			BENCH_CASE: JSON.stringify({ ...order, packageFolder }),
		},
		stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
	});
	let errors = '';
	child.stderr?.on('data', (chunk) => (errors += chunk));
	const timer = setTimeout(() => child.kill('SIGKILL'), longestMs);
	try {
		await reply(child, () => errors);
		await prepare();
		child.send('go');
		return await reply(child, () => errors);
	} finally {
		clearTimeout(timer);
		child.kill();
	}
}

export { inProcess, inRounds, median };
