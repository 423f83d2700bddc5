import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript';

/** What the API says of itself, and the types that the dashboard calls it with. Both are kept. */
export const DOCUMENT_FILE = join('docs', 'openapi.json');
export const CLIENT_FILE = join('apps', 'dashboard', 'src', 'lib', 'generated', 'api.ts');

const HEAD =
  '/**\n * Written by `npm run build` from docs/openapi.json; changes made here are lost.\n */\n';

/** The client's types for a document, in JSON. */
export async function clientTypes(document: string): Promise<string> {
  const nodes = await openapiTypes(JSON.parse(document) as OpenAPI3, {
    exportType: true,
    alphabetize: false,
    // A body may leave out what has a default; an answer says itself that it leaves out nothing.
    defaultNonNullable: false,
  });
  return HEAD + astToString(nodes);
}

/** Leaves a file alone that is so already. */
export async function writeWhenChanged(file: string, text: string): Promise<void> {
  if ((await readFile(file, 'utf8').catch(() => '')) === text) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
