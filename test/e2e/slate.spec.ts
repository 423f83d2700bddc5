import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  assertDecodes,
  assertRisingTimestamps,
  frameHashes,
  mediaSource,
  NginxRtmp,
  probePackets,
  RunningProgram,
  waitFor,
} from '#testing';
import { Forkcast } from './forkcast.ts';
import { Scene } from './scene.ts';

const WITHIN_MS = 30_000;
/** Of the slate in the recording, at least; it stands for longer. */
const SLATE_PICTURES = 60;

let forkcast: Forkcast;
let nginx: NginxRtmp;

beforeAll(async () => {
  [forkcast] = await Promise.all([Forkcast.start(), mediaSource('plain')]);
  nginx = await NginxRtmp.start(join(forkcast.directory, 'nginx'));
});

afterAll(async () => {
  await nginx.stop();
  await forkcast.close();
});

async function picture(): Promise<Buffer<ArrayBuffer>> {
  const source = ['-f', 'lavfi', '-i', 'smptebars=size=400x300', '-frames:v', '1'];
  const file = join(forkcast.directory, 'slate.png');
  const ffmpeg = new RunningProgram('ffmpeg', ['-nostdin', '-v', 'error', ...source, file]);
  await ffmpeg.ended;
  return readFile(file);
}

/** The longest run of one picture. */
function longestRun(hashes: readonly string[]): { readonly hash: string; readonly length: number } {
  let longest = { hash: '', length: 0 };
  let run = { hash: '', length: 0 };
  for (const hash of hashes) {
    run = { hash, length: run.hash === hash ? run.length + 1 : 1 };
    if (run.length > longest.length) longest = run;
  }
  return longest;
}

describe('a stream with a slate', () => {
  it('shows it while its encoder is away, in one connection', async () => {
    const scene = await Scene.open(forkcast, nginx, { name: 'slate', graceSeconds: 30 });
    await forkcast.api.putSlate(scene.stream.id, await picture());
    const first = await scene.encode();
    await scene.record(1);
    const coded = () => readdir(join(forkcast.directory, 'data', 'slates')).catch(() => []);
    await waitFor('the slate is coded', async () => (await coded()).length === 1, WITHIN_MS);
    await first.kill();
    await scene.standing('grace');
    const held = async () => (await forkcast.api.status(scene.stream.id)).hold;
    const hold = await waitFor('the hold stands', held, WITHIN_MS);
    expect(hold).toMatchObject({ picture: 'slate', reason: '' });
    await scene.record(4);
    await scene.encode();
    await scene.standing('live');
    await scene.record(2);
    await scene.end();
    expect(await scene.publishes()).toBe(1);
    const [recording = 'none'] = await scene.recordings();
    await assertDecodes(recording);
    assertRisingTimestamps(await probePackets(recording));
    const shown = await frameHashes(recording, 'video');
    const source = new Set(await frameHashes(await mediaSource('plain'), 'video'));
    const { hash, length } = longestRun(shown);
    expect(length).toBeGreaterThan(SLATE_PICTURES);
    expect(source.has(hash)).toBe(false);
    // All but the slate are pictures of the encoder's.
    expect(shown.filter((each) => each !== hash && !source.has(each))).toEqual([]);
  });
});
