import { FakeTime } from '#testing';
import { expect, it } from 'vitest';
import {
  BUFFERS_LOOK_MS,
  BUFFERS_LOOKS_OVER_MAX,
  LANE_BUFFERS_BYTES_MAX,
  watchBuffers,
} from './lane-memory.ts';

function watch() {
  const time = new FakeTime();
  const held = { bytes: 0 };
  const stop = watchBuffers(time, () => held.bytes);
  const look = (times: number) => time.advance(times * BUFFERS_LOOK_MS);
  return { time, held, stop, look };
}

it('a lane may hold as many bytes of buffers as it is allowed, for ever', () => {
  const { held, look } = watch();
  held.bytes = LANE_BUFFERS_BYTES_MAX;
  expect(() => look(1_000)).not.toThrow();
});

it('one byte more ends it, when three looks in a row have found it', () => {
  const { held, look } = watch();
  for (let round = 0; round < 3; round += 1) {
    held.bytes = LANE_BUFFERS_BYTES_MAX + 1;
    look(BUFFERS_LOOKS_OVER_MAX);
    held.bytes = LANE_BUFFERS_BYTES_MAX;
    look(1);
  }
  held.bytes = LANE_BUFFERS_BYTES_MAX + 1;
  look(BUFFERS_LOOKS_OVER_MAX);
  expect(() => look(1)).toThrow(expect.objectContaining({ code: 'LANE_BUFFERS_LEAK' }));
});

it('sees the buffers of this thread, and leaves no timer once stopped', () => {
  const { time, stop } = watch();
  stop();
  expect(time.waiting).toBe(0);
  const real = new FakeTime();
  const held: ArrayBuffer[] = [];
  const stopReal = watchBuffers(real);
  // Memory that nobody touches costs none.
  for (let mib = 0; mib <= 512; mib += 1) held.push(Buffer.allocUnsafeSlow(1024 * 1024).buffer);
  expect(() => real.advance((1 + BUFFERS_LOOKS_OVER_MAX) * BUFFERS_LOOK_MS)).toThrow('of buffers');
  expect(held).toHaveLength(513);
  stopReal();
});
