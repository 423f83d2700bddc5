import { describe, expect, it } from 'vitest';
import type { RuledIngest, RuledPlatform } from './ingest-rules.ts';
import { liveWarnings } from './live-rules.ts';
import type { LiveFacts, RuledDestination } from './live-rules.ts';

const noLimits: RuledPlatform['limits'] = {
  videoKbpsMax: null,
  videoKbpsByMode: [],
  audioKbpsMax: null,
  widthMax: null,
  heightMax: null,
  fpsMax: null,
  keyframeSecondsMax: null,
  keyframeSecondsWanted: null,
  bFramesMax: null,
  audioRequired: false,
  hoursMax: null,
};

const good: RuledIngest = {
  connectedForMs: 60_000,
  video: {
    codec: 'avc1',
    width: 1920,
    height: 1080,
    framesPerSecond: 60,
    kbps: 6_000,
    keyframeIntervalMs: 2_000,
    hasBFrames: false,
  },
  audio: { codec: 'mp4a', kbps: 160 },
};

type Video = NonNullable<RuledIngest['video']>;
const video = (changes: Partial<Video>): Partial<RuledIngest> => ({
  video: { ...(good.video as Video), ...changes },
});
const audio = (kbps: number): Partial<RuledIngest> => ({ audio: { codec: 'mp4a', kbps } });

function destination(
  limits: Partial<RuledPlatform['limits']> = {},
  changes: Partial<RuledDestination> = {},
): RuledDestination {
  return {
    id: 'one',
    name: 'Main',
    platform: {
      name: 'Acme',
      videoCodecs: ['h264'],
      audioCodecs: ['aac'],
      limits: { ...noLimits, ...limits },
    },
    isTest: false,
    keyFingerprint: null,
    isOwnIngest: false,
    ...changes,
  };
}

function facts(changes: Partial<LiveFacts>): LiveFacts {
  return {
    ingest: good,
    liveForMs: 60_000,
    destinations: [destination()],
    strangers: [],
    uplink: { kbps: 6_160, kbpsMax: null },
    quota: { kbps: 6_160, kbpsMax: null },
    ...changes,
  };
}

const codesOf = (changes: Partial<LiveFacts>) =>
  liveWarnings(facts(changes)).map((one) => one.code);

