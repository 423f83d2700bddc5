import { MediaFlag, videoFlags, audioFlags, describeVideo, describeVideoConfig } from '#flv';
import { describe, expect, it } from 'vitest';
import { readStamp, SyntheticEncoder, type SyntheticMessage } from './synthetic-encoder.ts';

const VIDEO = 9;

function tenSeconds(kbps: number, framesPerSecond = 60): SyntheticMessage[] {
  const encoder = new SyntheticEncoder({ kbps, framesPerSecond });
  const messages: SyntheticMessage[] = [];
  while (encoder.dueAtMs < 10_000) {
    const message = encoder.next(encoder.dueAtMs);
    messages.push({ ...message, payload: Buffer.from(message.payload) });
  }
  return messages;
}

describe('the synthetic encoder', () => {
  it('keeps its bitrate, its frame rates and its keyframes', () => {
    const messages = tenSeconds(6_000);
    const video = messages.filter(({ type }) => type === VIDEO);
    const bits = messages.reduce((sum, { payload }) => sum + payload.length * 8, 0);
    expect(bits / 10 / 1_000).toBeGreaterThan(5_900);
    expect(bits / 10 / 1_000).toBeLessThan(6_100);
    expect(video).toHaveLength(600);
    expect(messages).toHaveLength(600 + 469);
    const keyframes = video.filter(({ payload }) => videoFlags(payload) & MediaFlag.KEYFRAME);
    expect(keyframes.map(({ timestampMs }) => timestampMs)).toEqual([0, 2000, 4000, 6000, 8000]);
  });

  it('sends fewer pictures at a lower bitrate where it is told to', () => {
    const messages = tenSeconds(300, 30);
    const video = messages.filter(({ type }) => type === VIDEO);
    const bits = messages.reduce((sum, { payload }) => sum + payload.length * 8, 0);
    expect(bits / 10 / 1_000).toBeGreaterThan(290);
    expect(bits / 10 / 1_000).toBeLessThan(310);
    expect(video).toHaveLength(300);
    const keyframes = video.filter(({ payload }) => videoFlags(payload) & MediaFlag.KEYFRAME);
    expect(keyframes.map(({ timestampMs }) => timestampMs)).toEqual([0, 2000, 4000, 6000, 8000]);
  });

  it('never goes back in time', () => {
    const times = tenSeconds(3_000).map(({ timestampMs }) => timestampMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('stamps each frame with its time and number, and no header', () => {
    const stamps = tenSeconds(6_000)
      .filter(({ type }) => type === VIDEO)
      .map(({ payload }) => readStamp(payload));
    expect(stamps[0]).toEqual({ sentAtMs: 0, frame: 0 });
    expect(stamps[599]).toMatchObject({ frame: 599 });
    const headers = new SyntheticEncoder({ kbps: 6_000 }).headers();
    expect(headers.map(({ payload }) => readStamp(payload))).toEqual([undefined, undefined]);
  });

  it('finds no stamp in a picture that a relay made itself while it held', () => {
    const [first] = tenSeconds(6_000).filter(({ type }) => type === VIDEO);
    const bytes = first?.payload ?? Buffer.alloc(0);
    const sliceEnd = 9 + bytes.readUInt32BE(5);
    expect(readStamp(bytes.subarray(0, sliceEnd))).toBeUndefined();
    expect(readStamp(bytes.subarray(0, sliceEnd + 16))).toBeUndefined();
    expect(readStamp(bytes.subarray(0, sliceEnd + 17))).toEqual({ sentAtMs: 0, frame: 0 });
  });

  it('says what a reader of codecs understands', () => {
    const [audio, video] = new SyntheticEncoder({ kbps: 6_000 }).headers();
    expect(audioFlags(audio?.payload ?? Buffer.alloc(0)) & MediaFlag.MALFORMED).toBe(0);
    const [track] = describeVideo(video?.payload ?? Buffer.alloc(0)).tracks;
    expect(track).toBeDefined();
    if (track === undefined) return;
    expect(describeVideoConfig(track)).toMatchObject({ width: 160, height: 96 });
  });
});
