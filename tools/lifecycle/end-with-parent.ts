/**
 * Loaded into each app before its own code: should the supervisor be killed, the app ends cleanly
 * instead of publishing on unsupervised. Listening does not keep the app alive.
 */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();

export {};
