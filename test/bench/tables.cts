/** Formats the tables of a benchmark, for the terminal and as Markdown for docs/. */

import fs from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../../tools/ensure';

/** A figure that is to be reached. */
export interface Target {
	what: string;
	target: string;
	found: string;
	reached: boolean;
	/** Why it is not reached. */
	why?: string;
}

/** A table with its title; the first cell of a line names the line. */
export interface Block {
	title: string;
	lines: string[][];
}

/** Aligned columns for the terminal. */
export function inColumns(headings: string[], blocks: Block[]): string {
	return blocks
		.map(({ title, lines }) => {
			const widths = headings.map((heading, i) =>
				Math.max(heading.length, ...lines.map((line) => line[i].length)),
			);
			const show = (line: string[]) =>
				line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ');
			return [title, show(headings), ...lines.map(show)].join('\n');
		})
		.join('\n\n');
}

/** One line a target, for the terminal. */
export function verdicts(targets: Target[]): string {
	return targets
		.map(({ what, target, found, reached }) => `${reached ? 'yes' : 'NO '}  ${what}: ${found} (${target})`)
		.join('\n');
}

/** Tables in Markdown. */
export function inMarkdown(headings: string[], blocks: Block[]): string {
	const ruler = headings.map((_, i) => (i === 0 ? '---' : '---:'));
	return blocks
		.map(({ title, lines }) => `### ${title}\n\n${rows([headings, ruler, ...lines])}`)
		.join('\n\n');
}

/** A Markdown table of the targets, followed by the reasons for those that are not reached. */
export function targetTable(targets: Target[]): string {
	const table = rows([
		['', 'target', 'found', 'reached'],
		['---', '---', '---', '---'],
		...targets.map(({ what, target, found, reached }) => [what, target, found, reached ? 'yes' : '**no**']),
	]);
	/** The targets that are missed, by the reason. */
	const missed = new Map<string, string[]>();
	for (const { what, why, reached } of targets) {
		if (!reached && why) missed.set(why, [...(missed.get(why) ?? []), what]);
	}
	if (missed.size === 0) return table;
	const reasons = [...missed].map(([why, names]) => `- *${names.join('*, *')}*: ${why}`);
	return `${table}\n\nWhy not:\n\n${reasons.join('\n')}`;
}

function rows(lines: string[][]) {
	return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** @param name of the page in docs/ */
export function write(name: string, text: string) {
	fs.writeFileSync(path.join(PROJECT, 'docs', name), text);
	console.log(`\nWritten to docs/${name}`);
}
