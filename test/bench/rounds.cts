/** Measures cases in rounds, each case in a process of its own. */

import { forkScript } from './fork.cts';
import { reply, withoutProxies } from './stage.cts';

/** What every measuring process runs with. */
export interface Stage {
	/** The Node.js executable that runs the process. */
	node: string;
	packageFolder: string;
	/** A case that takes longer is killed, in ms: a hang must not block the run. */
	longestMs: number;
	env?: NodeJS.ProcessEnv;
}

/**
 * Measures each case `repeats` times, in rounds, so that changes on the machine affect all cases alike.
 * @param line what is printed for each run
 * @returns for each case its runs and the medians of their figures
 */
export async function inRounds<Case extends { repeats: number }, Figures extends object>(
	cases: Case[],
	measure: (spec: Case) => Promise<Figures>,
	line: (spec: Case, figures: Figures) => string,
): Promise<Array<{ spec: Case; figures: Figures; runs: Figures[] }>> {
	const found = new Map<Case, Figures[]>(cases.map((spec) => [spec, []]));
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

/** @returns the median of each number; other values as in the first run */
function medians<Figures extends object>(runs: Figures[]): Figures {
	const entries = Object.entries(runs[0]).map(([name, value]) =>
		typeof value === 'number'
			? [name, median(runs.map((run) => Number(run[name as keyof Figures])))]
			: [name, value],
	);
	return Object.fromEntries(entries) as Figures;
}

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs one case in a process of its own. The process warms up, reports ready, waits for `go`, measures and reports.
 * @param file script of the process
 * @param order what the process gets in the environment variable BENCH_CASE, as JSON
 * @param prepare prepares the server, once the process is warm
 * @throws {Error} when the process fails, or ends before it reports
 */
export async function inProcess<Report>(
	file: string,
	{ node, packageFolder, longestMs, env }: Stage,
	order: object,
	prepare: () => Promise<void>,
): Promise<Report> {
	const child = forkScript(file, node, {
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
		return await reply<Report>(child, () => errors);
	} finally {
		clearTimeout(timer);
		child.kill();
	}
}
