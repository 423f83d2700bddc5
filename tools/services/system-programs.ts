import { delimiter, join } from 'node:path';
import { StartFault } from '../supervise/start-fault.ts';
import { installPackages } from './apt-install.ts';
import { findProgram } from './find-program.ts';
import { unpackPrograms } from './unpacked-programs.ts';

/** Where Debian keeps servers; not on everybody's PATH. */
const SERVER_DIRECTORIES = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** A program that npm does not have, by the Debian and Ubuntu packages it comes in. */
export interface SystemProgram {
  readonly name: string;
  readonly packages: readonly string[];
  /**
   * `unpacked`: into our own directory, with or without root, because installing the package would
   * start a service on the machine. `installed`: by apt-get, where we may.
   */
  readonly way: 'unpacked' | 'installed';
  /** Path inside the package, for `unpacked`. */
  readonly path: string;
}

export const REDIS: SystemProgram = {
  name: 'redis-server',
  packages: ['redis-server'],
  way: 'unpacked',
  path: 'usr/bin/redis-server',
};

/** The demo's encoder, and the tests'. */
export const FFMPEG: SystemProgram = {
  name: 'ffmpeg',
  packages: ['ffmpeg'],
  way: 'installed',
  path: '',
};

const NGINX: SystemProgram = {
  name: 'nginx',
  packages: ['libnginx-mod-rtmp', 'nginx'],
  way: 'unpacked',
  path: 'usr/sbin/nginx',
};

const STUNNEL: SystemProgram = {
  name: 'stunnel4',
  packages: ['stunnel4'],
  way: 'unpacked',
  path: 'usr/bin/stunnel4',
};

/** What the end-to-end tests talk to. */
export const TEST_PROGRAMS: readonly SystemProgram[] = [NGINX, FFMPEG];

/** What the benchmark compares with. */
export const BENCH_PROGRAMS: readonly SystemProgram[] = [NGINX, FFMPEG, STUNNEL];

/** Where programs are kept that are unpacked or downloaded instead of installed. */
export function packagesDirectory(repository: string): string {
  return join(repository, '.forkcast', 'packages');
}

/**
 * Makes each program findable on PATH (this process' own, which its children inherit), getting what
 * is missing. Throws a StartFault that says in one line what to install when it may not.
 */
export async function providePrograms(
  programs: readonly SystemProgram[],
  repository: string,
): Promise<void> {
  const directory = packagesDirectory(repository);
  const own = join(directory, 'bin');
  process.env['PATH'] = [process.env['PATH'] ?? '', ...SERVER_DIRECTORIES, own].join(delimiter);
  const missing = programs.filter((program) => findProgram(program.name) === undefined);
  if (missing.length === 0) return;
  const names = missing.map((program) => program.name).join(', ');
  if (findProgram('apt-get') === undefined) throw mustInstall(missing, 'no apt-get here');
  process.stdout.write(`forkcast: getting ${names} from the system's packages (once)\n`);
  for (const program of missing.filter((each) => each.way === 'unpacked')) {
    const { packages, name, path } = program;
    const reason = await unpackPrograms({ packages, programs: { [name]: path }, directory });
    if (reason !== undefined) throw mustInstall([program], reason);
  }
  const installed = missing.filter((each) => each.way === 'installed');
  if (installed.length === 0) return;
  const reason = await installPackages(installed.flatMap((program) => program.packages));
  if (reason !== undefined) throw mustInstall(installed, reason);
}

function mustInstall(programs: readonly SystemProgram[], reason: string): StartFault {
  const packages = programs.flatMap((program) => program.packages).join(' ');
  const command = `apt-get install --no-install-recommends ${packages}`;
  return new StartFault('PROGRAM_MISSING', `please run as root: ${command} (${reason})`);
}
