import { fstatSync, writeSync } from 'node:fs';

/** Lines that wait for a slow or stopped reader. What comes beyond them is lost, and counted. */
export const LOG_BYTES_HELD_MAX = 1_048_576;

export interface LogOutput {
  write(text: string): void;
}

/** The part of `process.stdout` and `process.stderr` that is used. */
type LogStream = Pick<NodeJS.WriteStream, 'isTTY' | 'writableLength' | 'write' | 'on'> & {
  readonly fd: number;
};

/**
 * Lines to a stream of this process, whose faults end nothing: a live broadcast does not depend on
 * whether a disk has room for its log, or on whether anybody reads it.
 *
 * @param onLost - told how many writes were lost, as soon as there is room again
 */
export function openLogOutput(stream: LogStream, onLost: (writes: number) => void): LogOutput {
  const isWritten = hasReader(stream) ? toReader(stream) : toFile(stream.fd);
  let lost = 0;
  return {
    write(text) {
      if (!isWritten(text)) lost += 1;
      else if (lost > 0) {
        const writes = lost;
        lost = 0;
        onLost(writes);
      }
    },
  };
}

type Write = (text: string) => boolean;

function hasReader({ fd, isTTY }: LogStream): boolean {
  const kind = fstatSync(fd);
  return isTTY || kind.isFIFO() || kind.isSocket();
}

/** Node writes what there is room for, in order, and holds the rest without waiting. */
function toReader(stream: LogStream): Write {
  // Nobody will ever read it again. An error that nobody hears would end the process.
  stream.on('error', () => undefined);
  return (text) => {
    if (stream.writableLength + text.length > LOG_BYTES_HELD_MAX) return false;
    stream.write(text);
    return true;
  };
}

/** Not by Node's own stream of a file, which is of no more use after its first fault. */
function toFile(fd: number): Write {
  return (text) => {
    try {
      return writeSync(fd, text) > 0;
    } catch {
      return false;
    }
  };
}
