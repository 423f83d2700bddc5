import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SpliceRun } from '#testing';
import { NginxRtmp, waitFor } from '#testing';
import { Forkcast } from './forkcast.ts';
import { checkSpliced } from './recordings.ts';
import { Scene } from './scene.ts';

/** By how much a recording may be longer or shorter than the time that it took. */
const DRIFT_MS_MAX = 200;

/** Each with a stream of its own, at the same time, as in life. */
describe.concurrent('a broadcast', () => {
  let forkcast: Forkcast;
  let nginx: NginxRtmp;

  beforeAll(async () => {
    forkcast = await Forkcast.start();
    nginx = await NginxRtmp.start(join(forkcast.directory, 'nginx'));
  });

  afterAll(async () => {
    await nginx.stop();
    await forkcast.close();
  });

  const open = (name: string, graceSeconds: number): Promise<Scene> =>
    Scene.open(forkcast, nginx, { name, graceSeconds });

  it('outlives its encoder, which was killed and is back after 5 s', async () => {
    const scene = await open('killed', 20);
    const first = await scene.encode();
    await scene.record(3);
    await first.kill();
    await scene.standing('grace');
    await passed(5000);
    await scene.encode();
    await scene.record(3);
    await scene.end();
    const { runs, driftMs } = await scene.check('plain');
    expect(sourcesOf(runs)).toEqual(['plain', 'plain']);
    expect(await scene.publishes()).toBe(1);
    expect(Math.abs(driftMs)).toBeLessThanOrEqual(DRIFT_MS_MAX);
  });

  it('is over when its encoder was away for longer than the grace', async () => {
    const scene = await open('gone', 2);
    const first = await scene.encode();
    await scene.record(2);
    await first.kill();
    await scene.standing('grace');
    await scene.standing('offline');
    expect(await scene.recordings()).toHaveLength(1);
    await scene.check('plain');
    await scene.encode('other');
    await scene.record(1);
    await scene.end();
    const [, second = 'none', ...more] = await scene.recordings();
    expect(more).toEqual([]);
    expect(sourcesOf((await checkSpliced(second, 'other')).runs)).toEqual(['other']);
    expect(await scene.publishes()).toBe(2);
  });

  it('goes on with another size of its picture', async () => {
    const scene = await open('resized', 20);
    const first = await scene.encode();
    await scene.record(3);
    await first.kill();
    await scene.standing('grace');
    await scene.encode('large');
    await scene.record(3);
    await scene.end();
    const { runs, driftMs } = await scene.check('plain', 'large');
    expect(sourcesOf(runs)).toEqual(['plain', 'large']);
    expect(await scene.publishes()).toBe(1);
    expect(Math.abs(driftMs)).toBeLessThanOrEqual(DRIFT_MS_MAX);
  });
});

/** Which sources were seen, in order; what was held between is none. */
function sourcesOf(runs: readonly SpliceRun[]): string[] {
  return runs.filter(({ kind }) => kind === 'source').map(({ source }) => source);
}

async function passed(ms: number): Promise<void> {
  const untilMs = performance.now() + ms;
  await waitFor(`${ms} ms are over`, () => performance.now() >= untilMs, ms + 1000);
}
