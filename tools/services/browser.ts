import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartFault } from '../supervise/start-fault.ts';
import { installPackages } from './apt-install.ts';
import { findProgram } from './find-program.ts';
import { runProgram } from './run-program.ts';
import { packagesDirectory } from './system-programs.ts';

const DOWNLOAD_WITHIN_MS = 600_000;
const ASK_WITHIN_MS = 10_000;
const VERSION_WITHIN_MS = 30_000;
const NAMES = ['chromium', 'google-chrome', 'google-chrome-stable', 'chrome'];
const SHELL = /^(?:chrome-)?headless[-_]shell$/;

/**
 * A Chromium or Chrome on PATH that really runs. Ubuntu's `chromium` may be a note that asks for a
 * snap.
 */
export async function findBrowser(): Promise<string | undefined> {
  for (const name of NAMES) {
    const path = findProgram(name);
    if (path === undefined) continue;
    const version = await runProgram(path, ['--version'], { deadlineMs: VERSION_WITHIN_MS });
    if (version.code === 0) return path;
  }
  return undefined;
}

/**
 * Makes sure that `findBrowser` finds one: from the system's packages, or where those have none
 * (Ubuntu), the one that Playwright downloads.
 */
export async function provideBrowser(repository: string): Promise<void> {
  if ((await findBrowser()) !== undefined) return;
  process.stdout.write('forkcast: getting a browser for the tests (once)\n');
  if (await isPackaged()) await installPackages(['chromium']);
  if ((await findBrowser()) !== undefined) return;
  await downloadBrowser(repository, packagesDirectory(repository));
  if ((await findBrowser()) !== undefined) return;
  throw new StartFault(
    'PROGRAM_MISSING',
    'please install Google Chrome, or as root: apt-get install chromium (Debian)',
  );
}

async function isPackaged(): Promise<boolean> {
  const policy = await runProgram('apt-cache', ['policy', 'chromium'], {
    deadlineMs: ASK_WITHIN_MS,
    env: { ...process.env, LC_ALL: 'C' },
  });
  return !policy.stdout.includes('Candidate: (none)');
}

/** Puts the Chromium that belongs to the Playwright package into `directory`/bin as `chromium`. */
async function downloadBrowser(repository: string, directory: string): Promise<void> {
  const browsers = join(directory, 'browsers');
  const cli = join(repository, 'node_modules', 'playwright-core', 'cli.js');
  const asRoot = process.getuid?.() === 0 ? ['--with-deps'] : [];
  const parameters = [cli, 'install', ...asRoot, '--only-shell', 'chromium'];
  await runProgram(process.execPath, parameters, {
    deadlineMs: DOWNLOAD_WITHIN_MS,
    env: { ...process.env, PLAYWRIGHT_BROWSERS_PATH: browsers },
  });
  await mkdir(browsers, { recursive: true });
  const files = await readdir(browsers, { recursive: true, withFileTypes: true });
  const shell = files.find((file) => file.isFile() && SHELL.test(file.name));
  if (shell === undefined) return;
  const wrapper = join(directory, 'bin', 'chromium');
  await mkdir(join(directory, 'bin'), { recursive: true });
  await writeFile(wrapper, `#!/bin/sh\nexec '${join(shell.parentPath, shell.name)}' "$@"\n`);
  await chmod(wrapper, 0o755);
}
