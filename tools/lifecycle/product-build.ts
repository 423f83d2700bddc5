import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildStep } from './build-step.ts';
import { buildDashboardWhenStale } from './dashboard-build.ts';
import { sourcesHash } from './sources-hash.ts';

const SOURCE_FOLDERS = ['apps', 'libs', 'prisma'];
const SOURCE_FILES = ['nest-cli.json', 'package-lock.json', 'package.json', 'tsconfig.json'];

/** Builds apps and dashboard into `dist` unless the sources are those of the last build. */
export async function buildWhenStale(
  repository: string,
  say: (line: string) => void,
): Promise<void> {
  const generate = ['tools/generate-client.ts'];
  await buildStep('the database client', repository, generate);
  const stampFile = join(repository, 'dist', 'build-stamp');
  const built = await readFile(stampFile, 'utf8').catch(() => '');
  if (built !== (await sourcesHash(repository, SOURCE_FOLDERS, SOURCE_FILES))) {
    say('building');
    const nest = ['node_modules/@nestjs/cli/bin/nest.js', 'build', '--all'];
    await buildStep('the apps', repository, nest);
    await writeDocument(repository);
    await mkdir(join(repository, 'dist'), { recursive: true });
    // Now, since the client's types are made by the build and stand among the sources.
    const sources = await sourcesHash(repository, SOURCE_FOLDERS, SOURCE_FILES);
    await writeFile(stampFile, sources);
  }
  await buildDashboardWhenStale(repository, say);
}

/** What the API that was just built says of itself, and the types that are made of it. */
async function writeDocument(repository: string): Promise<void> {
  const made = join(repository, 'dist', 'openapi.json');
  const entry = join(repository, 'dist', 'apps', 'api', 'src', 'write-openapi.js');
  await buildStep('the API document', repository, [entry, made]);
  // Not at the top: it loads a compiler, which a start without a build does not need.
  const client = await import('./api-client.ts');
  const document = await readFile(made, 'utf8');
  await client.writeWhenChanged(join(repository, client.DOCUMENT_FILE), document);
  const types = await client.clientTypes(document);
  await client.writeWhenChanged(join(repository, client.CLIENT_FILE), types);
}
