/** The rules for shipped code: what a TypeScript file may import, what may make requests, and where state may live. */

import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { PROJECT } from '../../tools/ensure';
import type { Node, SourceFile, SyntaxKind } from 'typescript';

/** n8n provides the first one and Node.js the second, wherever the package runs. */
const AVAILABLE = ['n8n-workflow', 'node:crypto'];

/** Which folders below nodes/OneTalk a folder may import from, beside itself. A folder that is not listed here may not exist. */
const ALLOWED_ARROWS: Record<string, string[]> = {
	api: [],
	input: ['api'],
	operations: ['input', 'api'],
	batch: ['operations', 'input', 'api'],
	sendAndWait: ['batch', 'operations', 'input', 'api'],
	'triggers/cases': ['input', 'api'],
	'triggers/webhook': ['input', 'api'],
	'triggers/organization': ['triggers/webhook', 'input', 'api'],
	'triggers/chatbot': ['triggers/webhook', 'input', 'api'],
};

const MAKES_REQUESTS = [
	'nodes/OneTalk/api/client.ts',
	'nodes/OneTalk/api/chatbot/credentialTest.ts',
	'nodes/OneTalk/api/integration/credentialTest.ts',
	'nodes/OneTalk/api/resume/request.ts',
];
const WAYS_OUT = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'];
/** n8n's `helpers` hold its request functions; these of them stay inside n8n. */
const INSIDE_N8N = /^(checkProcessedAndRecord|checkProcessedItemsAndRecord|removeProcessed)$/;

/**
 * Which polls run in this process; which deliveries have started an execution in it; digests of secrets, which n8n takes long to
 * read.
 */
const KEEPS_STATE = [
	'nodes/OneTalk/triggers/cases/pollTurns.ts',
	'nodes/OneTalk/triggers/webhook/repeats.ts',
	'nodes/OneTalk/triggers/webhook/digests.ts',
];

const CHANGES = /^(set|add|delete|clear|push|pop|shift|unshift|splice|sort|reverse|fill)$/;

/** @returns the shipped TypeScript files, relative to the project, with slashes */
export function shippedSources(): string[] {
	return ['nodes', 'credentials'].flatMap((folder) =>
		fs
			.readdirSync(path.join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts'))
			.map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
	);
}

function walk(node: Node, look: (node: Node) => void) {
	look(node);
	ts.forEachChild(node, (child) => walk(child, look));
}

/** @returns what names the module, if this node imports one */
function importedModule(node: Node): Node | undefined {
	if (ts.isImportDeclaration(node)) return node.moduleSpecifier;
	if (ts.isExportDeclaration(node)) return node.moduleSpecifier;
	if (ts.isExternalModuleReference(node)) return node.expression;
	if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node;
	if (!ts.isCallExpression(node)) return undefined;
	const { expression } = node;
	const isImport = expression.kind === ts.SyntaxKind.ImportKeyword;
	const isRequire = /(^|\.)require(\.resolve)?$/.test(expression.getText());
	return isImport || isRequire ? (node.arguments[0] ?? node) : undefined;
}

/**
 * @param file a file, or what an import names
 * @returns its folder below nodes/OneTalk, as in the list above; undefined for nodes and credentials
 */
function folderOf(file: string): string | undefined {
	const [, , folder, inner] = file.split('/');
	if (!file.startsWith('nodes/OneTalk/') || /\.node(\.ts)?$/.test(folder)) return undefined;
	return folder === 'triggers' ? `triggers/${inner}` : folder;
}

/**
 * @param module as written in the import
 * @returns what is wrong with it
 */
function judgeImport(file: string, module: string): string | undefined {
	if (!module.startsWith('.')) return AVAILABLE.includes(module) ? undefined : `${module} is not shipped`;
	const target = path.posix.join(path.posix.dirname(file), module);
	if (!/^(nodes|credentials)\//.test(target)) return `${module} lies outside of nodes/ and credentials/`;
	const from = folderOf(file);
	const to = folderOf(target);
	if (from === undefined || from === to) return undefined;
	const allowed: string[] | undefined = ALLOWED_ARROWS[from];
	if (allowed === undefined) return `${from}/ is not in the list of folders`;
	if (to === undefined) return `${from}/ must not import a node or a credential`;
	if (!allowed.includes(to)) return `${from}/ must not import from ${to}/`;
	return undefined;
}

/** @returns true where something is named with which a request can be made */
function isWayOut(node: Node): boolean {
	if (!ts.isIdentifier(node) && !ts.isStringLiteralLike(node)) return false;
	if (WAYS_OUT.includes(node.text)) return true;
	if (node.text !== 'helpers') return false;
	if (ts.isBindingElement(node.parent) && node.parent.name === node) return false;
	const isMember = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
	const user = isMember ? node.parent.parent : node.parent;
	return !(ts.isPropertyAccessExpression(user) && INSIDE_N8N.test(user.name.text));
}

const isAssignment = (kind: SyntaxKind) =>
	kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;

/**
 * @returns the first lines of what can change while n8n runs: variables of the module that are not constant,
 * collections that begin empty or that others could fill, and constants that the file itself changes
 */
function findState(source: SourceFile): string[] {
	const changed = new Set();
	walk(source, (node) => {
		if (
			ts.isPropertyAccessExpression(node) &&
			CHANGES.test(node.name.text) &&
			ts.isCallExpression(node.parent)
		) {
			changed.add(node.expression.getText());
		}
		if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) {
			const target = node.left;
			if (ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target)) {
				changed.add(target.expression.getText());
			}
		}
	});
	return source.statements
		.filter(ts.isVariableStatement)
		.filter(({ declarationList, modifiers }) => {
			if (!(declarationList.flags & ts.NodeFlags.Const)) return true;
			return declarationList.declarations.some(({ name, initializer }) => {
				if (changed.has(name.getText())) return true;
				if (!initializer || !ts.isNewExpression(initializer)) return false;
				if (!/^(Weak)?(Map|Set)$/.test(initializer.expression.getText())) return false;
				return !initializer.arguments?.length || modifiers !== undefined;
			});
		})
		.map((statement) => statement.getText().split('\n')[0]);
}

/**
 * Holds one file against the rules for shipped code.
 * @param file relative to the project, with slashes
 * @param text its content
 * @returns a sentence for each violation
 */
export function findViolations(file: string, text: string): string[] {
	const found: string[] = [];
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
	walk(source, (node) => {
		const module = importedModule(node);
		if (module) {
			const problem = ts.isStringLiteralLike(module)
				? judgeImport(file, module.text)
				: `${node.getText()} imports what cannot be known`;
			if (problem) found.push(problem);
		}
		if (isWayOut(node) && !MAKES_REQUESTS.includes(file)) {
			found.push(`${node.parent.getText()} is for the client alone`);
		}
	});
	if (!KEEPS_STATE.includes(file)) {
		found.push(...findState(source).map((line) => `${line} keeps state between executions`));
	}
	return found;
}
