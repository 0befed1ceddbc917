import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { DEFAULT_KEY, DEFAULT_KEY_WITHOUT_TIER } from './world/keys.cts';
import { startSimulator } from './server.cts';
import { SETTINGS, allowedValues } from './world/settings.cts';

const DEFAULT_PORT = 4010;

/** `pageLimit` -> `page-limit` */
const dashed = (/** @type {string} */ name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const SETTING_NAMES = /** @type {(keyof typeof SETTINGS)[]} */ (Object.keys(SETTINGS));

const HELP = `A simulator of OneTalk's Integration API. Nothing is ever sent.

  node simulator [options]

  --port <number>          port on 127.0.0.1; 0 takes a free one (default ${DEFAULT_PORT})
  --api-key <key>          the key that works (default ${DEFAULT_KEY})
  --no-tier-key <key>      the key of an organisation without a tier (default ${DEFAULT_KEY_WITHOUT_TIER})
  --fault <json>           a fault from the start, such as '{"kind":"http","httpStatus":503,"times":3}'; may be repeated
  --templates <file>       JSON with a list of approved templates, whose finished messages the page then shows
  --quiet                  no line per request
  --help                   this text

Settings, which can also be changed while it runs:

${SETTING_NAMES.map(describeSetting).join('\n')}
`;

/** @param {keyof typeof SETTINGS} name */
function describeSetting(name) {
	const setting = SETTINGS[name];
	return `  --${dashed(name)} <value>\n      ${setting.help};\n      ${allowedValues(setting).text} (default ${setting.default})`;
}

/** Reads the command line and runs until it is told to stop. */
async function main() {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: String(DEFAULT_PORT) },
			'api-key': { type: 'string' },
			'no-tier-key': { type: 'string' },
			fault: { type: 'string', multiple: true, default: [] },
			templates: { type: 'string' },
			quiet: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
			...Object.fromEntries(
				SETTING_NAMES.map((name) => [dashed(name), { type: /** @type {const} */ ('string') }]),
			),
		},
	});
	if (values.help) return console.log(HELP);

	const given = /** @type {Record<string, unknown>} */ (values);
	const simulator = await startSimulator({
		port: portOf(values.port),
		quiet: values.quiet,
		apiKey: values['api-key'],
		noTierKey: values['no-tier-key'],
		faults: values.fault.map(parseFault),
		templates: values.templates === undefined ? [] : readTemplates(values.templates),
		settings: Object.fromEntries(
			SETTING_NAMES.filter((name) => given[dashed(name)] !== undefined).map((name) => [
				name,
				parseValue(name, /** @type {string} */ (given[dashed(name)])),
			]),
		),
	});
	console.log(
		`OneTalk simulator. Nothing is really sent.\n  Page:      ${simulator.url}/\n  Base URL:  ${simulator.baseUrl}`,
	);
	process.once('disconnect', () => simulator.stop());
	for (const signal of ['SIGINT', 'SIGTERM']) {
		process.once(signal, () => {
			// A channel to the program that started this one would keep it alive.
			if (process.connected) process.disconnect();
			simulator.stop();
		});
	}
}

/** @param {string} text */
function portOf(text) {
	const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : NaN;
	if (!(port <= 65535)) throw new Error(`--port must be a whole number from 0 to 65535, not "${text}"`);
	return port;
}

/** @param {string} text */
function parseFault(text) {
	try {
		return JSON.parse(text);
	} catch {
		throw new Error(`--fault must be JSON, such as '{"kind":"html"}', not "${text}"`);
	}
}

/** @param {string} file */
function readTemplates(file) {
	const list = JSON.parse(fs.readFileSync(file, 'utf8'));
	if (!Array.isArray(list)) throw new Error(`${file} must hold a list of templates`);
	return list;
}

/**
 * @param {keyof typeof SETTINGS} name
 * @param {string} text
 * @returns {unknown} of the setting's type where the text allows it; the settings are checked at the start
 */
function parseValue(name, text) {
	if (typeof SETTINGS[name].default === 'number') return /^-?[0-9]+$/.test(text) ? Number(text) : text;
	if (typeof SETTINGS[name].default === 'boolean') return { true: true, false: false }[text] ?? text;
	return text;
}

main().catch((error) => {
	const isTaken = error.code === 'EADDRINUSE';
	console.error(
		isTaken
			? `Port ${error.port} is taken. Choose another with --port, or --port 0 for any free one.`
			: error.message,
	);
	process.exitCode = 1;
});
