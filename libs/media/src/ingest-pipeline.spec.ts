import { describe, expect, it } from 'vitest';
import { Cursor } from '#ring';
import { bodiesOf, broadcast, openLikeObs, recordsOf } from './ingest-pipeline.fixture.ts';
import { AUDIO_ONLY_AFTER_MS, IngestPipeline } from './ingest-pipeline.ts';
import {
  aacConfig,
  aacConfig44,
  aacFrame,
  aacSilence,
  avcConfig,
  avcEndOfSequence,
  avcInterFrame,
  avcKeyframe,
  bareMetadata,
  cuePoint,
  hevcColorInfo,
  hevcConfig,
  hevcKeyframe,
  metadata,
} from './sample-messages.fixture.ts';

const AUDIO = 8;
const VIDEO = 9;
const DATA = 18;

describe('an ingest pipeline', () => {
  it('makes an encoder’s messages joinable at its first keyframe', () => {
    const { reader, pipeline } = broadcast();
    expect(pipeline.isJoinable).toBe(false);
    openLikeObs(pipeline, 5000, 1000);
    expect(pipeline.isJoinable).toBe(true);
    expect(recordsOf(reader)).toEqual([
      [DATA, 0],
      [AUDIO, 0],
      [VIDEO, 0],
      [VIDEO, 0],
      [AUDIO, 10],
    ]);
    const point = reader.joinPoint();
    expect(point?.record.sequence).toBe(3);
    expect(point?.headers.map(({ body }) => body)).toEqual([
      metadata('obs'),
      aacConfig,
      avcConfig(),
    ]);
  });

  it('holds back audio and inter frames until the first keyframe', () => {
    const { reader, pipeline } = broadcast();
    pipeline.onMessage(VIDEO, 0, avcConfig(), 1000);
    pipeline.onMessage(VIDEO, 0, avcInterFrame(), 1000);
    pipeline.onMessage(AUDIO, 0, aacFrame(), 1000);
    pipeline.onMessage(DATA, 0, cuePoint(), 1000);
    pipeline.onMessage(VIDEO, 33, avcKeyframe(), 1033);
    pipeline.onMessage(AUDIO, 40, aacFrame(), 1040);
    pipeline.flush();
    expect(recordsOf(reader)).toEqual([
      [VIDEO, 0],
      [VIDEO, 0],
      [AUDIO, 7],
    ]);
    expect(pipeline.droppedMessages).toBe(3);
  });

  it('drops what has no media in it, and what would tell a destination that all is over', () => {
    const { reader, pipeline } = broadcast();
    openLikeObs(pipeline, 0, 1000);
    const before = reader.headSequence();
    for (const body of [Buffer.alloc(0), avcEndOfSequence, Buffer.of(0x57, 0), Buffer.of(0x17)]) {
      pipeline.onMessage(VIDEO, 33, body, 1033);
    }
    for (const body of [Buffer.alloc(0), aacSilence]) pipeline.onMessage(AUDIO, 33, body, 1033);
    pipeline.onMessage(DATA, 33, Buffer.of(1, 2, 3), 1033);
    pipeline.onMessage(99, 33, aacFrame(), 1033);
    pipeline.flush();
    expect(reader.headSequence()).toBe(before);
    expect(pipeline.droppedMessages).toBe(8);
  });

  it('lets a stream without any video be joined at its audio, after a while', () => {
    const { reader, pipeline } = broadcast();
    pipeline.onMessage(AUDIO, 0, aacConfig, 1000);
    pipeline.onMessage(AUDIO, 0, aacFrame(), 1000);
    pipeline.onMessage(AUDIO, 1999, aacFrame(), 1000 + AUDIO_ONLY_AFTER_MS - 1);
    expect(pipeline.isJoinable).toBe(false);
    pipeline.onMessage(AUDIO, 2000, aacFrame(), 1000 + AUDIO_ONLY_AFTER_MS);
    pipeline.onMessage(AUDIO, 2021, aacFrame(), 1021 + AUDIO_ONLY_AFTER_MS);
    pipeline.flush();
    expect(pipeline.isJoinable).toBe(true);
    expect(recordsOf(reader)).toEqual([
      [AUDIO, 0],
      [AUDIO, 0],
      [AUDIO, 21],
    ]);
    expect(reader.newestJoin()).toBe(2);
  });

  it('never takes a stream whose video has no keyframe yet for one without video', () => {
    const { pipeline } = broadcast();
    pipeline.onMessage(VIDEO, 0, avcConfig(), 1000);
    pipeline.onMessage(AUDIO, 0, aacFrame(), 1000);
    pipeline.onMessage(AUDIO, 0, aacFrame(), 1000 + 10 * AUDIO_ONLY_AFTER_MS);
    expect(pipeline.isJoinable).toBe(false);
  });

  it('joins at keyframes from the moment a stream without video gets some', () => {
    const { reader, pipeline } = broadcast();
    pipeline.onMessage(AUDIO, 0, aacFrame(), 1000);
    pipeline.onMessage(AUDIO, 2000, aacFrame(), 3000);
    pipeline.onMessage(VIDEO, 2010, avcConfig(), 3010);
    pipeline.onMessage(VIDEO, 2010, avcInterFrame(), 3010);
    pipeline.onMessage(VIDEO, 2020, avcKeyframe(), 3020);
    pipeline.onMessage(AUDIO, 2021, aacFrame(), 3021);
    pipeline.flush();
    expect(recordsOf(reader)).toEqual([
      [AUDIO, 0],
      [VIDEO, 0],
      [VIDEO, 20],
      [AUDIO, 21],
    ]);
    expect(reader.newestJoin()).toBe(2);
  });

  it('appends a configuration again only when its bytes change', () => {
    const { reader, pipeline } = broadcast();
    openLikeObs(pipeline, 0, 1000);
    const before = reader.headSequence();
    pipeline.onMessage(VIDEO, 0, avcConfig(), 1020);
    pipeline.onMessage(AUDIO, 0, aacConfig, 1020);
    pipeline.onMessage(DATA, 0, metadata('obs'), 1020);
    pipeline.flush();
    expect(reader.headSequence()).toBe(before);
    pipeline.onMessage(VIDEO, 0, avcConfig(40), 1020);
    pipeline.flush();
    expect(recordsOf(reader).slice(before)).toEqual([[VIDEO, 10]]);
    expect(reader.newestJoin()).toBeUndefined();
    pipeline.onMessage(VIDEO, 33, avcKeyframe(), 1033);
    pipeline.flush();
    expect(reader.joinPoint()?.headers.at(-1)?.body).toEqual(avcConfig(40));
  });

  it('passes changed metadata on without closing the join before it', () => {
    const { reader, pipeline } = broadcast();
    openLikeObs(pipeline, 0, 1000);
    pipeline.onMessage(DATA, 0, metadata('other'), 1020);
    pipeline.flush();
    expect(reader.joinPoint()?.headers[0]?.body).toEqual(metadata('obs'));
    pipeline.onMessage(VIDEO, 33, avcKeyframe(), 1033);
    pipeline.flush();
    expect(reader.joinPoint()?.headers[0]?.body).toEqual(metadata('other'));
  });

  it('brings bare metadata into the form a publisher sends', () => {
    const { reader, pipeline } = broadcast();
    pipeline.onMessage(DATA, 0, bareMetadata('nginx'), 1000);
    pipeline.flush();
    expect(bodiesOf(reader)).toEqual([metadata('nginx')]);
  });

  it('gives data the time of what came before it, whatever it says', () => {
    const { reader, pipeline } = broadcast();
    openLikeObs(pipeline, 5000, 1000);
    pipeline.onMessage(DATA, 0, cuePoint(), 1020);
    pipeline.onMessage(VIDEO, 5033, avcInterFrame(), 1033);
    pipeline.flush();
    expect(recordsOf(reader).slice(-2)).toEqual([
      [DATA, 10],
      [VIDEO, 33],
    ]);
  });

  it('passes video of another codec untouched, colours before configuration for joiners', () => {
    const { reader, pipeline } = broadcast();
    for (const body of [hevcConfig(), hevcColorInfo(), hevcKeyframe()]) {
      pipeline.onMessage(VIDEO, 0, body, 1000);
    }
    pipeline.flush();
    expect(bodiesOf(reader)).toEqual([hevcConfig(), hevcColorInfo(), hevcKeyframe()]);
    const bodies = reader.joinPoint()?.headers.map(({ body }) => body);
    expect(bodies).toEqual([hevcColorInfo(), hevcConfig()]);
  });
});

