'use strict';

/**
 * Loaded with --require into every server that `server-process.cts` starts: when the parent process has ended, for
 * whatever reason, the server stops too. Plain JavaScript, since any Node.js executable loads it, without tsx.
 */

process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));

// Listening to the parent must not keep a stopped server alive.
process.channel?.unref();
