import { pino } from 'pino';

/** Lines that wait for a slow or stopped reader. What comes beyond them is lost, and counted. */
export const LOG_BYTES_HELD_MAX = 1_048_576;

export interface LogOutput {
  write(text: string): void;
}

/**
 * Lines to a file descriptor, whose faults end nothing: a live stream does not depend on whether a
 * disk has room for its log, or on whether anybody reads it. No write waits in this thread. What
 * cannot be written is held up to the limit and tried again with the next line.
 *
 * @param onLost - told how many writes were lost, as soon as it goes on
 */
export function openLogOutput(fd: number, onLost: (writes: number) => void): LogOutput {
  const output = pino.destination({ dest: fd, sync: false, maxLength: LOG_BYTES_HELD_MAX });
  let lost = 0;
  output.on('drop', () => {
    lost += 1;
  });
  // It would be said to the very place that takes nothing. Heard all the same: an error that
  // nobody hears ends the process.
  output.on('error', () => undefined);
  output.on('drain', () => {
    if (lost === 0) return;
    const writes = lost;
    lost = 0;
    onLost(writes);
  });
  const flushSync = output.flushSync.bind(output);
  // Called while the process ends, where a fault would become its exit code.
  output.flushSync = () => {
    try {
      flushSync();
    } catch {
      // As above: there is no place left to say it to.
    }
  };
  return { write: (text) => void output.write(text) };
}
