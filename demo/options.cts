/** The command line options of `npm start`. */

import path from 'node:path';
import { parseArgs } from 'node:util';
import { Advice, PROJECT } from '../tools/ensure.js';

export const HELP = `npm start -- [options]

Starts a real n8n with the OneTalk nodes and a simulated OneTalk on this computer (127.0.0.1 only).
Nothing is sent to a real phone. Ctrl-C stops everything.

  --n8n-port <port>        port of n8n's editor (5678); the next free one if it is taken
  --simulator-port <port>  port of the OneTalk simulator and its page (4010); the next free one if it is taken
  --folder <path>          where the demo stores its n8n and its logs (.demo in this project)
  --reset                  start from scratch: deletes what the demo has stored there, workflows included
  --help                   this text

The first start installs n8n once (2.5 to 6 minutes, 2.4 GB, and 0.7 GB in npm's own cache) into the
cache folder ~/.cache/n8n-nodes-onetalk, or below N8N_ONETALK_CACHE or XDG_CACHE_HOME if that is set.
`;

export interface Options {
	help: boolean;
	reset: boolean;
	/** absolute path */
	folder: string;
	n8nPort: number;
	simulatorPort: number;
}

/**
 * Reads the options of this process.
 * @throws {Advice} when one of them is unknown or has a wrong value
 */
export function readOptions(): Options {
	const { help, reset, folder, ...ports } = parse();
	return {
		help,
		reset,
		folder: path.resolve(folder),
		n8nPort: portOf('--n8n-port', ports['n8n-port']),
		simulatorPort: portOf('--simulator-port', ports['simulator-port']),
	};
}

function parse() {
	try {
		return parseArgs({
			options: {
				help: { type: 'boolean', default: false },
				reset: { type: 'boolean', default: false },
				folder: { type: 'string', default: path.join(PROJECT, '.demo') },
				'n8n-port': { type: 'string', default: '5678' },
				'simulator-port': { type: 'string', default: '4010' },
			},
		}).values;
	} catch (error) {
		throw new Advice(`${(error as Error).message}\n\n${HELP}`);
	}
}

function portOf(option: string, text: string): number {
	const port = Number(text);
	if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
	throw new Advice(`${option} takes a port number from 1 to 65535, not “${text}”.\n\n${HELP}`);
}
