import { sentenceOf } from '#kernel';
import type { Logger } from '#observability';

/**
 * Runs a process. A start that fails is told on stderr, a line for each fault, and ends the process
 * with 1.
 */
export async function runProcess(name: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (thrown) {
    const lines = sentenceOf(thrown).split('\n');
    process.stderr.write(lines.map((line) => `${name}: ${line}\n`).join(''));
    process.exit(1);
  }
}

/** From now on SIGTERM and SIGINT close the app, once, and then end the process. */
export function endOnSignal(app: { close(): Promise<void> }, logger: Logger): void {
  let ending: Promise<void> | undefined;
  const end = (signal: NodeJS.Signals): void => {
    ending ??= app.close().then(
      () => process.exit(0),
      (thrown: unknown) => {
        logger.error({ err: thrown, signal }, 'the end was not clean');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', end).once('SIGINT', end);
}
