import { FakeTime, makeSelfSignedPair, watchResources } from '#testing';
import { expect, it } from 'vitest';
import { Lane } from './lane.ts';
import { laneSettings } from './lane.fixture.ts';

it('a lane that is told to end before it listens leaves no listener behind', async () => {
  const settings = await laneSettings(await makeSelfSignedPair());
  const allClosed = watchResources();
  const time = new FakeTime();
  const lane = new Lane(settings, { clock: time, timers: time, report: () => undefined });
  lane.end();
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  await allClosed();
  expect(time.waiting).toBe(0);
});
