/** Sets what n8n-core reads when it is loaded: a user folder outside the home folder, and no log between the test results. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

process.env.N8N_USER_FOLDER = mkdtempSync(path.join(tmpdir(), 'onetalk-test-'));
process.env.N8N_ENCRYPTION_KEY ??= 'only-for-tests';
process.env.N8N_LOG_LEVEL ??= 'silent';
process.env.GENERIC_TIMEZONE ??= 'UTC';
