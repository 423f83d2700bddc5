import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SpliceRun, StreamWish } from '#testing';
import { longestPauseMs, mediaSource, NginxRtmp, waitFor } from '#testing';
import { Forkcast } from './forkcast.ts';
import { PersistentEncoder } from './persistent-encoder.ts';
import { checkSpliced } from './recordings.ts';
import type { SplicedRecording, Variant } from './recordings.ts';
import { Scene } from './scene.ts';

/** By how much a recording may be longer or shorter than the time that it took. */
const DRIFT_MS_MAX = 200;
/** A destination that hears nothing for long gives up: the hold leaves no such pause. */
const PAUSE_MS_MAX = 1000;
/** From the loss of an input until the other one writes: it has a keyframe every 2 s. */
const SWITCH_MS_MAX = 4000;
const FRAMES_PER_SECOND = 30;

/** Each with a stream of its own, at the same time, as in life. */
describe.concurrent('a broadcast', () => {
  let forkcast: Forkcast;
  let nginx: NginxRtmp;

  beforeAll(async () => {
    const variants = ['plain', 'other', 'large'] as const;
    [forkcast] = await Promise.all([
      Forkcast.start(),
      ...variants.map((name) => mediaSource(name)),
    ]);
    nginx = await NginxRtmp.start(join(forkcast.directory, 'nginx'));
  });

  afterAll(async () => {
    await nginx.stop();
    await forkcast.close();
  });

  const open = (name: string, settings: Partial<StreamWish> = {}): Promise<Scene> =>
    Scene.open(forkcast, nginx, { name, graceSeconds: 20, ...settings });

  /** One connection, one recording without a fault, as long as it took, and never silent. */
  async function checkUnbroken(scene: Scene, ...variants: Variant[]): Promise<SplicedRecording> {
    const { driftMs, ...recording } = await scene.check(...variants);
    expect(await scene.publishes()).toBe(1);
    expect(Math.abs(driftMs)).toBeLessThanOrEqual(DRIFT_MS_MAX);
    expect(longestPauseMs(recording.packets)).toBeLessThanOrEqual(PAUSE_MS_MAX);
    return recording;
  }

  it('outlives its encoder, which was killed and is back after 5 s', async () => {
    const scene = await open('killed');
    const first = await scene.encode();
    await scene.record(3);
    await first.kill();
    await scene.standing('grace');
    await passed(5000);
    await scene.encode();
    await scene.standing('live');
    await scene.record(3);
    await scene.end();
    const { runs } = await checkUnbroken(scene, 'plain');
    expect(sourcesOf(runs)).toEqual(['plain', 'plain']);
    expect(heldMsOf(runs)).toBeGreaterThan(4500);
  });

  it('is over when its encoder was away for longer than the grace', async () => {
    const scene = await open('gone', { graceSeconds: 2 });
    const first = await scene.encode();
    await scene.record(2);
    await first.kill();
    await scene.standing('grace');
    await scene.standing('offline');
    await checkUnbroken(scene, 'plain');
    await scene.encode('other');
    await scene.record(1);
    await scene.end();
    const [, second = 'none', ...more] = await scene.recordings();
    expect(more).toEqual([]);
    expect(sourcesOf((await checkSpliced(second, 'other')).runs)).toEqual(['other']);
    expect(await scene.publishes()).toBe(2);
  });

  it('outlives an encoder that freezes for 5 s and keeps its connection', async () => {
    const scene = await open('frozen');
    const encoder = await scene.encode();
    await scene.record(3);
    encoder.signal('SIGSTOP');
    await scene.standing('grace');
    await passed(1500);
    encoder.signal('SIGCONT');
    await scene.standing('live');
    await scene.record(3);
    await scene.end();
    const { runs } = await checkUnbroken(scene, 'plain');
    expect(sourcesOf(runs)).toEqual(['plain', 'plain']);
  });

  it('goes on with another size of its picture', async () => {
    const scene = await open('resized');
    const first = await scene.encode();
    await scene.record(3);
    await first.kill();
    await scene.standing('grace');
    await scene.encode('large');
    await scene.standing('live');
    await scene.record(3);
    await scene.end();
    const { runs } = await checkUnbroken(scene, 'plain', 'large');
    expect(sourcesOf(runs)).toEqual(['plain', 'large']);
  });

  it('goes on with its backup when the primary is killed, and back when it is asked', async () => {
    const scene = await open('backed-up');
    const primary = await scene.encode('plain', 'primary');
    await scene.record(2);
    await scene.encode('other', 'backup');
    await scene.connected('backup');
    await scene.record(1);
    await primary.kill();
    await scene.active('backup');
    await scene.record(2);
    await scene.encode('plain', 'primary');
    await scene.connected('primary');
    await scene.record(2);
    await scene.active('backup');
    await forkcast.api.switchInput(scene.stream.id, 'primary');
    await scene.active('primary');
    await scene.record(2);
    await scene.end();
    const { runs } = await checkUnbroken(scene, 'plain', 'other');
    expect(sourcesOf(runs)).toEqual(['plain', 'other', 'plain']);
    expect(heldMsOf(runs)).toBeLessThanOrEqual(SWITCH_MS_MAX);
  });

  it('is one broadcast though two encoders fight over its key', async () => {
    const scene = await open('fought-over');
    const url = forkcast.publishUrl(scene.stream);
    const files = await Promise.all([mediaSource('plain'), mediaSource('other')]);
    const encoders = files.map((file) => new PersistentEncoder({ url, file }, 1000));
    await scene.record(10);
    await Promise.all(encoders.map((encoder) => encoder.stop()));
    await scene.end();
    const { runs } = await checkUnbroken(scene, 'plain', 'other');
    expect(new Set(sourcesOf(runs))).toEqual(new Set(['plain', 'other']));
  });
});

/** Which sources were seen, in order; what was held between is none. */
function sourcesOf(runs: readonly SpliceRun[]): string[] {
  return runs.filter(({ kind }) => kind === 'source').map(({ source }) => source);
}

/** For how long a picture was held, in all. */
function heldMsOf(runs: readonly SpliceRun[]): number {
  const frames = runs.map((run) => (run.kind === 'held' ? run.frames : 0));
  return (frames.reduce((sum, count) => sum + count, 0) / FRAMES_PER_SECOND) * 1000;
}

async function passed(ms: number): Promise<void> {
  const untilMs = performance.now() + ms;
  await waitFor(`${ms} ms are over`, () => performance.now() >= untilMs, ms + 1000);
}
