import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryDirectory, waitFor } from '#testing';
import { LOG_BYTES_HELD_MAX, openLogOutput } from './log-output.ts';

const line = `${'x'.repeat(1_023)}\n`;

/** More than a pipe of the system takes before somebody reads. */
const pipeBytesMax = 1_048_576;
const waitMs = 4_000;

it('goes on when the disk is full', async () => {
  const fd = openSync('/dev/full', 'w');
  const output = openLogOutput(fd, () => undefined);
  for (let turn = 0; turn < 10; turn += 1) {
    output.write(line);
    await nextTurn();
  }
  closeSync(fd);
});

describe('a log that nobody reads', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let writing: number;
  let reading: number;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    const path = join(directory.path, 'pipe');
    execFileSync('mkfifo', [path]);
    // Open for both, so that opening does not wait for the other end.
    writing = openSync(path, constants.O_RDWR);
    reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  });
  afterEach(async () => {
    closeSync(writing);
    closeSync(reading);
    await directory.remove();
  });

  it('holds no more than its limit, and says what was lost when it is read again', async () => {
    let lost = 0;
    const output = openLogOutput(writing, (writes) => {
      lost = writes;
    });
    const wasted = 5;
    const taken = (LOG_BYTES_HELD_MAX + pipeBytesMax) / line.length;
    for (let written = 0; written < taken + wasted; written += 1) output.write(line);
    const chunk = Buffer.alloc(pipeBytesMax);
    await waitFor('what was lost is said', () => lost > 0 || readSync(reading, chunk) < 0, waitMs);
    expect(lost).toBeGreaterThanOrEqual(wasted);
  });
});