describe('liveWarnings', () => {
  it('says nothing of a stream that everybody takes', () => {
    expect(codesOf({})).toEqual([]);
  });

  it.each<[string, Partial<RuledPlatform['limits']>, Partial<RuledIngest>, Partial<RuledIngest>]>([
    ['BITRATE_HIGH', { videoKbpsMax: 6_000 }, video({ kbps: 6_600 }), video({ kbps: 6_601 })],
    [
      'BITRATE_HIGH',
      {
        videoKbpsMax: 9_000,
        videoKbpsByMode: [
          { height: 1080, fps: 60, kbpsMax: 9_000 },
          { height: 720, fps: 30, kbpsMax: 4_000 },
        ],
      },
      video({ width: 1280, height: 720, framesPerSecond: 30, kbps: 4_400 }),
      video({ width: 1280, height: 720, framesPerSecond: 30, kbps: 4_401 }),
    ],
    ['AUDIO_BITRATE_HIGH', { audioKbpsMax: 160 }, audio(176), audio(177)],
    [
      'RESOLUTION_HIGH',
      { widthMax: 1920, heightMax: 1080 },
      video({ width: 1920, height: 1080 }),
      video({ width: 1922, height: 1080 }),
    ],
    [
      'RESOLUTION_HIGH',
      { widthMax: 1920, heightMax: 1080 },
      video({ width: 1080, height: 1920 }),
      video({ width: 1082, height: 1920 }),
    ],
    [
      'FRAME_RATE_HIGH',
      { fpsMax: 60 },
      video({ framesPerSecond: 60.5 }),
      video({ framesPerSecond: 60.6 }),
    ],
    [
      'KEYFRAMES_FAR_APART',
      { keyframeSecondsMax: 4 },
      video({ keyframeIntervalMs: 4_250 }),
      video({ keyframeIntervalMs: 4_251 }),
    ],
    [
      'KEYFRAMES_FAR_APART',
      { keyframeSecondsWanted: 2 },
      video({ keyframeIntervalMs: 4_250 }),
      video({ keyframeIntervalMs: 4_251 }),
    ],
    [
      'AUDIO_MISSING',
      { audioRequired: true },
      { audio: null, connectedForMs: 3_999 },
      { audio: null, connectedForMs: 4_000 },
    ],
    ['AUDIO_MISSING', { audioRequired: true }, {}, { audio: null }],
    ['B_FRAMES', { bFramesMax: 0 }, video({ hasBFrames: null }), video({ hasBFrames: true })],
    ['CODEC_UNSUPPORTED', {}, {}, video({ codec: 'hvc1' })],
    ['AUDIO_CODEC_UNSUPPORTED', {}, {}, { audio: { codec: 'Opus', kbps: 96 } }],
  ])('%s begins one past the edge of %j', (code, limits, atEdge, onePast) => {
    const destinations = [destination(limits)];
    expect(codesOf({ destinations, ingest: { ...good, ...atEdge } })).toEqual([]);
    expect(codesOf({ destinations, ingest: { ...good, ...onePast } })).toEqual([code]);
  });

  it('knows no limit where the platform states none, and none of an unknown one', () => {
    const huge = { ...good, ...video({ kbps: 90_000, width: 7_680, framesPerSecond: 240 }) };
    expect(codesOf({ ingest: huge })).toEqual([]);
    const unknown = [destination({}, { platform: undefined })];
    const odd = { ...huge, ...video({ codec: 'vp6' }) };
    expect(codesOf({ ingest: odd, destinations: unknown })).toEqual([]);
  });

  it('leaves B-frames alone where some are taken', () => {
    const ingest = { ...good, ...video({ hasBFrames: true }) };
    expect(codesOf({ ingest, destinations: [destination({ bFramesMax: 2 })] })).toEqual([]);
  });

  it('says nothing of what an encoder sends while none is there', () => {
    expect(codesOf({ ingest: null, destinations: [destination({ videoKbpsMax: 1 })] })).toEqual([]);
  });

  it('counts two destinations on one platform as one fault, and names both', () => {
    const limits = { videoKbpsMax: 1_000 };
    const destinations = [destination(limits), destination(limits, { id: 'two', name: 'Other' })];
    expect(liveWarnings(facts({ destinations }))).toMatchObject([
      { code: 'BITRATE_HIGH', limit: 1_000, measured: 6_000, destinationIds: ['one', 'two'] },
    ]);
  });

  it('names the platform, and says what to do', () => {
    const [found] = liveWarnings(facts({ destinations: [destination({ videoKbpsMax: 1_000 })] }));
    expect(found?.message).toContain('Acme takes up to 1000 kbit/s');
    expect(found?.message).toContain('Lower its bitrate.');
  });

  it('finds one key at two destinations, here and in another stream', () => {
    const same = { keyFingerprint: 'same' };
    const here = [destination({}, same), destination({}, { id: 'two', name: 'Other', ...same })];
    expect(liveWarnings(facts({ destinations: here }))).toMatchObject([
      { code: 'DUPLICATE_KEY', destinationIds: ['one', 'two'] },
    ]);
    const strangers = [{ id: 'far', name: 'Far', streamName: 'Second', ...same }];
    const found = liveWarnings(facts({ destinations: [destination({}, same)], strangers }));
    expect(found).toMatchObject([{ code: 'DUPLICATE_KEY', destinationIds: ['one'] }]);
    expect(found[0]?.message).toContain('Main and Far of Second');
  });

  it('does not take keys that it does not know for equal ones', () => {
    const destinations = [destination(), destination({}, { id: 'two' })];
    const strangers = [{ id: 'far', name: 'Far', streamName: 'Second', keyFingerprint: null }];
    expect(codesOf({ destinations, strangers })).toEqual([]);
  });

  it('finds a destination that leads back here', () => {
    expect(codesOf({ destinations: [destination({}, { isOwnIngest: true })] })).toEqual(['LOOP']);
  });

  it.each([
    [6_160, []],
    [6_161, ['UPLINK_SHORT']],
  ])('compares %i kbit/s with the uplink', (kbps, codes) => {
    expect(codesOf({ uplink: { kbps, kbpsMax: 6_160 } })).toEqual(codes);
  });

  it.each([
    [8_999, []],
    [9_000, ['OUT_QUOTA_NEAR']],
  ])('compares %i kbit/s with nine tenths of the quota', (kbps, codes) => {
    expect(codesOf({ quota: { kbps, kbpsMax: 10_000 } })).toEqual(codes);
  });

  it.each([
    [47.5 * 3_600_000 - 1, []],
    [47.5 * 3_600_000, ['DURATION_NEAR']],
  ])('tells half an hour before the platform ends it, at %i ms', (liveForMs, codes) => {
    expect(codesOf({ liveForMs, destinations: [destination({ hoursMax: 48 })] })).toEqual(codes);
  });

  it('says nothing of the built-in test destination, nor for it', () => {
    const destinations = [
      destination(
        { videoKbpsMax: 1, hoursMax: 0.01 },
        { isTest: true, isOwnIngest: true, keyFingerprint: 'same' },
      ),
    ];
    const strangers = [{ id: 'far', name: 'Far', streamName: 'Second', keyFingerprint: 'same' }];
    const uplink = { kbps: 9, kbpsMax: 1 };
    expect(codesOf({ destinations, strangers, uplink, quota: uplink })).toEqual([]);
  });
});
