import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { runProgram } from '../services/run-program.ts';
import { StartFault } from '../supervise/start-fault.ts';
import { CLIENT_FILE, clientTypes, DOCUMENT_FILE, writeWhenChanged } from './api-client.ts';

const STEP_WITHIN_MS = 300_000;
const SOURCE_FOLDERS = ['apps', 'libs', 'prisma'];
const SOURCE_FILES = ['nest-cli.json', 'package-lock.json', 'package.json', 'tsconfig.json'];

/** Builds apps and dashboard into `dist` unless the sources are those of the last build. */
export async function buildWhenStale(
  repository: string,
  say: (line: string) => void,
): Promise<void> {
  const generate = ['tools/generate-client.ts'];
  await step('the database client', repository, generate);
  const stampFile = join(repository, 'dist', 'build-stamp');
  const built = await readFile(stampFile, 'utf8').catch(() => '');
  if (built === (await sourcesHash(repository))) return;
  say('building');
  await step('the apps', repository, ['node_modules/@nestjs/cli/bin/nest.js', 'build', '--all']);
  await writeDocument(repository);
  if (existsSync(join(repository, 'apps', 'dashboard', 'vite.config.ts'))) {
    const vite = ['node_modules/vite/bin/vite.js', 'build', 'apps/dashboard'];
    await step('the dashboard', repository, [...vite, '--logLevel', 'warn']);
  }
  await mkdir(join(repository, 'dist'), { recursive: true });
  // Now, since the client's types are made by the build and stand among the sources.
  await writeFile(stampFile, await sourcesHash(repository));
}

/** What the API that was just built says of itself, and the types that are made of it. */
async function writeDocument(repository: string): Promise<void> {
  const made = join(repository, 'dist', 'openapi.json');
  const entry = join(repository, 'dist', 'apps', 'api', 'src', 'write-openapi.js');
  await step('the API document', repository, [entry, made]);
  const document = await readFile(made, 'utf8');
  await writeWhenChanged(join(repository, DOCUMENT_FILE), document);
  await writeWhenChanged(join(repository, CLIENT_FILE), await clientTypes(document));
}

async function step(what: string, repository: string, parameters: string[]): Promise<void> {
  const result = await runProgram(process.execPath, parameters, {
    cwd: repository,
    deadlineMs: STEP_WITHIN_MS,
  });
  if (result.code === 0) return;
  const output = `${result.stdout}\n${result.stderr}`.trim();
  process.stderr.write(`${output}\n`);
  throw new StartFault('BUILD_FAILED', `${what} could not be built, for the reason above`);
}

/** By content, not by date: a checkout gives every file a new date. */
async function sourcesHash(repository: string): Promise<string> {
  const folders = await Promise.all(
    SOURCE_FOLDERS.map((folder) => filesIn(join(repository, folder))),
  );
  const files = [...folders.flat(), ...SOURCE_FILES.map((file) => join(repository, file))].sort();
  const contents = await Promise.all(files.map((file) => readFile(file)));
  const hash = createHash('sha256');
  for (const [index, file] of files.entries()) {
    hash.update(`${relative(repository, file)}\0`).update(contents[index] ?? '');
  }
  return hash.digest('hex');
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}
