/** Locks n8n's SQLite file from a connection of its own, as a backup program does. */

import { createRequire } from 'node:module';
import path from 'node:path';
import { FOLDER } from '../lab.cts';

/** The part of Node's SQLite that is used; the installed types, those of Node 20, do not have it. */
interface Sqlite {
	DatabaseSync: new (
		file: string,
		options: { timeout: number },
	) => { exec(statement: string): void; close(): void };
}

/**
 * Takes the write lock, once n8n has released it.
 * @param lab name of the lab
 * @returns releases it
 */
export function lockDatabase(lab: string): () => void {
	const { DatabaseSync } = createRequire(__filename)('node:sqlite') as Sqlite;
	const file = path.join(FOLDER, lab, '.n8n', 'database.sqlite');
	const database = new DatabaseSync(file, { timeout: 10_000 });
	database.exec('BEGIN EXCLUSIVE');
	return () => {
		database.exec('ROLLBACK');
		database.close();
	};
}
