/**
 * Runs `end` once, then leaves with code 0, when a person or the parent process says so: Ctrl-C,
 * SIGTERM, a closed terminal, or the end of the process that started this one.
 */
export function whenToldToEnd(end: () => Promise<void>): void {
  let told = false;
  const once = () => {
    if (told) return;
    told = true;
    end().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, once);
  process.on('disconnect', once);
  process.channel?.unref();
}
