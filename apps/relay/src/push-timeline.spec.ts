import { beforeEach, describe, expect, it } from 'vitest';
import { RelayUnderTest } from './relay-under-test.fixture.ts';

let scene: RelayUnderTest;

beforeEach(() => {
  scene = new RelayUnderTest();
  scene.addStream('key', 1);
});

const kindsOf = () =>
  scene.records.map(({ kind }) => kind).filter((kind) => kind.startsWith('attempt-'));

describe('the history of an attempt', () => {
  it('knows since when it is live as soon as it is', async () => {
    await scene.goLive('key');
    await scene.world.pass(300);
    expect(kindsOf()).toEqual(['attempt-started']);
    await scene.acceptAll();
    expect(kindsOf()).toEqual(['attempt-started', 'attempt-published']);
    const [started] = scene.recordsOf('attempt-started');
    const [published] = scene.recordsOf('attempt-published');
    expect(published?.id).toBe(started?.id);
    expect(Date.parse(published?.at ?? '')).toBeGreaterThan(Date.parse(started?.at ?? ''));
  });

  it('says the same at its end', async () => {
    await scene.goLive('key');
    const [attempt] = await scene.acceptAll();
    if (attempt === undefined) throw new Error('nothing is dialled');
    await scene.world.pass(5_000);
    scene.lanes.end(attempt, 'RESET_BY_PEER');
    await scene.world.pass(5);
    const [published] = scene.recordsOf('attempt-published');
    expect(published).toBeDefined();
    expect(scene.recordsOf('attempt-ended')).toMatchObject([
      { id: published?.id, publishedAt: published?.at },
    ]);
  });

  it('has no word of a publish that was never accepted', async () => {
    await scene.goLive('key');
    await scene.world.pass(300);
    const [attempt] = scene.lanes.liveAttempts;
    if (attempt === undefined) throw new Error('nothing is dialled');
    scene.lanes.end(attempt, 'KEY_REJECTED');
    await scene.world.pass(5);
    expect(kindsOf()).toEqual(['attempt-started', 'attempt-ended']);
    expect(scene.recordsOf('attempt-ended')).toMatchObject([{ publishedAt: null }]);
  });
});
