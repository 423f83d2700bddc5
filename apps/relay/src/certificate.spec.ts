import { X509Certificate } from 'node:crypto';
import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '#testing';
import { certificateFiles, readPair } from './certificate.ts';

describe('the TLS pair', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;

  beforeEach(async () => {
    directory = await temporaryDirectory();
  });

  afterEach(() => directory.remove());

  const selfMade = () =>
    certificateFiles({
      certificateFile: undefined,
      keyFile: undefined,
      dataDirectory: directory.path,
    });

  it('is made at the first start, for this machine, with a key that only we can read', async () => {
    const files = await selfMade();
    const { certificate } = await readPair(files);
    const { subjectAltName, validTo } = new X509Certificate(certificate);
    expect(subjectAltName).toContain('localhost');
    expect(new Date(validTo).getFullYear()).toBeGreaterThan(new Date().getFullYear());
    expect((await stat(files.keyFile)).mode & 0o777).toBe(0o600);
  });

  it('stays the same at the next start, and is made anew when a half of it is gone', async () => {
    const files = await selfMade();
    const first = await readPair(files);
    expect(await readPair(await selfMade())).toEqual(first);
    await rm(files.keyFile);
    const second = await readPair(await selfMade());
    expect(second.certificate).not.toBe(first.certificate);
  });

  it('that the operator named is used as it is', async () => {
    const files = { certificateFile: '/a/cert.pem', keyFile: '/a/key.pem' };
    expect(await certificateFiles({ ...files, dataDirectory: directory.path })).toEqual(files);
  });

  it('whose halves do not belong together cannot be used, and it says so', async () => {
    const files = await selfMade();
    const { privateKey } = await readPair(files);
    await rm(files.certificateFile);
    await selfMade();
    const other = join(directory.path, 'other.pem');
    await writeFile(other, privateKey);
    await expect(readPair({ ...files, keyFile: other })).rejects.toMatchObject({
      code: 'CERTIFICATE_UNUSABLE',
      message: expect.stringMatching(/^The TLS pair .* does not belong to the certificate\.$/),
    });
  });
});
