import { readFile } from 'node:fs/promises';
import { StartFault } from '../supervise/start-fault.ts';
import { runProgram } from './run-program.ts';

const ACCOUNT = 'postgres';
const DEADLINE_MS = 10_000;

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Who a program runs as: what goes before it on the command line, and the user that `spawn` changes
 * to.
 */
export interface RunAs {
  readonly command: (program: string, parameters: readonly string[]) => readonly [string, string[]];
  /** Empty when a wrapper in the command changes the user. */
  readonly identity: Partial<Account>;
}

/**
 * Postgres refuses to run as root. Started by root, it runs as the system user `postgres` (made if
 * missing); by anyone else, as that person: then there is no account.
 */
export async function databaseAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  return (await findAccount()) ?? (await createAccount());
}

/**
 * How a program is run as `account`. Where that user may not walk to `paths` (a clone in /root,
 * say), it gets the one right to walk and read, so that the data can stay in the data directory.
 */
export async function runAs(
  account: Account | undefined,
  paths: readonly string[],
): Promise<RunAs> {
  if (account === undefined || (await everyPathReachable(account, paths))) {
    return { command: (program, rest) => [program, [...rest]], identity: account ?? {} };
  }
  const capability = await walkingCapability();
  const wrapper = [
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    `--inh-caps=+${capability}`,
    `--ambient-caps=+${capability}`,
    // Without this bit access(2), by which initdb looks for its programs, leaves the right out of
    // account.
    '--securebits=+no_setuid_fixup',
    '--',
  ];
  return {
    command: (program, rest) => ['setpriv', [...wrapper, program, ...rest]],
    identity: {},
  };
}

async function findAccount(): Promise<Account | undefined> {
  const accounts = await readFile('/etc/passwd', 'utf8');
  const line = accounts.split('\n').find((each) => each.startsWith(`${ACCOUNT}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

async function createAccount(): Promise<Account> {
  const parameters = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent'];
  const shell = ['--shell', '/usr/sbin/nologin'];
  await runProgram('useradd', [...parameters, ...shell, ACCOUNT], { deadlineMs: DEADLINE_MS });
  const owner = await findAccount();
  if (owner !== undefined) return owner;
  throw new StartFault(
    'PROGRAM_MISSING',
    `Postgres cannot run as root and the user ${ACCOUNT} could not be made: ` +
      'start as another user, or set DATABASE_URL',
  );
}

async function everyPathReachable(account: Account, paths: readonly string[]): Promise<boolean> {
  const options = { deadlineMs: DEADLINE_MS, cwd: '/', ...account };
  const probes = paths.map((path) => runProgram('/usr/bin/test', ['-r', path], options));
  return (await Promise.all(probes)).every((probe) => probe.code === 0);
}

/** The narrower right if this container has it to give, else the wider one. */
async function walkingCapability(): Promise<'dac_read_search' | 'dac_override'> {
  const DAC_READ_SEARCH_BIT = 2n;
  const status = await readFile('/proc/self/status', 'utf8');
  const bounding = BigInt(`0x${/^CapBnd:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`);
  return (bounding >> DAC_READ_SEARCH_BIT) & 1n ? 'dac_read_search' : 'dac_override';
}
