/**
 * Loaded into each app, and each of its threads, before its own code: should the supervisor be
 * killed, the app ends cleanly instead of publishing on unsupervised. Listening does not keep the
 * app alive. No TypeScript: to strip types, Node would load a compiler into each of them.
 */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
