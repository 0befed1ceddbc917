/* How a benchmark shows its figures: for a terminal, and as Markdown for docs/. */

import fs from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../../tools/ensure';

/**
 * @typedef {object} Target what is to be reached, and whether it is
 * @property {string} what
 * @property {string} target
 * @property {string} found
 * @property {boolean} reached
 * @property {string} [why] it is not reached, where it is not
 *
 * @typedef {{ title: string, lines: string[][] }} Block a table with its title; the first cell of a line names it
 */

/**
 * @param {string[]} headings
 * @param {Block[]} blocks
 * @returns {string} for a terminal
 */
function inColumns(headings, blocks) {
	return blocks
		.map(({ title, lines }) => {
			const widths = headings.map((heading, i) =>
				Math.max(heading.length, ...lines.map((line) => line[i].length)),
			);
			const show = (/** @type {string[]} */ line) =>
				line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ');
			return [title, show(headings), ...lines.map(show)].join('\n');
		})
		.join('\n\n');
}

/**
 * @param {Target[]} targets
 * @returns {string} for a terminal
 */
function verdicts(targets) {
	return targets
		.map(({ what, target, found, reached }) => `${reached ? 'yes' : 'NO '}  ${what}: ${found} (${target})`)
		.join('\n');
}

/**
 * @param {string[]} headings
 * @param {Block[]} blocks
 * @returns {string} Markdown
 */
function inMarkdown(headings, blocks) {
	const ruler = headings.map((_, i) => (i === 0 ? '---' : '---:'));
	return blocks
		.map(({ title, lines }) => `### ${title}\n\n${rows([headings, ruler, ...lines])}`)
		.join('\n\n');
}

/**
 * @param {Target[]} targets
 * @returns {string} Markdown: the table, and under it why what is not reached is not
 */
function targetTable(targets) {
	const table = rows([
		['', 'target', 'found', 'reached'],
		['---', '---', '---', '---'],
		...targets.map(({ what, target, found, reached }) => [what, target, found, reached ? 'yes' : '**no**']),
	]);
	/** What is missed for the same reason, by that reason. @type {Map<string, string[]>} */
	const missed = new Map();
	for (const { what, why, reached } of targets) {
		if (!reached && why) missed.set(why, [...(missed.get(why) ?? []), what]);
	}
	if (missed.size === 0) return table;
	const reasons = [...missed].map(([why, names]) => `- *${names.join('*, *')}*: ${why}`);
	return `${table}\n\nWhy not:\n\n${reasons.join('\n')}`;
}

/** @param {string[][]} lines */
function rows(lines) {
	return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * @param {string} name of the page in docs/
 * @param {string} text
 */
function write(name, text) {
	fs.writeFileSync(path.join(PROJECT, 'docs', name), text);
	console.log(`\nWritten to docs/${name}`);
}

export { inColumns, inMarkdown, targetTable, verdicts, write };
