import { audioFlags, MediaFlag, videoFlags } from '#flv';
import { describe, expect, it } from 'vitest';
import {
  IngestMeter,
  type IngestMeasure,
  KEYFRAME_INTERVAL_MS_MAX,
  LATE_MESSAGES_MAX,
  ORDER_LOOK_KEYFRAMES,
  TRACK_WAIT_MS,
} from './ingest-meter.ts';
import {
  aacConfig,
  aacFrame,
  avcConfig,
  avcInterFrame,
  avcKeyframe,
  hevcConfig,
  inOneMessage,
  ofTrack,
} from './sample-messages.fixture.ts';

const { KEYFRAME } = MediaFlag;
const CALM = { jumps: 0, lateMessages: 0 };

function codesOf(meter: IngestMeter, nowMs: number, faults = CALM): string[] {
  return meter.measure(nowMs, faults).warnings.map(({ code }) => code);
}

describe('an ingest meter', () => {
  it('measures codecs, picture, sound, rates and keyframes of a steady encoder', () => {
    const meter = new IngestMeter(0);
    meter.noteVideoHeader(avcConfig());
    meter.noteAudioHeader(aacConfig);
    for (let frame = 0; frame < 360; frame += 1) {
      const isKeyframe = frame % 120 === 0;
      const nowMs = Math.round((frame * 1000) / 60);
      const body = isKeyframe ? avcKeyframe(1241) : avcInterFrame(1241);
      meter.addVideo(body, videoFlags(body), nowMs, nowMs);
      if (frame % 2 === 0) meter.addAudio(aacFrame(), 0, nowMs);
    }
    const measure = meter.measure(6000, CALM);
    expect(measure).toMatchObject({
      kbps: 600 + 4,
      video: {
        codec: 'avc1',
        width: 640,
        height: 720,
        framesPerSecond: 60,
        kbps: 600,
        keyframeIntervalMs: 2000,
      },
      audio: { codec: 'mp4a', sampleRateHz: 48_000, channels: 2, kbps: 4 },
      warnings: [],
    });
  });

  describe('of an encoder with further tracks', () => {
    /** Six seconds of a picture and a sound, and of a second of each, as `pack` sends them. */
    const measured = (pack: (own: Buffer, further: Buffer) => readonly Buffer[]): IngestMeasure => {
      const meter = new IngestMeter(0);
      meter.noteVideoHeader(avcConfig());
      meter.noteAudioHeader(aacConfig);
      for (let frame = 0; frame < 180; frame += 1) {
        const nowMs = Math.round((frame * 1000) / 30);
        const own = frame % 60 === 0 ? avcKeyframe(2491) : avcInterFrame(2491);
        for (const body of pack(own, avcInterFrame(1_241))) {
          meter.addVideo(body, videoFlags(body), nowMs, nowMs);
        }
        for (const body of pack(aacFrame(), aacFrame())) {
          meter.addAudio(body, audioFlags(body), nowMs);
        }
      }
      return meter.measure(6000, CALM);
    };

    it.each([
      ['in messages of their own', (own: Buffer, next: Buffer) => [ofTrack(1, next), own]],
      ['in the same messages', (own: Buffer, next: Buffer) => [inOneMessage(own, next)]],
    ])('%s is what track 0 is, and what all of them have together', (_, pack) => {
      const measure = measured(pack);
      expect(measure).toMatchObject({
        video: { codec: 'avc1', width: 640, framesPerSecond: 30, keyframeIntervalMs: 2000 },
        audio: { codec: 'mp4a', sampleRateHz: 48_000 },
        warnings: [],
      });
      // 600 and 4, 300 and 4, and what frames them.
      expect(Math.abs((measure.video?.kbps ?? 0) - 600)).toBeLessThan(5);
      expect(Math.abs((measure.audio?.kbps ?? 0) - 4)).toBeLessThan(4);
      expect(Math.abs(measure.kbps - 908)).toBeLessThan(10);
    });
  });

  describe('sees B-frames', () => {
    /** Shown so long after it is sent. */
    const picture = (isKeyframe: boolean, shownMs: number): Buffer =>
      Buffer.of(isKeyframe ? 0x17 : 0x27, 1, 0, 0, shownMs, 0, 0, 0, 1, 0x41);
    const seenIn = (shown: readonly number[]): boolean | null | undefined => {
      const meter = new IngestMeter(0);
      for (const [index, shownMs] of shown.entries()) {
        const body = picture(index === 0, shownMs);
        meter.addVideo(body, videoFlags(body), index * 40, index * 40);
      }
      return meter.measure(0, CALM).video?.hasBFrames;
    };

    /** A keyframe shown after 80 ms, and the picture behind it. */
    const addGroup = (meter: IngestMeter, nextShownMs: number): void => {
      meter.addVideo(picture(true, 80), KEYFRAME, 0, 0);
      meter.addVideo(picture(false, nextShownMs), 0, 40, 40);
    };

    it('by the picture behind a keyframe, which waits for others', () => {
      expect(seenIn([80, 160, 40, 0])).toBe(true);
      expect(seenIn([0, 0, 0, 0])).toBe(false);
    });

    it('not in a delay that is the same for all', () => {
      expect(seenIn([80, 80, 80])).toBe(false);
    });

    it('says nothing before there are two pictures', () => {
      expect(seenIn([80])).toBe(null);
    });

    it('still, where the groups behind have none', () => {
      const meter = new IngestMeter(0);
      addGroup(meter, 160);
      for (let group = 0; group < ORDER_LOOK_KEYFRAMES; group += 1) addGroup(meter, 80);
      expect(meter.measure(0, CALM).video?.hasBFrames).toBe(true);
    });

    it('that begin later, at the next look', () => {
      const meter = new IngestMeter(0);
      addGroup(meter, 80);
      for (let group = 1; group < ORDER_LOOK_KEYFRAMES; group += 1) addGroup(meter, 160);
      expect(meter.measure(0, CALM).video?.hasBFrames).toBe(false);
      addGroup(meter, 160);
      expect(meter.measure(0, CALM).video?.hasBFrames).toBe(true);
    });
  });

  it('learns the codec from a frame where there is no configuration', () => {
    const meter = new IngestMeter(0);
    meter.addVideo(Buffer.of(0x12, 1, 2, 3), KEYFRAME, 0, 0);
    meter.addAudio(Buffer.of(0x2f, 1, 2, 3), 0, 0);
    expect(meter.measure(0, CALM)).toMatchObject({
      video: { codec: 'h263', width: null, keyframeIntervalMs: null, framesPerSecond: null },
      audio: { codec: '.mp3', sampleRateHz: null, channels: null },
    });
  });

  it('warns of missing tracks once the encoder had its time', () => {
    const meter = new IngestMeter(1000);
    expect(codesOf(meter, 1000 + TRACK_WAIT_MS - 1)).toEqual([]);
    expect(codesOf(meter, 1000 + TRACK_WAIT_MS)).toEqual(['INGEST_NO_VIDEO', 'INGEST_NO_AUDIO']);
  });

  it('warns of video without a keyframe', () => {
    const meter = new IngestMeter(0);
    meter.noteVideoHeader(avcConfig());
    meter.noteAudioHeader(aacConfig);
    expect(codesOf(meter, TRACK_WAIT_MS)).toEqual(['INGEST_NO_KEYFRAME']);
  });

  it('warns of keyframes too far apart, also while the next is still to come', () => {
    const meter = new IngestMeter(0);
    meter.addVideo(avcKeyframe(), KEYFRAME, 0, 0);
    meter.addVideo(avcKeyframe(), KEYFRAME, KEYFRAME_INTERVAL_MS_MAX, 0);
    expect(codesOf(meter, 0)).toEqual([]);
    meter.addVideo(avcInterFrame(), 0, 2 * KEYFRAME_INTERVAL_MS_MAX, 0);
    expect(codesOf(meter, 0)).toEqual([]);
    meter.addVideo(avcInterFrame(), 0, 2 * KEYFRAME_INTERVAL_MS_MAX + 1, 0);
    expect(codesOf(meter, 0)).toEqual(['INGEST_KEYFRAMES_FAR_APART']);
  });

  it('warns of codecs that few platforms take, of jumping clocks and of bad interleaving', () => {
    const meter = new IngestMeter(0);
    meter.noteVideoHeader(hevcConfig());
    expect(codesOf(meter, 0, { jumps: 0, lateMessages: LATE_MESSAGES_MAX })).toEqual([
      'INGEST_CODEC_NOT_EVERYWHERE',
    ]);
    expect(codesOf(meter, 0, { jumps: 1, lateMessages: LATE_MESSAGES_MAX + 1 })).toEqual([
      'INGEST_CODEC_NOT_EVERYWHERE',
      'INGEST_BADLY_INTERLEAVED',
      'INGEST_TIME_JUMPED',
    ]);
  });
});
