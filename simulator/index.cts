/** The command line of the simulator: parses the options and runs until it gets a signal. */

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startSimulator, type Fault, type Settings } from './server.cts';
import { DEFAULT_KEY, DEFAULT_KEY_WITHOUT_TIER } from './world/keys.cts';
import { SETTINGS, allowedValues, type SettingName } from './world/settings.cts';
import { parseTemplateList } from './world/templateFile.cts';

const DEFAULT_PORT = 4010;
const MAX_PORT = 65_535;

const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

const HELP = `A simulator of OneTalk: its Integration API, its custom chatbot and its webhook. Nothing is ever sent.

  npm run simulator -- [options]

  --port <number>          port on 127.0.0.1; 0 takes any free port (default ${DEFAULT_PORT})
  --api-key <key>          the valid API key (default ${DEFAULT_KEY})
  --no-tier-key <key>      the API key of an organization without a tier (default ${DEFAULT_KEY_WITHOUT_TIER})
  --fault <json>           a fault from the start, such as '{"kind":"http","httpStatus":503,"times":3}'; can be repeated
  --templates <file>       a JSON file with a list of approved templates; the page then shows finished messages
  --keep-templates <file>  a file in which templates that are added are kept for the next start
  --webhook-url <url>      the organization's webhook on this machine, which gets statuses and closed cases
  --chatbot-url <url>      the custom chatbot on this machine, which gets what customers write
  --chatbot-key <key>      the secret key of the custom chatbot (default simulator-chatbot-secret)
  --quiet                  do not print a line for every request
  --help                   print this text

Settings, which can also be changed while the simulator runs:

${SETTING_NAMES.map(settingHelp).join('\n')}
`;

/** Returns the command-line option of a setting: `pageLimit` becomes `page-limit`. */
function optionOf(name: SettingName): string {
	return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function settingHelp(name: SettingName): string {
	const setting = SETTINGS[name];
	const { text } = allowedValues(setting);
	return `  --${optionOf(name)} <value>\n      ${setting.help}\n      ${text} (default ${setting.default})`;
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: String(DEFAULT_PORT) },
			'api-key': { type: 'string' },
			'no-tier-key': { type: 'string' },
			fault: { type: 'string', multiple: true, default: [] },
			templates: { type: 'string' },
			'keep-templates': { type: 'string' },
			'webhook-url': { type: 'string', default: '' },
			'chatbot-url': { type: 'string', default: '' },
			'chatbot-key': { type: 'string' },
			quiet: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
			...Object.fromEntries(SETTING_NAMES.map((name) => [optionOf(name), { type: 'string' as const }])),
		},
	});
	if (values.help) return console.log(HELP);

	const simulator = await startSimulator({
		port: parsePort(values.port),
		quiet: values.quiet,
		apiKey: values['api-key'],
		noTierKey: values['no-tier-key'],
		faults: values.fault.map(parseFault),
		templates: values.templates === undefined ? [] : loadTemplates(values.templates),
		templatesFile: values['keep-templates'],
		connections: { webhookUrl: values['webhook-url'], chatbotUrl: values['chatbot-url'] },
		chatbot: values['chatbot-key'] === undefined ? {} : { secretKey: values['chatbot-key'] },
		settings: parseSettings(values),
	});
	console.log(
		`OneTalk simulator. Nothing is really sent.
  Page:         ${simulator.url}/
  Base URL:     ${simulator.baseUrl}
  Chatbot URL:  ${simulator.chatbotUrl}`,
	);
	process.once('disconnect', () => void simulator.stop());
	for (const signal of ['SIGINT', 'SIGTERM']) {
		process.once(signal, () => {
			// An open channel to the parent process would keep this process alive.
			if (process.connected) process.disconnect();
			void simulator.stop();
		});
	}
}

function parsePort(text: string): number {
	const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : NaN;
	if (!(port <= MAX_PORT))
		throw new Error(`--port must be a whole number from 0 to ${MAX_PORT}, not "${text}"`);
	return port;
}

function parseFault(text: string): Fault {
	try {
		return JSON.parse(text) as Fault;
	} catch {
		throw new Error(`--fault must be JSON, such as '{"kind":"html"}', not "${text}"`);
	}
}

function loadTemplates(file: string): ReturnType<typeof parseTemplateList> {
	return parseTemplateList(readFileSync(file, 'utf8'), file);
}

/** Returns the settings that were given. The simulator checks their values when it starts. */
function parseSettings(values: Record<string, unknown>): Partial<Settings> {
	const given = SETTING_NAMES.filter((name) => values[optionOf(name)] !== undefined);
	return Object.fromEntries(given.map((name) => [name, parseValue(name, String(values[optionOf(name)]))]));
}

/** Converts the text to the type of the setting. Text that does not fit is returned as it is. */
function parseValue(name: SettingName, text: string): unknown {
	const type = typeof SETTINGS[name].default;
	if (type === 'number' && /^-?[0-9]+$/.test(text)) return Number(text);
	if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
	return text;
}

main().catch((error: Error & { code?: string; port?: number }) => {
	console.error(
		error.code === 'EADDRINUSE'
			? `Port ${error.port} is taken. Choose another with --port, or --port 0 for any free port.`
			: error.message,
	);
	process.exitCode = 1;
});
