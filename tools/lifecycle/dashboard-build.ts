import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildStep } from './build-step.ts';
import { packFiles } from './packed-files.ts';
import { sourcesHash } from './sources-hash.ts';

const SOURCE_FOLDERS = ['apps/dashboard', 'libs/contracts', 'libs/control'];
const SOURCE_FILES = [
  'package-lock.json',
  'package.json',
  'tools/lifecycle/dashboard-build.ts',
  'tools/lifecycle/packed-files.ts',
  'tsconfig.json',
];
/** Stands in the folder that it speaks of. Files that begin with a dot are not served. */
const STAMP_FILE = '.build-stamp';

/**
 * Builds the dashboard into `dist/dashboard` unless what stands there was made of these sources.
 * A process of its own: NODE_ENV decides which React is built in, and a test's is not the
 * product's. The folder is replaced whole, so that nobody meets half a build.
 */
export async function buildDashboardWhenStale(
  repository: string,
  say: (line: string) => void,
): Promise<void> {
  const folder = join(repository, 'dist', 'dashboard');
  const made = await sourcesHash(repository, SOURCE_FOLDERS, SOURCE_FILES);
  const built = await readFile(join(folder, STAMP_FILE), 'utf8').catch(() => '');
  if (built === made) return;
  say('building the dashboard');
  const [next, last] = [`${folder}-next-${process.pid}`, `${folder}-last-${process.pid}`];
  try {
    const vite = ['node_modules/vite/bin/vite.js', 'build', 'apps/dashboard'];
    const parameters = [...vite, '--logLevel', 'warn', '--outDir', next];
    const env = { ...process.env, NODE_ENV: 'production' };
    await buildStep('the dashboard', repository, parameters, env);
    await packFiles(next);
    await writeFile(join(next, STAMP_FILE), made);
    await rename(folder, last).catch(unless('ENOENT'));
    // It is there again when somebody else built at the same time, of the same sources.
    await rename(next, folder).catch(unless('ENOTEMPTY'));
  } finally {
    await Promise.all([next, last].map((each) => rm(each, { recursive: true, force: true })));
  }
}

function unless(code: string): (thrown: unknown) => void {
  return (thrown) => {
    if ((thrown as NodeJS.ErrnoException).code !== code) throw thrown;
  };
}
