import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lastRecorded } from './recording-end.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const FILE_HEADER = Buffer.from('464c5601050000000900000000', 'hex');

function tag(timestampMs: number, dataBytes: number): Buffer {
  const bytes = Buffer.alloc(11 + dataBytes + 4, 7);
  bytes[0] = 9;
  bytes.writeUIntBE(dataBytes, 1, 3);
  bytes.writeUIntBE(timestampMs & 0xff_ffff, 4, 3);
  bytes[7] = timestampMs >>> 24;
  bytes.writeUIntBE(0, 8, 3);
  bytes.writeUInt32BE(11 + dataBytes, 11 + dataBytes);
  return bytes;
}

describe('the end of a recording', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let file: string;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    file = join(directory.path, 'recording.flv');
  });

  afterEach(() => directory.remove());

  it('is the time of its last tag, and when that was written', async () => {
    const fromMs = Date.now() - 1000;
    await writeFile(file, Buffer.concat([FILE_HEADER, tag(40, 20), tag(80, 9)]));
    expect((await lastRecorded(file))?.timestampMs).toBe(80);
    await appendFile(file, tag(2 ** 24 + 3, 100));
    const end = await lastRecorded(file);
    expect(end?.timestampMs).toBe(2 ** 24 + 3);
    expect(end?.writtenAtMs).toBeGreaterThan(fromMs);
    expect(end?.writtenAtMs).toBeLessThan(Date.now() + 1000);
  });

  it('is not known before a tag is whole', async () => {
    await writeFile(file, FILE_HEADER);
    expect(await lastRecorded(file)).toBeUndefined();
    await writeFile(file, Buffer.concat([FILE_HEADER, tag(40, 20), tag(80, 20).subarray(0, -5)]));
    expect(await lastRecorded(file)).toBeUndefined();
  });
});
