import { lastLine, runProgram } from './run-program.ts';

const INSTALL_WITHIN_MS = 900_000;
const ASK_WITHIN_MS = 10_000;

/** Installs Debian packages, where we may; gives undefined when done, else the reason. */
export async function installPackages(packages: readonly string[]): Promise<string | undefined> {
  const root = await rootCommand();
  if (root === undefined) return 'neither root nor sudo without a password';
  const apt = [...root, 'env', 'DEBIAN_FRONTEND=noninteractive', 'LC_ALL=C', 'apt-get', '-q', '-y'];
  const run = (...parameters: string[]) => {
    const [program = '', ...rest] = [...apt, ...parameters];
    return runProgram(program, rest, { deadlineMs: INSTALL_WITHIN_MS });
  };
  const install = ['install', '--no-install-recommends', ...packages];
  let result = await run(...install);
  if (result.code !== 0) {
    await run('update');
    result = await run(...install);
  }
  return result.code === 0 ? undefined : lastLine(result.stderr);
}

/** What to put before a command that needs root; undefined where we cannot become root. */
async function rootCommand(): Promise<readonly string[] | undefined> {
  if (process.getuid?.() === 0) return [];
  const sudo = await runProgram('sudo', ['-n', 'true'], { deadlineMs: ASK_WITHIN_MS });
  return sudo.code === 0 ? ['sudo', '-n'] : undefined;
}
