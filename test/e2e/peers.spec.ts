import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  assertDecodes,
  assertRisingTimestamps,
  frameHashes,
  lastRecorded,
  longestPauseMs,
  makeTestCertificates,
  matchFrames,
  mediaLengthMs,
  mediaSource,
  NginxRtmp,
  openTlsFront,
  probePackets,
  publishWithFfmpeg,
  temporaryDirectory,
  watchResources,
} from '#testing';

/** Proof of the measuring instrument: without the product in between, every check must hold. */
describe('ffmpeg straight to nginx', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;

  beforeEach(async () => {
    directory = await temporaryDirectory();
  });

  afterEach(() => directory.remove());

  it('records the frames of the source, also through TLS', async () => {
    const allClosed = watchResources();
    const nginx = await NginxRtmp.start(directory.path);
    const front = await openTlsFront(nginx.port, await makeTestCertificates());
    const file = await mediaSource();
    const url = `rtmps://localhost:${front.port}/live/key`;
    const publisher = publishWithFfmpeg({ url, file, seconds: 5 });
    expect(await publisher.ended).toEqual({ code: 0, signal: null });
    await front.close();
    await nginx.stop();
    const [recording = ''] = await nginx.recordings();
    for (const medium of ['video', 'audio'] as const) {
      const [source, recorded] = await Promise.all([
        frameHashes(file, medium),
        frameHashes(recording, medium),
      ]);
      expect(matchFrames(source, recorded, medium).firstFrame).toBe(0);
      const broken = recorded.with(10, 'other');
      expect(() => matchFrames(source, broken, medium)).toThrow('frame 10');
      expect(() => matchFrames(source, recorded.toSpliced(10, 1), medium)).toThrow('frame 10');
    }
    const packets = await probePackets(recording);
    assertRisingTimestamps(packets);
    expect(() => assertRisingTimestamps([...packets, ...packets])).toThrow('is at 0 ms, after');
    const lengthMs = mediaLengthMs(packets);
    const endMs = (await lastRecorded(recording))?.timestampMs ?? 0;
    // The last packet of a file is not the latest: sound and picture take turns.
    expect(lengthMs - endMs).toBeLessThan(50);
    expect(lengthMs).toBeGreaterThanOrEqual(endMs);
    expect(longestPauseMs(packets)).toBeLessThan(100);
    expect(longestPauseMs(packets.toSpliced(50, 60))).toBeGreaterThan(100);
    expect([await nginx.publishes('key'), await nginx.publishes('ke')]).toEqual([1, 0]);
    expect(await nginx.recordings('key')).toEqual([recording]);
    await allClosed();
  });

  it('tells a file that decodes silently from one that does not', async () => {
    const file = await mediaSource('other');
    await assertDecodes(file);
    const bytes = await readFile(file);
    // Where a picture is: its slice no longer says what comes next.
    const middle = Math.trunc(bytes.length / 2);
    bytes.fill(0xff, middle, middle + 2000);
    const broken = join(directory.path, 'broken.flv');
    await writeFile(broken, bytes);
    await expect(assertDecodes(broken)).rejects.toThrow(/decode|ffmpeg ended/);
  });
});
