import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { REPOSITORY } from '../services/repository.ts';
import type { KeptOutcomes } from './kept-outcomes.ts';
import { matrixPage } from './matrix-page.ts';
import { promisesPage } from './promises-page.ts';
import { readSoak } from './soak-facts.ts';

/** The pages that are made of the tables and of what was last seen, by their paths. */
export async function documentsOf(kept: KeptOutcomes): Promise<ReadonlyMap<string, string>> {
  const soak = await readSoak();
  const pages = [
    ['docs/faults.md', matrixPage(kept)],
    ['docs/promises.md', promisesPage({ kept, soak })],
  ] as const;
  const formatted = pages.map(
    async ([path, text]) => [path, await formattedAs(path, text)] as const,
  );
  return new Map(await Promise.all(formatted));
}

export async function writeDocuments(kept: KeptOutcomes): Promise<readonly string[]> {
  const documents = await documentsOf(kept);
  for (const [path, text] of documents) await writeFile(join(REPOSITORY, path), text);
  return [...documents.keys()];
}

async function formattedAs(path: string, text: string): Promise<string> {
  const filepath = join(REPOSITORY, path);
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}
