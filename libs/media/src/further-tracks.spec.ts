import { describe, expect, it } from 'vitest';
import { bodiesOf, broadcast, openLikeObs, recordsOf } from './ingest-pipeline.fixture.ts';
import {
  aacConfig,
  aacConfig44,
  aacFrame,
  additionalMedia,
  avcConfig,
  avcInterFrame,
  expectedMedia,
  metadata,
  ofTrack,
} from './sample-messages.fixture.ts';

const AUDIO = 8;
const VIDEO = 9;
const DATA = 18;

describe('an encoder with further tracks', () => {
  it('has them passed on, and is measured by the first', () => {
    const { reader, pipeline } = broadcast();
    openLikeObs(pipeline, 0, 1000);
    for (let frame = 1; frame <= 30; frame += 1) {
      const atMs = frame * 40;
      pipeline.onMessage(VIDEO, atMs, avcInterFrame(), 1000 + atMs);
      pipeline.onMessage(VIDEO, atMs, ofTrack(1, avcInterFrame()), 1000 + atMs);
      pipeline.onMessage(AUDIO, atMs, ofTrack(1, aacFrame()), 1000 + atMs);
    }
    pipeline.flush();
    expect(bodiesOf(reader).at(-1)).toEqual(ofTrack(1, aacFrame()));
    expect(reader.headSequence()).toBe(5 + 3 * 30);
    expect(pipeline.measure(3000)).toMatchObject({ video: { framesPerSecond: 25 }, warnings: [] });
  });

  it('is known as frozen by its first picture, whatever a second one does', () => {
    const { pipeline } = broadcast();
    openLikeObs(pipeline, 0, 1000);
    pipeline.onMessage(VIDEO, 5000, ofTrack(1, avcInterFrame()), 6000);
    expect(pipeline.videoAtMs).toBe(1000);
  });
});

describe('a second sound beside the tracks', () => {
  const config = additionalMedia(aacConfig44);
  const frame = additionalMedia(aacFrame());

  it('is kept with what announces and configures it, also from before the first keyframe', () => {
    const { reader, pipeline } = broadcast();
    const sent = [metadata('obs'), expectedMedia(), config];
    for (const body of sent) pipeline.onMessage(DATA, 0, body, 1000);
    pipeline.onMessage(DATA, 0, frame, 1000);
    openLikeObs(pipeline, 0, 1000);
    expect(reader.joinPoint()?.headers.map(({ body }) => body)).toEqual([
      metadata('obs'),
      expectedMedia(),
      aacConfig,
      config,
      avcConfig(),
    ]);
    expect(pipeline.droppedMessages).toBe(1);
    for (const body of sent) pipeline.onMessage(DATA, 30, body, 1030);
    pipeline.flush();
    expect(reader.joinPoint()).toBeDefined();
    expect(reader.headSequence()).toBe(3 + 4);
  });

  it('has its own time, and moves no other', () => {
    const { reader, pipeline } = broadcast();
    openLikeObs(pipeline, 500, 1000);
    pipeline.onMessage(DATA, 0, config, 1010);
    pipeline.onMessage(DATA, 531, frame, 1030);
    pipeline.onMessage(VIDEO, 540, avcInterFrame(), 1040);
    pipeline.onMessage(DATA, 0, frame, 1041);
    pipeline.onMessage(DATA, 90_000, frame, 1042);
    pipeline.onMessage(AUDIO, 553, aacFrame(), 1053);
    pipeline.flush();
    expect(recordsOf(reader).slice(5)).toEqual([
      [DATA, 10],
      [DATA, 31],
      [VIDEO, 40],
      [DATA, 40],
      [DATA, 40],
      [AUDIO, 53],
    ]);
    expect(pipeline.measure(1100).faults).toEqual({ jumps: 0, lateMessages: 0 });
  });

  it('is counted in the sum alone', () => {
    const { pipeline } = broadcast();
    openLikeObs(pipeline, 0, 1000);
    for (let at = 0; at < 100; at += 1) pipeline.onMessage(DATA, at * 20, frame, 1000 + at * 20);
    const { kbps, audio, video } = pipeline.measure(3000);
    const ownKbps = (video?.kbps ?? 0) + (audio?.kbps ?? 0);
    expect(ownKbps).toBeLessThan(3);
    expect(kbps - ownKbps).toBe(Math.round((frame.length * 50 * 8) / 1000));
  });
});
