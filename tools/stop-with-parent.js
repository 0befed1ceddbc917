'use strict';

// Loaded (--require) into every server that the demo starts: when the demo is gone, however it went, so is the server.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// Listening to the parent must not keep a server alive that has stopped.
process.channel?.unref();