describe('an encoder that comes back', () => {
  it('is spliced in at its keyframe, as much later as it was away, headers not repeated', () => {
    const { reader, pipeline } = broadcast();
    openLikeObs(pipeline, 90_000, 1000);
    pipeline.endIngest();
    expect(reader.newestJoin()).toBeUndefined();
    const before = reader.headSequence();
    pipeline.beginIngest(4000);
    pipeline.onMessage(AUDIO, 0, aacFrame(), 4000);
    openLikeObs(pipeline, 0, 4010);
    expect(recordsOf(reader).slice(before)).toEqual([
      [VIDEO, 3010],
      [AUDIO, 3020],
    ]);
    expect(reader.newestJoin()).toBe(before);
  });

  it('is spliced in alike when it comes back to another thread', () => {
    const { memory, reader, pipeline } = broadcast();
    openLikeObs(pipeline, 90_000, 1000);
    const before = reader.headSequence();
    const successor = new IngestPipeline(memory, 4000);
    expect(reader.newestJoin()).toBeUndefined();
    openLikeObs(successor, 0, 4010);
    expect(recordsOf(reader).slice(before)).toEqual([
      [VIDEO, 3010],
      [AUDIO, 3020],
    ]);
    const bodies = reader.joinPoint()?.headers.map(({ body }) => body);
    expect(bodies).toEqual([metadata('obs'), aacConfig, avcConfig()]);
    expect(() => pipeline.onMessage(VIDEO, 90_033, avcKeyframe(), 4000)).toThrow('taken over');
    pipeline.endIngest();
    expect(reader.newestJoin()).toBe(before);
  });

  it('lags no more for each time that the one before it was held up', () => {
    const { memory, reader, pipeline } = broadcast();
    openLikeObs(pipeline, 0, 1000);
    pipeline.onMessage(AUDIO, 500, aacFrame(), 1900);
    pipeline.flush();
    openLikeObs(new IngestPipeline(memory, 3000), 0, 3000);
    expect(recordsOf(reader).at(-2)).toEqual([VIDEO, 2000]);
  });

  it('says what it has sent itself, and when its newest picture came', () => {
    const { memory, reader, pipeline } = broadcast();
    openLikeObs(pipeline, 0, 1000);
    const successor = new IngestPipeline(memory, 2000);
    expect([successor.headers(), successor.videoAtMs]).toEqual([[], NaN]);
    successor.onMessage(VIDEO, 0, avcConfig(), 2000);
    successor.onMessage(VIDEO, 0, avcInterFrame(), 2010);
    expect(successor.headers().map(({ body }) => body)).toEqual([avcConfig()]);
    expect([successor.videoAtMs, reader.videoAtMs]).toEqual([2010, 1000]);
    successor.onMessage(VIDEO, 33, avcKeyframe(), 2043);
    expect(reader.videoAtMs).toBe(2043);
  });

  it('is joined at its first sound when it is known to have no picture', () => {
    const { memory, reader } = broadcast();
    const pipeline = new IngestPipeline(memory, 2000, true);
    pipeline.onMessage(AUDIO, 0, aacFrame(), 2000);
    expect([pipeline.isAudioOnly, reader.headSequence()]).toEqual([true, 0]);
    const other = new IngestPipeline(memory, 2000, true);
    other.onMessage(VIDEO, 0, avcConfig(), 2000);
    other.onMessage(AUDIO, 0, aacFrame(), 2000);
    expect(other.isJoinable).toBe(false);
  });

  it('starts the broadcast at 0 when the encoder before sent headers and no frame', () => {
    const { memory, reader, pipeline } = broadcast();
    pipeline.onMessage(VIDEO, 0, avcConfig(), 1000);
    pipeline.flush();
    const successor = new IngestPipeline(memory, 9000);
    openLikeObs(successor, 77, 9000);
    expect(recordsOf(reader).at(-1)).toEqual([AUDIO, 10]);
  });

  it('goes on from a time of 0 as from any other', () => {
    const { memory, reader, pipeline } = broadcast();
    pipeline.onMessage(VIDEO, 0, avcKeyframe(), 0);
    pipeline.onMessage(VIDEO, 500, avcKeyframe(), 500);
    pipeline.flush();
    openLikeObs(new IngestPipeline(memory, 0), 0, 600);
    expect(recordsOf(reader).at(-1)).toEqual([AUDIO, 610]);
  });

  it('leaves behind what it does not send again', () => {
    const { reader, pipeline } = broadcast();
    openLikeObs(pipeline, 0, 1000);
    pipeline.beginIngest(2000);
    pipeline.onMessage(AUDIO, 0, aacConfig44, 2000);
    pipeline.onMessage(VIDEO, 0, hevcConfig(), 2000);
    pipeline.onMessage(VIDEO, 0, hevcKeyframe(), 2000);
    pipeline.flush();
    const bodies = reader.joinPoint()?.headers.map(({ body }) => body);
    expect(bodies).toEqual([aacConfig44, hevcConfig()]);
  });

  it('reaches a connected reader as one rising timeline with the new configuration first', () => {
    const { reader, pipeline } = broadcast();
    const cursor = new Cursor(reader, { messageStreamId: 1 });
    openLikeObs(pipeline, 0, 1000);
    expect(cursor.poll()).toMatchObject({ records: 2 });
    cursor.release();
    pipeline.beginIngest(2000);
    pipeline.onMessage(VIDEO, 0, avcConfig(40), 2000);
    pipeline.onMessage(VIDEO, 0, avcKeyframe(), 2010);
    pipeline.flush();
    expect(cursor.poll()).toMatchObject({ records: 2 });
    expect(recordsOf(reader).slice(-2)).toEqual([
      [VIDEO, 10],
      [VIDEO, 1010],
    ]);
    expect(cursor.release()).toBe(true);
  });

  it('is measured anew, and warned about a clock that jumps while it is connected', () => {
    const { pipeline } = broadcast();
    openLikeObs(pipeline, 50_000, 1000);
    pipeline.onMessage(VIDEO, 10, avcKeyframe(), 1500);
    const codes = () => pipeline.measure(1600).warnings.map(({ code }) => code);
    expect(codes()).toEqual(['INGEST_TIME_JUMPED']);
    pipeline.beginIngest(1600);
    const faults = { jumps: 0, lateMessages: 0 };
    const nothing = { kbps: 0, video: null, audio: null, faults, warnings: [] };
    expect(pipeline.measure(1600)).toEqual(nothing);
    openLikeObs(pipeline, 0, 1600);
    expect(codes()).toEqual([]);
  });
});
