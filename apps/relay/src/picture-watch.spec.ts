import { beforeEach, describe, expect, it } from 'vitest';
import { PICTURE_STALE_MS, PictureWatch } from './picture-watch.ts';
import { World } from './world.fixture.ts';

/** A writer whose newest picture is set by hand. */
class Scene {
  readonly world = new World();
  readonly seen: string[] = [];
  pictureAtMs: number | undefined = this.world.monotonicMs();
  framesPerSecond: number | null = 30;
  readonly watch = new PictureWatch({
    clock: this.world,
    timers: this.world,
    pictureAtMs: () => this.pictureAtMs,
    framesPerSecond: () => this.framesPerSecond,
    onStale: () => this.seen.push('stale'),
    onBack: () => this.seen.push('back'),
  });
}

let scene: Scene;

beforeEach(() => {
  scene = new Scene();
  scene.watch.set(true);
});

describe('a watch on pictures', () => {
  it('tells once that none came for a second, and once that they are back', async () => {
    const { world, seen } = scene;
    await world.pass(PICTURE_STALE_MS - 1);
    expect(seen).toEqual([]);
    await world.pass(1);
    expect(seen).toEqual(['stale']);
    await world.pass(5_000);
    scene.pictureAtMs = world.monotonicMs();
    await world.pass(250);
    expect(seen).toEqual(['stale', 'back']);
  });

  it('gives an encoder with few pictures its own time', async () => {
    scene.framesPerSecond = 1;
    await scene.world.pass(2_999);
    expect(scene.seen).toEqual([]);
    await scene.world.pass(1);
    expect(scene.seen).toEqual(['stale']);
  });

  it('has nothing to judge before the first picture, or of sound alone', async () => {
    scene.pictureAtMs = undefined;
    await scene.world.pass(60_000);
    expect(scene.seen).toEqual([]);
  });

  it('does not look while nobody else could go on', async () => {
    scene.watch.set(false);
    await scene.world.pass(60_000);
    expect(scene.seen).toEqual([]);
    scene.watch.set(true);
    await scene.world.pass(250);
    expect(scene.seen).toEqual(['stale']);
  });
});
