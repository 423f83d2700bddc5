import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Need } from '../matrix/row.ts';

const run = promisify(execFile);

/** A command that succeeds, and leaves nothing, where the machine gives what is needed. */
const PROBES: Readonly<Record<Need, readonly [string, ...string[]]>> = {
  'network namespaces': ['unshare', '--net', 'true'],
  'mount namespaces': ['unshare', '--mount', 'true'],
  'control groups': ['test', '-w', '/sys/fs/cgroup'],
  nft: ['nft', '--version'],
  prlimit: ['prlimit', '--version'],
  faketime: ['faketime', '--version'],
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
  const [program, ...parameters] = PROBES[need];
  try {
    await run(program, parameters);
    return undefined;
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message : String(thrown);
    const [line = ''] = said.split('\n').slice(said.includes('\n') ? 1 : 0);
    return `needs ${need}: ${line === '' ? said.split('\n')[0] : line}`;
  }
}
