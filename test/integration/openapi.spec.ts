import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { documentAlone } from '../../apps/api/src/openapi/document-alone.ts';
import { CLIENT_FILE, clientTypes, DOCUMENT_FILE } from '../../tools/lifecycle/api-client.ts';
import { REPOSITORY } from '../../tools/services/repository.ts';

const kept = (file: string) => readFile(join(REPOSITORY, file), 'utf8');

let document: string;

beforeAll(async () => {
  document = `${JSON.stringify(await documentAlone(), null, 2)}\n`;
});

describe('after a change of the API, `npm run build` writes', () => {
  it('its document anew', async () => {
    expect((await kept(DOCUMENT_FILE)) === document, 'docs/openapi.json is up to date').toBe(true);
  });

  it('the client of the dashboard anew', async () => {
    const types = await clientTypes(document);
    expect((await kept(CLIENT_FILE)) === types, `${CLIENT_FILE} is up to date`).toBe(true);
  });
});
