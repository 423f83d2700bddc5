import { describe, expect, it } from 'vitest';
import { createRingMemory, RingGauge } from '#ring';
import { delaySecondsMax, longestDelayMs, ringSizesFor, windowMsFor } from './delay-limit.ts';
import { destination } from './relay-under-test.fixture.ts';

const MIB = 1024 * 1024;
const VIDEO = {
  codec: 'avc1',
  width: 1920,
  height: 1080,
  framesPerSecond: 30,
  kbps: 6_000,
  keyframeIntervalMs: 2_000,
};
const AUDIO = { codec: 'mp4a', sampleRateHz: 48_000, channels: 2, kbps: 160 };
const encoder = (kbps: number) => ({ kbps, video: VIDEO, audio: AUDIO });

describe('the longest delay that is wanted', () => {
  it('is that of the destinations that are on', () => {
    const one = destination('one', { delaySeconds: 5 });
    const off = destination('off', { delaySeconds: 60, enabled: false });
    expect(longestDelayMs([])).toBe(0);
    expect(longestDelayMs([one, off, destination('live')])).toBe(5_000);
  });

  it('widens the window by so much that it is lent', () => {
    expect(windowMsFor(0)).toBe(12_000);
    expect(windowMsFor(30_000)).toBe(52_000);
  });
});

describe('the memory of a broadcast', () => {
  it('is as ever without a delay', () => {
    expect(ringSizesFor(0)).toEqual({});
  });

  it('has room for what the longest delay wants of it', () => {
    const gauge = new RingGauge(createRingMemory(ringSizesFor(600_000)));
    expect(gauge.windowMs).toBe(812_000);
    expect(gauge.records).toBe(262_144);
    expect(gauge.dataBytes).toBe(4 * MIB);
    expect(
      delaySecondsMax({ dataBytesLimit: 512 * MIB, records: gauge.records }, encoder(2_500)),
    ).toBe(600);
  });
});

describe('the longest delay that fits', () => {
  it('is what is lent of the ring, less a stall and two keyframes, in whole seconds', () => {
    // 48 MiB at 6 Mbit/s are 67.1 s.
    const room = { dataBytesLimit: 64 * MIB, records: 1_048_576 };
    expect(delaySecondsMax(room, encoder(6_000))).toBe(55);
    const edgeBytes = ((55 + 12) * 750_000 * 4) / 3;
    expect(delaySecondsMax({ ...room, dataBytesLimit: edgeBytes }, encoder(6_000))).toBe(55);
    expect(delaySecondsMax({ ...room, dataBytesLimit: edgeBytes - 1_000 }, encoder(6_000))).toBe(
      54,
    );
  });

  it('is bounded by the index where messages are small', () => {
    // 7680 messages at 76.875 a second are 99.9 s.
    expect(delaySecondsMax({ dataBytesLimit: 64 * MIB, records: 8_192 }, encoder(500))).toBe(87);
  });

  it('is none where not even a stall fits, and ten minutes at most', () => {
    expect(delaySecondsMax({ dataBytesLimit: 4 * MIB, records: 8_192 }, encoder(50_000))).toBe(0);
    const silent = { kbps: 0, video: null, audio: null };
    expect(delaySecondsMax({ dataBytesLimit: 4 * MIB, records: 8_192 }, silent)).toBe(600);
  });
});
