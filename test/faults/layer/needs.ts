import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { clockLibrary } from '../../../tools/services/fault-programs.ts';
import { REPOSITORY } from '../../../tools/services/repository.ts';
import type { Need } from '../matrix/row.ts';

const run = promisify(execFile);

/** A command that succeeds, and leaves nothing, where the machine gives what is needed. */
const PROBES: Readonly<Record<Need, () => readonly [string, ...string[]]>> = {
  'network namespaces': () => ['unshare', '--net', 'ip', 'link', 'set', 'dev', 'lo', 'up'],
  'mount namespaces': () => ['unshare', '--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'],
  nft: () => ['unshare', '--net', 'nft', 'add', 'table', 'inet', 'probe'],
  prlimit: () => ['prlimit', '--nofile=64:64', 'true'],
  faketime: () => ['test', '-r', clockLibrary(REPOSITORY) ?? 'libfaketimeMT.so.1'],
};

const answers = new Map<Need, Promise<string | undefined>>();

/** Why this machine does not allow it, in one line; undefined where it does. Asked once. */
export function whyNot(need: Need): Promise<string | undefined> {
  const answer = answers.get(need) ?? probe(need);
  answers.set(need, answer);
  return answer;
}

/** The first need that is not met, and why. */
export async function firstUnmet(needs: readonly Need[]): Promise<string | undefined> {
  for (const need of needs) {
    const reason = await whyNot(need);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

async function probe(need: Need): Promise<string | undefined> {
  const [program, ...parameters] = PROBES[need]();
  try {
    await run(program, parameters);
    return undefined;
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message : String(thrown);
    const [line = ''] = said.split('\n').slice(said.includes('\n') ? 1 : 0);
    return `needs ${need}: ${line === '' ? said.split('\n')[0] : line}`;
  }
}
