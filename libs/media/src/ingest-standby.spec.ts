import { createRingMemory } from '#ring';
import { describe, expect, it } from 'vitest';
import { HEADER_SET_LIMITS } from './header-set.ts';
import { AUDIO_ONLY_AFTER_MS, IngestPipeline } from './ingest-pipeline.ts';
import { IngestStandby } from './ingest-standby.ts';
import {
  aacConfig,
  aacFrame,
  aacSilence,
  additionalMedia,
  avcConfig,
  avcEndOfSequence,
  avcInterFrame,
  avcKeyframe,
  cuePoint,
  expectedMedia,
  metadata,
  ofTrack,
} from './sample-messages.fixture.ts';

const AUDIO = 8;
const VIDEO = 9;
const DATA = 18;

describe('an encoder without a ring', () => {
  it('keeps its headers, and tells where a ring could go on with it', () => {
    const standby = new IngestStandby(0);
    const said = [
      standby.onMessage(DATA, 0, metadata('obs'), 0),
      standby.onMessage(VIDEO, 0, avcConfig(), 0),
      standby.onMessage(AUDIO, 0, aacConfig, 0),
      standby.onMessage(VIDEO, 0, avcInterFrame(), 10),
      standby.onMessage(AUDIO, 0, aacFrame(), 10),
      standby.onMessage(VIDEO, 33, avcKeyframe(), 43),
      standby.onMessage(DATA, 0, cuePoint(), 43),
    ];
    expect(said).toEqual(['header', 'header', 'header', 'media', 'media', 'entry', 'media']);
    expect(standby.headers().map(({ body }) => body)).toEqual([
      metadata('obs'),
      aacConfig,
      avcConfig(),
    ]);
    expect(standby.videoAtMs).toBe(43);
    expect(standby.isAudioOnly(60_000)).toBe(false);
    expect(standby.measure(43)).toMatchObject({
      video: { codec: 'avc1', width: 640 },
      audio: { codec: 'mp4a', sampleRateHz: 48_000 },
    });
  });

  it('is refused when it names ever more of them', () => {
    const standby = new IngestStandby(0);
    const body = (number: number) => additionalMedia(aacConfig, `stream${number}`);
    const offer = (count: number): void => {
      for (let number = 0; number < count; number += 1) standby.onMessage(DATA, 0, body(number), 0);
    };
    offer(HEADER_SET_LIMITS.messages);
    const code = 'RING_HEADERS_TOO_LARGE';
    expect(() => offer(HEADER_SET_LIMITS.messages + 1)).toThrow(expect.objectContaining({ code }));
    expect(standby.headers()).toHaveLength(HEADER_SET_LIMITS.messages);
  });

  it('is measured by its first picture and sound, and frozen by that picture', () => {
    const standby = new IngestStandby(0);
    standby.onMessage(VIDEO, 0, avcKeyframe(), 0);
    for (let atMs = 40; atMs <= 400; atMs += 40) {
      standby.onMessage(VIDEO, atMs, avcInterFrame(), atMs);
      expect(standby.onMessage(VIDEO, atMs, ofTrack(1, avcKeyframe()), atMs + 5_000)).toBe('media');
    }
    expect(standby.videoAtMs).toBe(400);
    expect(standby.measure(400)).toMatchObject({ video: { framesPerSecond: 25 } });
  });

  it('keeps what announces and configures a second sound', () => {
    const standby = new IngestStandby(0);
    const sent = [expectedMedia(), additionalMedia(aacConfig), additionalMedia(aacFrame())];
    const said = sent.map((body) => standby.onMessage(DATA, 0, body, 0));
    expect(said).toEqual(['header', 'header', 'media']);
    expect(standby.headers().map(({ body }) => body)).toEqual(sent.slice(0, 2));
  });

  it('makes nothing of what has no media in it', () => {
    const standby = new IngestStandby(0);
    const video = [Buffer.alloc(0), avcEndOfSequence, Buffer.of(0x57, 0), Buffer.of(0x17)];
    for (const body of video) expect(standby.onMessage(VIDEO, 0, body, 0)).toBe('nothing');
    for (const body of [Buffer.alloc(0), aacSilence]) {
      expect(standby.onMessage(AUDIO, 0, body, 0)).toBe('nothing');
    }
    expect(standby.onMessage(DATA, 0, Buffer.of(1, 2), 0)).toBe('nothing');
    expect(standby.onMessage(99, 0, aacFrame(), 0)).toBe('nothing');
    expect([standby.headers(), standby.videoAtMs]).toEqual([[], NaN]);
  });

  it('can be gone on with at its sound, when for a while there was nothing else', () => {
    const standby = new IngestStandby(0);
    expect(standby.onMessage(AUDIO, 0, aacFrame(), 100)).toBe('media');
    const atMs = 100 + AUDIO_ONLY_AFTER_MS;
    expect(standby.onMessage(AUDIO, 0, aacFrame(), atMs - 1)).toBe('media');
    expect(standby.onMessage(AUDIO, 0, aacFrame(), atMs)).toBe('entry');
    expect(standby.onMessage(VIDEO, 0, avcConfig(), atMs)).toBe('header');
    expect(standby.onMessage(AUDIO, 0, aacFrame(), atMs)).toBe('media');
  });

  it('goes on from a pipeline that had its media', () => {
    const pipeline = new IngestPipeline(createRingMemory(), 0);
    pipeline.onMessage(DATA, 0, metadata('obs'), 0);
    pipeline.onMessage(VIDEO, 0, avcConfig(), 0);
    pipeline.onMessage(VIDEO, 0, avcKeyframe(), 7);
    const standby = new IngestStandby(3_000, pipeline);
    expect(standby.headers()).toEqual(pipeline.headers());
    expect(standby.videoAtMs).toBe(7);
    expect(standby.measure(3_000).video).toMatchObject({ codec: 'avc1', width: 640 });
    expect(standby.onMessage(AUDIO, 0, aacFrame(), 60_000)).toBe('media');
    const again = new IngestPipeline(createRingMemory(), 3_000);
    for (const { typeId, body } of standby.headers()) again.onMessage(typeId, 0, body, 3_000);
    expect(again.headers()).toEqual(pipeline.headers());
  });

  it('goes on at once from a pipeline that had its sound alone', () => {
    const pipeline = new IngestPipeline(createRingMemory(), 0, true);
    pipeline.onMessage(AUDIO, 0, aacFrame(), 0);
    const standby = new IngestStandby(3_000, pipeline);
    expect(standby.onMessage(AUDIO, 0, aacFrame(), 3_000)).toBe('entry');
  });
});
