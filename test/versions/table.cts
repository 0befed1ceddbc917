/** The results of `npm run test:versions`, stored in results.json, and their table in docs/compatibility.md. */

import fs from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../../tools/ensure.js';
import { DIFFERENCES, RELEASES, type Difference } from './releases.cts';

const RESULTS = path.join(__dirname, 'results.json');
const PAGE = path.join(PROJECT, 'docs', 'compatibility.md');
const BEGIN = '<!-- Written by `npm run test:versions`. Do not edit. -->';
const END = '<!-- End of the part that is written by the script. -->';

/** Titles of test groups, or names of test files for the tests of all other groups, by the feature that they test. */
const FEATURES: Record<string, string[]> = {
	'Installed as n8n does it: nodes, AI tool and credential are listed': ['installed as n8n installs it'],
	'Installed with `npm install`': ['Installed with npm, as the README says'],
	'Credential test: right key, wrong keys, wrong answers': ['the credential test'],
	'Send, Send Template, Get Many, Update': ['each operation'],
	'Send Template: template text, fields, JSON': ['Send Template, each way to give the values'],
	'As a tool of an AI agent': ['as a tool of an AI agent'],
	'On Error: Stop, Continue, Continue (using error output)': ['On Error'],
	'No failed row in the main output, whatever the failure': [
		'Failed rows with Continue (using error output)',
	],
	'Retry On Fail, Retry, Send Only Once per Key, Dry Run': ['the node runs again'],
	'Failures as Rows': ['Failures as Rows'],
	'Canceling an execution': ['Canceling an execution'],
	'The API key is in no execution, error or log': [
		'nodes-again',
		'nodes-credential',
		'nodes-errors',
		'nodes-operations',
		'nodes-tool',
	],
	'Trigger: first poll, new cases, restart, OneTalk not reachable': ['trigger'],
	'Contacts and chatbot: every operation and its panel': ['chatbot'],
	'Send and Wait for Response: page, buttons in the chat, time limit, restart': [
		'wait-for-response',
		'chat-approval',
	],
	'Webhook triggers: deliveries, repeats, wrong secrets, test URL, restart': ['webhooks'],
	'Editor: from an empty workflow to a message': ['from an empty workflow to a message'],
	'Editor: every panel': ['the panels', 'The editor'],
	'Editor: a template from its text to the recipient’s phone': ['template'],
};

/** How one test ended, as reporter.mjs writes it. */
export interface Outcome {
	/** the test file, without folder and `.e2e.cts` */
	file: string;
	/** the titles of the groups around the test, then its own */
	path: string[];
	passed: boolean;
	/** the first line of the error; empty if the test passed */
	error: string;
}

interface Count {
	passed: number;
	tests: number;
	/** indexes in the result's `differences` */
	differences: number[];
}

/** The result of all tests on one release of n8n. */
export interface Result {
	n8n: string;
	node: string;
	/** YYYY-MM-DD */
	date: string;
	passed: number;
	tests: number;
	features: Record<string, Count>;
	/** tests that cannot pass on this release, and why */
	differences: Array<{ test: string; note: string }>;
	failed: string[];
	/** tests that passed although they are listed as a difference */
	unexpected: string[];
}

/** Counts the outcomes of one release by feature. */
export function summarize(n8n: string, node: string, outcomes: Outcome[]): Result {
	const result: Result = {
		n8n,
		node,
		date: new Date().toISOString().slice(0, 10),
		passed: outcomes.filter(({ passed }) => passed).length,
		tests: outcomes.length,
		features: {},
		differences: [],
		failed: [],
		unexpected: [],
	};
	for (const outcome of outcomes) {
		const count = (result.features[featureOf(outcome)] ??= { passed: 0, tests: 0, differences: [] });
		const test = outcome.path.join(': ');
		const difference = DIFFERENCES.find((it) => it.releases.includes(n8n) && isAbout(it, outcome));
		count.tests++;
		if (outcome.passed) {
			count.passed++;
			if (difference) result.unexpected.push(test);
		} else if (difference) {
			count.differences.push(result.differences.push({ test, note: difference.note }) - 1);
		} else {
			result.failed.push(`${test}: ${outcome.error}`);
		}
	}
	return result;
}

function isAbout({ title }: Difference, { path: titles }: Outcome): boolean {
	return titles.includes(title);
}

/** The feature of the test's group, else of its file; a test of neither is listed under its group or file. */
function featureOf({ file, path: titles }: Outcome): string {
	const group = titles.length > 1 ? titles[0] : file;
	const features = Object.keys(FEATURES);
	const find = (name: string) => features.find((feature) => FEATURES[feature].includes(name));
	return find(group) ?? find(file) ?? group;
}

/** Stores the result; replaces the former one of the same release. */
export function storeResult(result: Result): void {
	const results = readResults().filter(({ n8n }) => n8n !== result.n8n);
	fs.writeFileSync(RESULTS, `${JSON.stringify([...results, result], null, '\t')}\n`);
}

function readResults(): Result[] {
	return fs.existsSync(RESULTS) ? (JSON.parse(fs.readFileSync(RESULTS, 'utf8')) as Result[]) : [];
}

/** Writes the table into docs/compatibility.md, and keeps the text around it. */
export function writeTable(): void {
	const results = readResults().filter(({ n8n }) => RELEASES.includes(n8n));
	results.sort((a, b) => RELEASES.indexOf(a.n8n) - RELEASES.indexOf(b.n8n));
	const [before, rest = END] = fs.readFileSync(PAGE, 'utf8').split(BEGIN);
	const after = rest.slice(rest.indexOf(END));
	fs.writeFileSync(PAGE, `${before}${BEGIN}\n\n${tableOf(results)}\n\n${after}`);
}

/** One column for each release, one row for each feature, and a note for each difference. */
function tableOf(results: Result[]): string {
	const notes: string[] = [];
	const noteNumber = (note: string) => {
		if (!notes.includes(note)) notes.push(note);
		return notes.indexOf(note) + 1;
	};
	const cell = ({ features, differences }: Result, feature: string) => {
		const count = features[feature];
		if (!count) return 'not run';
		const numbers = new Set(count.differences.map((index) => noteNumber(differences[index].note)));
		const failed = count.tests - count.passed - count.differences.length;
		const marks = [...numbers].sort().map((number) => `[${number}]`);
		if (failed > 0) return `**${failed} failed** of ${count.tests} ${marks.join(' ')}`.trim();
		return numbers.size === 0 ? `✓ ${count.tests}` : `✓ ${count.passed} of ${count.tests} ${marks.join(' ')}`;
	};
	const row = (cells: string[]) => `| ${cells.join(' | ')} |`;
	const features = [
		...new Set([...Object.keys(FEATURES), ...results.flatMap((it) => Object.keys(it.features))]),
	];
	const lines = [
		row(['', ...results.map(({ n8n }) => `n8n ${n8n}`)]),
		row(['---', ...results.map(() => '---')]),
		row(['Node.js', ...results.map(({ node }) => node)]),
		row(['Tested on', ...results.map(({ date }) => date)]),
		...features.map((feature) => row([feature, ...results.map((result) => cell(result, feature))])),
		row(['**All tests**', ...results.map(({ passed, tests }) => `${passed} of ${tests} passed`)]),
	];
	return [lines.join('\n'), ...notes.map((note, i) => `[${i + 1}] ${note}`)].join('\n\n');
}
