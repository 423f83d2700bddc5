import { beforeAll, describe, expect, it } from 'vitest';
import type { OpenAPIObject } from '@nestjs/swagger';
import { documentAlone } from './document-alone.ts';

let document: OpenAPIObject;

beforeAll(async () => {
  document = await documentAlone();
});

const operations = () =>
  Object.values(document.paths).flatMap((item) =>
    (['get', 'put', 'post', 'patch', 'delete'] as const).flatMap((method) => item[method] ?? []),
  );

describe('the document of the API', () => {
  it('is the same each time', async () => {
    expect(await documentAlone()).toEqual(document);
  });

  it('names each call once', () => {
    const names = operations().map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  it('says of each call who may make it', () => {
    const open = operations()
      .filter(({ security }) => security?.length === 0)
      .map(({ operationId }) => operationId);
    expect(open).toEqual(expect.arrayContaining(['createSession', 'getSetup', 'createSetup']));
    for (const { operationId, security } of operations()) {
      expect([operationId, security?.length]).toEqual([
        operationId,
        open.includes(operationId) ? 0 : 2,
      ]);
    }
  });

  it('has a secret in no answer but the one that shows it to who has just made it', () => {
    const found = new Set<string>();
    for (const { responses } of operations()) {
      for (const [status, answer] of Object.entries(responses)) {
        if (!status.startsWith('2')) continue;
        const text = JSON.stringify(answer);
        for (const [, name = ''] of text.matchAll(/schemas\/(\w+)/g)) secretsOf(name, found);
      }
    }
    expect([...found].toSorted()).toEqual([
      'ChangedIngestRules.authoriseSecret',
      // What its caller has just sent.
      'DestinationSplit.streamKey',
      'NewApiToken.token',
      'PublishUrl.streamKey',
      'RotatedKey.streamKey',
      'StreamWithKey.backupStreamKey',
      'StreamWithKey.streamKey',
      'WebhookWithSecret.secret',
    ]);
  });

  it('has an example of each body and each answer in JSON', () => {
    for (const { operationId, requestBody, responses } of operations()) {
      for (const part of [requestBody, ...Object.values(responses)]) {
        const media = part !== undefined && 'content' in part && part.content?.['application/json'];
        if (media) expect([operationId, Object.keys(media)]).toEqual([operationId, WITH_EXAMPLE]);
      }
    }
  });
});

const WITH_EXAMPLE = expect.arrayContaining([expect.stringMatching(/^examples?$/)]) as string[];

const SECRET = /"(streamKey|backupStreamKey|\w*[sS]ecret|\w*[tT]oken|password|sealed\w*)":\{/g;

/** Names of secrets among the fields of a component, whatever stands between. */
function secretsOf(name: string, found: Set<string>): void {
  const text = JSON.stringify(document.components?.schemas?.[name] ?? {});
  for (const [, field = ''] of text.matchAll(SECRET)) found.add(`${name}.${field}`);
  for (const [, inner = ''] of text.matchAll(/schemas\/(\w+)/g)) {
    if (inner !== name) secretsOf(inner, found);
  }
}
