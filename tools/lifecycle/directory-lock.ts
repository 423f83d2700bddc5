import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sentenceOf } from '#kernel';
import { StartFault } from '../supervise/start-fault.ts';

const LOCK_FILE = 'start.lock';

/**
 * Takes the data directory for this process. Throws StartFault `ALREADY_RUNNING` while another
 * lives that has it; a lock whose process is gone is taken over. The answer gives the directory
 * back.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const file = join(directory, LOCK_FILE);
  const draft = join(directory, `${LOCK_FILE}.${randomUUID()}`);
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await writeFile(draft, `${process.pid} ${await birthOf(process.pid)}\n`, { mode: 0o600 });
  } catch (thrown) {
    const sentence = `the data directory ${directory} cannot be used: ${sentenceOf(thrown)}`;
    throw new StartFault('SETTING_INVALID', sentence, { cause: thrown });
  }
  try {
    await takeName(draft, file, directory);
  } finally {
    await rm(draft, { force: true });
  }
  return () => rm(file, { force: true });
}

/** `link` gives a whole file its name, and to exactly one of several that try. */
async function takeName(draft: string, file: string, directory: string): Promise<void> {
  try {
    await link(draft, file);
    return;
  } catch (thrown) {
    const holder = await livingHolder(file);
    if (holder !== undefined) {
      const sentence = `Forkcast is already running in ${directory} (process ${holder})`;
      throw new StartFault('ALREADY_RUNNING', sentence, { cause: thrown });
    }
  }
  await rm(file, { force: true });
  await link(draft, file);
}

async function livingHolder(file: string): Promise<number | undefined> {
  const [pid = '', birth = ''] = (await readFile(file, 'utf8').catch(() => '')).trim().split(' ');
  if (!/^\d+$/.test(pid)) return undefined;
  return (await birthOf(Number(pid))) === birth ? Number(pid) : undefined;
}

/**
 * When a process began, in clock ticks since boot: with it, a number that was given again is no
 * mistake.
 */
async function birthOf(pid: number): Promise<string> {
  const STARTTIME_AFTER_COMMAND = 19;
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The command's name, in parentheses, may itself hold spaces and parentheses.
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
  return fields[STARTTIME_AFTER_COMMAND] ?? 'gone';
}
