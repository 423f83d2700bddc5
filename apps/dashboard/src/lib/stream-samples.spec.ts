import type { StatisticsEvent } from '#contracts';
import { describe, expect, it, vi } from 'vitest';
import type { SeedSeries } from './samples.ts';
import { StreamSamples } from './stream-samples.ts';

const at = '2026-01-01T12:00:00.000Z';
const event: StatisticsEvent = {
  type: 'stream.statistics',
  workspaceId: null,
  streamId: 's1',
  at,
  ingestKbps: 6_000,
  pushes: [{ destinationId: 'd1', kbps: 5_000, lagMs: 0, delayMs: 0, droppedFrames: 0 }],
};
const ingest = {
  kbps: 6_000,
  videoKbps: 5_800,
  audioKbps: null,
  framesPerSecond: 60,
  keyframeIntervalMs: null,
  lateMessages: 0,
  jumps: 0,
};
const nothing = (): Promise<SeedSeries[]> => Promise.resolve([]);
const valuesOf = (samples: StreamSamples, series: string): number[] => [
  ...samples.of('s1').window(series, 0)[1],
];

describe('the samples of a stream', () => {
  it.each([
    ['ingest', ingest, [6_000]],
    ['ingest.video', ingest, [5_800]],
    ['ingest.audio', ingest, []],
    ['ingest.fps', ingest, [60]],
    ['push:d1', ingest, [5_000]],
    // A relay of an earlier version tells the whole and no parts.
    ['ingest', undefined, [6_000]],
    ['ingest.video', undefined, []],
    // Nobody publishes: a gap, and not nothing at all.
    ['ingest', null, []],
    ['push:d1', null, [5_000]],
  ])('hold of %s what a second says: %#', (series, said, values) => {
    const samples = new StreamSamples(nothing);
    samples.hear({ ...event, ...(said !== undefined && { ingest: said }) });
    expect(valuesOf(samples, series)).toEqual(values);
  });

  it('take in what was before once, and again only if it did not come', async () => {
    const load = vi.fn<() => Promise<SeedSeries[]>>(nothing);
    load.mockRejectedValueOnce(new Error('away'));
    const samples = new StreamSamples(load);
    await samples.seed('s1', 'b1');
    await samples.seed('s1', 'b1');
    await samples.seed('s1', 'b1');
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('ask for one broadcast after the other', async () => {
    const first = Promise.withResolvers<SeedSeries[]>();
    const load = vi.fn<() => Promise<SeedSeries[]>>(nothing).mockReturnValueOnce(first.promise);
    const samples = new StreamSamples(load);
    const both = [samples.seed('s1', 'b1'), samples.seed('s2', 'b2')];
    await Promise.resolve();
    expect(load).toHaveBeenCalledOnce();
    const points = [{ at, seconds: 1, kbps: { avg: 7 } }];
    first.resolve([{ destinationId: null, points }]);
    await Promise.all(both);
    expect(load).toHaveBeenCalledTimes(2);
    expect(valuesOf(samples, 'ingest')).toEqual([7]);
  });
});
