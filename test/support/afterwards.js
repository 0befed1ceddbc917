'use strict';

/* Removes the folder that environment.js has made for this test file. */
const { rmSync } = require('node:fs');

afterAll(() => rmSync(String(process.env.N8N_USER_FOLDER), { recursive: true, force: true }));
