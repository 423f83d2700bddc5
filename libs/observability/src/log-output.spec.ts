import { spawn } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { LOG_BYTES_HELD_MAX } from './log-output.ts';

const lineBytes = 1_024;
const flood = (3 * LOG_BYTES_HELD_MAX) / lineBytes;

/** Logs so many lines, says "alive" where its log is not, and for each line it reads logs one. */
const program = (lines: number): string => `
  import { createInterface } from 'node:readline';
  import { createLogger } from '${new URL('logger.ts', import.meta.url).href}';
  const logger = createLogger({ app: 'test', level: 'info' });
  for (let line = 0; line < ${lines}; line += 1) logger.info('x'.repeat(${lineBytes}));
  process.stderr.write('alive\\n');
  createInterface({ input: process.stdin }).on('line', (line) => logger.info(line));
`;

let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

function log(lines: number, stdio: StdioOptions): ChildProcess {
  const flags = ['--conditions=source', '--input-type=module', '--eval', program(lines)];
  child = spawn(process.execPath, flags, { stdio });
  return child;
}

it('goes on when the disk is full', async () => {
  const full = openSync('/dev/full', 'w');
  const { stdin, stderr } = log(1, ['pipe', full, 'pipe']);
  closeSync(full);
  stdin?.end('one more\n');
  expect(await text(stderr!)).toBe('alive\n');
  expect(child?.exitCode ?? (await once(child!, 'exit'))[0]).toBe(0);
});

it('waits for no reader, holds no more than its limit, and says what was lost', async () => {
  const { stdin, stdout, stderr } = log(flood, 'pipe');
  await once(stderr!, 'data');
  const read = createInterface({ input: stdout! });
  let characters = 0;
  let isAsked = false;
  let last = '';
  for await (const line of read) {
    const { msg } = JSON.parse(line) as { msg: string };
    characters += line.length;
    // There is room again: the next line is taken.
    if (!isAsked && characters > LOG_BYTES_HELD_MAX / 2) {
      stdin?.write('go\n');
      isAsked = true;
    }
    last = line;
    if (msg.includes('lost')) break;
  }
  expect(JSON.parse(last)).toMatchObject({ level: 'warn', lines: expect.any(Number) });
  expect(characters).toBeLessThan(2 * LOG_BYTES_HELD_MAX);
});

it('loses nothing of what was said before the end, and changes no order', async () => {
  const { stdin, stdout } = log(1, 'pipe');
  stdin?.end('first\nlast\n');
  const said = (await text(stdout!)).trimEnd().split('\n');
  expect(said.slice(-2).map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
    'first',
    'last',
  ]);
});
