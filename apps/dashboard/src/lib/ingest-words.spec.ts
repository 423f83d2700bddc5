import { describe, expect, it } from 'vitest';
import type { IngestStatus } from '#contracts';
import { codecWords, ingestFacts, ingestParts } from './ingest-words.ts';

const ingest: IngestStatus = {
  connectedAt: '2026-11-21T20:00:00.000Z',
  protocol: 'rtmps',
  encoder: 'FMLE/3.0 (compatible; obs-studio/31.0)',
  kbps: 6_020,
  video: {
    codec: 'avc1',
    width: 1_920,
    height: 1_080,
    framesPerSecond: 59.94,
    kbps: 5_860,
    keyframeIntervalMs: 2_000,
  },
  audio: { codec: 'mp4a', sampleRateHz: 44_100, channels: 2, kbps: 160 },
  warnings: [],
  lateMessages: 0,
  jumps: 3,
};
const valueOf = (name: string, more: Partial<IngestStatus> = {}) =>
  Object.fromEntries(ingestFacts({ ...ingest, ...more }))[name];

describe('what comes in', () => {
  it('is said fact by fact, with units', () => {
    expect(ingestFacts(ingest)).toEqual([
      ['Encoder', 'obs-studio/31.0'],
      ['Protocol', 'RTMPS'],
      ['Picture', '1920 × 1080, 60 fps, H.264'],
      ['Sound', 'AAC, 44.1 kHz, stereo'],
      ['Bitrate', '6,020 kbit/s (video 5,860 kbit/s, sound 160 kbit/s)'],
      ['Keyframes', 'every 2.0 s'],
      ['Late messages', '0'],
      ['Jumps of its clock', '3'],
    ]);
  });

  it('is said in one line', () => {
    expect(ingestParts(ingest).join(' · ')).toBe(
      'obs-studio/31.0 · RTMPS · 1920 × 1080 · 60 fps · H.264 · keyframe every 2.0 s · AAC · ' +
        '6,020 kbit/s',
    );
  });

  it('is as much as is known: of a relay that counts nothing, and before the first frame', () => {
    const { lateMessages: _late, jumps: _jumps, ...early } = ingest;
    const video = { ...ingest.video!, width: null, height: null, framesPerSecond: null };
    const facts = ingestFacts({
      ...early,
      encoder: null,
      video: { ...video, keyframeIntervalMs: null },
      audio: null,
    });
    expect(facts).toEqual([
      ['Protocol', 'RTMPS'],
      ['Picture', 'H.264'],
      ['Sound', 'none'],
      ['Bitrate', '6,020 kbit/s (video 5,860 kbit/s)'],
    ]);
    expect(ingestParts({ ...ingest, encoder: null, video: null, audio: null })).toEqual([
      'RTMPS',
      '6,020 kbit/s',
    ]);
    expect(valueOf('Picture', { video: null })).toBe('none');
  });

  it.each([
    [1, 'AAC, 44.1 kHz, mono'],
    [6, 'AAC, 44.1 kHz, 6 channels'],
    [null, 'AAC, 44.1 kHz'],
  ])('has sound of %s channels', (channels, words) => {
    expect(valueOf('Sound', { audio: { ...ingest.audio!, channels } })).toBe(words);
  });

  it('names what a browser would have to know', () => {
    expect(codecWords({ video: { ...ingest.video!, codec: 'hvc1' }, audio: ingest.audio })).toBe(
      'HEVC and AAC',
    );
    expect(codecWords({ video: null, audio: null })).toBe('');
  });
});
