import { beforeEach, describe, expect, it } from 'vitest';
import { RelayUnderTest } from './relay-under-test.fixture.ts';
import { shownWords } from './remote-words.ts';

describe('what a destination said', () => {
  it('is shown in one line, cut, and without what would change the lines around it', () => {
    expect(shownWords('  no such\r\n key \u001b[31m ')).toBe('no such key \\u001b[31m');
    expect(shownWords('x'.repeat(200))).toBe('x'.repeat(200));
    expect(shownWords('x'.repeat(201))).toBe(`${'x'.repeat(200)}…`);
  });

  it('has no URL but its server, since servers repeat what they were asked for', () => {
    expect(shownWords('rtmp://a.example/app/s3cr%33t?x=1 is not live')).toBe(
      'rtmp://a.example is not live',
    );
  });

  it.each(['', '  \n'])('is nothing when it is %j', (words) => {
    expect(shownWords(words)).toBeNull();
  });
});

describe('under an error', () => {
  let scene: RelayUnderTest;
  let streamId: string;

  beforeEach(async () => {
    scene = new RelayUnderTest();
    ({ streamId } = scene.addStream('key'));
    await scene.goLive('key');
  });

  async function fail(words: string | null): Promise<void> {
    await scene.acceptAll();
    const attempt = scene.lanes.liveAttempts.at(-1);
    if (attempt === undefined) throw new Error('nothing is dialled');
    scene.lanes.end(attempt, 'RESET_BY_PEER', words);
    await scene.world.pass(5);
  }

  const errorShown = () => scene.status(streamId)?.pushes[0]?.lastError;

  it('the platform’s own words stand in status and history', async () => {
    await fail('go away');
    expect(errorShown()).toMatchObject({ code: 'RESET_BY_PEER', remoteWords: 'go away' });
    expect(scene.recordsOf('attempt-ended')).toMatchObject([{ remoteWords: 'go away' }]);
    expect(scene.recordsOf('event').at(-1)).toMatchObject({
      code: 'RESET_BY_PEER',
      about: 'push',
      remoteWords: 'go away',
    });
  });

  it('they stay while it is tried again, and are none when it then says nothing', async () => {
    await fail('go away');
    await scene.world.pass(2_000);
    expect(scene.status(streamId)?.pushes).toMatchObject([{ state: 'connecting' }]);
    expect(errorShown()).toMatchObject({ remoteWords: 'go away' });
    await fail(null);
    expect(errorShown()).toMatchObject({ remoteWords: null });
  });
});

describe('a failure', () => {
  it('calls for a person from when on its push does', async () => {
    const scene = new RelayUnderTest();
    const { streamId } = scene.addStream('key');
    await scene.goLive('key');
    const phases: (string | undefined)[] = [];
    for (let second = 0; second < 1_000 && phases.length < 6; second += 1) {
      await scene.world.pass(1_000);
      const [dialling] = scene.lanes.liveAttempts;
      if (dialling === undefined) continue;
      scene.lanes.end(dialling, 'KEY_REJECTED');
      await scene.world.pass(5);
      phases.push(scene.status(streamId)?.pushes[0]?.state);
    }
    const told = scene.recordsOf('event').filter(({ code }) => code === 'KEY_REJECTED');
    expect(phases).toContain('retrying');
    expect(phases).toContain('needs_attention');
    expect(told.map(({ needsPerson }) => needsPerson)).toEqual(
      phases.map((phase) => phase === 'needs_attention'),
    );
  });
});

describe('the timeline', () => {
  it('has an order within one millisecond, also when the clock is set back', async () => {
    const scene = new RelayUnderTest();
    scene.addStream('key', 3);
    await scene.goLive('key');
    await scene.acceptAll();
    const positions = scene.recordsOf('event').map(({ position }) => position);
    expect(positions.length).toBeGreaterThan(3);
    expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => a - b));
  });
});

describe('figures', () => {
  it('are told of every ten seconds, also while Redis is away, and at the end', async () => {
    const scene = new RelayUnderTest();
    const { streamId } = scene.addStream('key', 2);
    await scene.goLive('key');
    await scene.acceptAll();
    scene.redis.mood = 'away';
    await scene.world.pass(40_000);
    const ofIngest = () => scene.figures.filter(({ destinationId }) => destinationId === null);
    expect(new Set(scene.figures.map(({ destinationId }) => destinationId)).size).toBe(3);
    const seconds = () => ofIngest().reduce((sum, { kbps }) => sum + kbps.length, 0);
    expect(seconds()).toBeGreaterThanOrEqual(30);
    await scene.change(streamId, { deleted: true });
    await scene.world.pass(10_000);
    expect(seconds()).toBeGreaterThanOrEqual(39);
  });
});
