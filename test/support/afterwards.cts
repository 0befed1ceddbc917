/** Removes the user folder that environment.cts has made for this test file. */
import { rmSync } from 'node:fs';

afterAll(() => rmSync(String(process.env.N8N_USER_FOLDER), { recursive: true, force: true }));
