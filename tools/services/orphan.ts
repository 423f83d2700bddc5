import { readFile, readlink, realpath } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 20;

/**
 * Ends a server that a killed `npm start` left running in `directory`, so that its data has one
 * owner. Only a process that works in that very directory is touched: the number alone may belong
 * to a stranger by now.
 */
export async function endOrphan(
  pidFile: string,
  directory: string,
  signal: NodeJS.Signals,
  withinMs: number,
): Promise<'none' | 'ended'> {
  const text = await readFile(pidFile, 'utf8').catch(() => '');
  const pid = Number(text.split('\n', 1)[0]);
  if (!Number.isInteger(pid) || pid <= 1) return 'none';
  if (!(await worksIn(pid, directory))) return 'none';
  process.kill(pid, signal);
  const deadlineMs = performance.now() + withinMs;
  while (await worksIn(pid, directory)) {
    if (performance.now() > deadlineMs) process.kill(pid, 'SIGKILL');
    await delay(POLL_MS);
  }
  return 'ended';
}

async function worksIn(pid: number, directory: string): Promise<boolean> {
  try {
    const [actual, expected] = await Promise.all([
      readlink(`/proc/${pid}/cwd`),
      realpath(directory),
    ]);
    return actual === expected;
  } catch {
    // Gone, or another user's: not ours in both cases.
    return false;
  }
}
