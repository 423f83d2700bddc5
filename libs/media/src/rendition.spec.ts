import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AmfEcmaArray, amfObject, encodeAmf0 } from '#amf';
import type { AmfValue } from '#amf';
import { decodeDataMessage, describeAudio, describeVideo } from '#flv';
import type { HeaderMessage } from '#ring';
import { HeaderSet } from './header-set.ts';
import { MessageTypeId } from './message-type-id.ts';
import { TRACK_MISSING_AFTER_MS } from './rendition-choice.ts';
import type { RenditionChoice, TrackChoice } from './rendition-choice.ts';
import { Rendition } from './rendition.ts';
import type { RenditionNews } from './rendition.ts';
import {
  aacConfig,
  aacConfig44,
  aacFrame,
  additionalMedia,
  avcConfig,
  avcInterFrame,
  avcKeyframe,
  configOfTrack,
  cuePoint,
  expectedMedia,
  inOneMessage,
  metadata,
  ofTrack,
} from './sample-messages.fixture.ts';

const { AUDIO, VIDEO, DATA } = MessageTypeId;

/** The configuration of H.264 as that of one track among others. */
const avcConfigOfTrack = (trackId: number, mark: number): Buffer =>
  Buffer.concat([
    Buffer.of(0x96, 0x00),
    Buffer.from('avc1'),
    Buffer.of(trackId),
    avcConfig(mark).subarray(5),
  ]);

const header = (typeId: number, body: Uint8Array): HeaderMessage => ({ typeId, body });
const oneOfEach = [
  header(DATA, metadata('obs')),
  header(AUDIO, aacConfig),
  header(VIDEO, avcConfig()),
];
const twoOfEach = [
  ...oneOfEach,
  header(AUDIO, configOfTrack(1, aacConfig44)),
  header(VIDEO, avcConfigOfTrack(1, 0x2a)),
];

interface Sent {
  readonly what: 'headers' | 'message';
  readonly typeId: number;
  readonly timestampMs: number;
  readonly isJoinPoint: boolean;
  readonly body: Buffer;
}

function play(choice: Partial<RenditionChoice>, headers: readonly HeaderMessage[] = twoOfEach) {
  const sent: Sent[] = [];
  const news: RenditionNews[] = [];
  let joinable: readonly HeaderMessage[] = [];
  const whole = {
    video: 'all',
    audio: 'all',
    framing: 'as-is',
    metadata: new Map(),
    ...choice,
  } as const;
  const rendition = new Rendition(
    whole,
    { headers, timestampMs: 0 },
    {
      setHeaders(list) {
        joinable = list.map(({ typeId, body }) => header(typeId, Buffer.from(body)));
      },
      append(typeId, timestampMs, isJoinPoint, body) {
        sent.push({ what: 'message', typeId, timestampMs, isJoinPoint, body: Buffer.from(body) });
      },
    },
    (one) => news.push(one),
  );
  const take = (typeId: number, timestampMs: number, body: Uint8Array) => {
    const before = sent.length;
    rendition.onMessage(typeId, timestampMs, body);
    return sent.slice(before).map((one) => [one.typeId, one.isJoinPoint, one.body] as const);
  };
  return { rendition, sent, news, take, headers: () => joinable };
}

const bodiesOf = (headers: readonly HeaderMessage[], of: number): readonly Uint8Array[] =>
  headers.filter(({ typeId }) => typeId === of).map(({ body }) => body);
const named = (body: Uint8Array | undefined): Record<string, AmfValue> =>
  Object.fromEntries(decodeDataMessage(body ?? Buffer.alloc(0))?.values ?? []);

describe('a rendition', () => {
  it('of everything is what it is made of, from the first keyframe on', () => {
    const { take, headers } = play({});
    expect(headers()).toEqual(
      new HeaderSet(twoOfEach).list().map(({ typeId, body }) => header(typeId, body)),
    );
    expect(take(AUDIO, 0, aacFrame())).toEqual([]);
    for (const [typeId, body, isJoinPoint] of [
      [VIDEO, avcKeyframe(), true],
      [VIDEO, ofTrack(1, avcKeyframe()), false],
      [AUDIO, aacFrame(), false],
      [AUDIO, ofTrack(1, aacFrame()), false],
      [DATA, cuePoint(), false],
      [VIDEO, avcInterFrame(), false],
    ] as const) {
      expect(take(typeId, 0, body)).toEqual([[typeId, isJoinPoint, body]]);
    }
  });

  it('of one picture and one sound has these, as a stream of one track has them', () => {
    const { take, headers } = play({ video: 1, audio: 1, framing: 'legacy' });
    expect(bodiesOf(headers(), VIDEO)).toEqual([avcConfig(0x2a)]);
    expect(bodiesOf(headers(), AUDIO)).toEqual([aacConfig44]);
    expect(take(VIDEO, 0, avcKeyframe())).toEqual([]);
    expect(take(VIDEO, 0, ofTrack(1, avcKeyframe(40, 7)))).toEqual([
      [VIDEO, true, avcKeyframe(40, 7)],
    ]);
    expect(take(AUDIO, 1, aacFrame())).toEqual([]);
    expect(take(AUDIO, 1, ofTrack(1, aacFrame(7)))).toEqual([[AUDIO, false, aacFrame(7)]]);
    expect(take(VIDEO, 33, ofTrack(1, avcInterFrame()))).toEqual([[VIDEO, false, avcInterFrame()]]);
    const both = inOneMessage(avcKeyframe(40, 3), avcKeyframe(40, 4));
    expect(take(VIDEO, 66, both)).toEqual([[VIDEO, true, avcKeyframe(40, 4)]]);
  });

  it('without pictures is joined at its sound, without sound at its pictures', () => {
    const heard = play({ video: 'none' });
    expect(bodiesOf(heard.headers(), VIDEO)).toEqual([]);
    expect(heard.take(VIDEO, 0, avcKeyframe())).toEqual([]);
    expect(heard.take(AUDIO, 0, aacFrame())).toEqual([[AUDIO, true, aacFrame()]]);
    const seen = play({ audio: 'none' });
    expect(bodiesOf(seen.headers(), AUDIO)).toEqual([]);
    expect(seen.take(VIDEO, 0, avcKeyframe())).toEqual([[VIDEO, true, avcKeyframe()]]);
    expect(seen.take(AUDIO, 0, aacFrame())).toEqual([]);
  });

  it('takes up a second sound that comes as data as track 1', () => {
    const announced = [
      ...oneOfEach,
      header(DATA, expectedMedia()),
      header(DATA, additionalMedia(aacConfig44)),
    ];
    const { take, headers, news } = play({ audio: 1 }, announced);
    expect(bodiesOf(headers(), AUDIO)).toEqual([aacConfig44]);
    expect(bodiesOf(headers(), DATA)).toHaveLength(1);
    take(VIDEO, 0, avcKeyframe());
    expect(take(AUDIO, 1, aacFrame())).toEqual([]);
    expect(take(DATA, 1, additionalMedia(aacFrame(9)))).toEqual([[AUDIO, false, aacFrame(9)]]);
    expect(news).toEqual([]);
    const first = play({ audio: 0 }, announced);
    first.take(VIDEO, 0, avcKeyframe());
    expect(first.take(DATA, 1, additionalMedia(aacFrame(9)))).toEqual([]);
    expect(bodiesOf(first.headers(), DATA)).toHaveLength(1);
    const all = play({}, announced);
    all.take(VIDEO, 0, avcKeyframe());
    const message = additionalMedia(aacFrame(9));
    expect(all.take(DATA, 1, message)).toEqual([[DATA, false, message]]);
  });

  it('tells other configurations in band, and to whoever joins', () => {
    const { take, headers } = play({ audio: 1 });
    take(VIDEO, 0, avcKeyframe());
    expect(take(AUDIO, 5, aacConfig44)).toEqual([]);
    const config = configOfTrack(1, aacConfig);
    const alone = Buffer.concat([Buffer.of(0x90), Buffer.from('mp4a'), aacConfig.subarray(2)]);
    expect(take(AUDIO, 5, config)).toEqual([[AUDIO, false, alone]]);
    expect(bodiesOf(headers(), AUDIO)).toEqual([alone]);
    expect(take(AUDIO, 5, config)).toEqual([]);
  });

  it('says in its metadata what is true of its tracks, and what its owner wants said', () => {
    const told = encodeAmf0([
      '@setDataFrame',
      'onMetaData',
      new AmfEcmaArray([
        ['encoder', 'obs'],
        ['width', 1920],
        ['height', 1080],
        ['audiochannels', 2],
        ['videoTrackIdInfoMap', amfObject({ 1: amfObject({ width: 1080, height: 1920 }) })],
        ['audioTrackIdInfoMap', amfObject({ 1: amfObject({ audiochannels: 1 }) })],
      ]),
    ]);
    const headers = [header(DATA, told), ...twoOfEach.slice(1)];
    const metadataOf = (choice: Partial<RenditionChoice>) =>
      named(bodiesOf(play(choice, headers).headers(), DATA)[0]);
    const overrides = new Map([['title', 'Upright']]);
    expect(metadataOf({ video: 1, audio: 0, metadata: overrides })).toEqual({
      encoder: 'obs',
      width: 1080,
      height: 1920,
      audiochannels: 2,
      title: 'Upright',
    });
    expect(metadataOf({ video: 'none', audio: 1 })).toEqual({ encoder: 'obs', audiochannels: 1 });
    expect(metadataOf({ video: 0 })).toMatchObject({ width: 1920, audioTrackIdInfoMap: {} });
  });

  it('undoes no join point for other metadata', () => {
    const { take, headers } = play({ audio: 1 });
    take(VIDEO, 0, avcKeyframe());
    expect(take(DATA, 1, metadata('other'))).toHaveLength(1);
    expect(named(bodiesOf(headers(), DATA)[0])).toEqual({ encoder: 'obs' });
    take(VIDEO, 2, avcKeyframe());
    expect(named(bodiesOf(headers(), DATA)[0])).toEqual({ encoder: 'other' });
  });
});

describe('a track that is not there', () => {
  const lateMs = TRACK_MISSING_AFTER_MS + 1;

  it('is told, and track 0 sent, until it comes', () => {
    const { take, news, headers } = play({ audio: 1 }, oneOfEach);
    const missing = { kind: 'track-missing', track: 'audio', trackId: 1 };
    expect(news).toEqual([missing]);
    take(VIDEO, 0, avcKeyframe());
    expect(take(AUDIO, 0, aacFrame())).toEqual([[AUDIO, false, aacFrame()]]);
    expect(take(AUDIO, 1, configOfTrack(1, aacConfig44))).toEqual([]);
    const [config, frame] = take(AUDIO, 2, ofTrack(1, aacFrame(7)));
    expect(config?.[2].subarray(5)).toEqual(aacConfig44.subarray(2));
    expect(frame?.[2].subarray(5)).toEqual(aacFrame(7).subarray(2));
    expect(news).toEqual([missing, { ...missing, kind: 'track-back' }]);
    expect(bodiesOf(headers(), AUDIO)).toEqual([config?.[2]]);
    expect(take(AUDIO, 3, aacFrame())).toEqual([]);
  });

  it('is missed at the limit and not before, and a picture only at a keyframe', () => {
    const { take, news } = play({ video: 1 });
    take(VIDEO, 0, ofTrack(1, avcKeyframe()));
    expect(take(VIDEO, lateMs - 1, avcKeyframe())).toEqual([]);
    expect(take(VIDEO, lateMs, avcInterFrame())).toEqual([]);
    expect(news).toEqual([]);
    const [config, keyframe] = take(VIDEO, lateMs, avcKeyframe());
    expect(config).toEqual([VIDEO, false, avcConfig()]);
    expect(keyframe).toEqual([VIDEO, true, avcKeyframe()]);
    expect(news).toMatchObject([{ kind: 'track-missing', track: 'video' }]);
    expect(take(VIDEO, lateMs + 1, ofTrack(1, avcInterFrame()))).toEqual([]);
    expect(take(VIDEO, lateMs + 2, ofTrack(1, avcKeyframe()))).toHaveLength(2);
    expect(news).toMatchObject([{}, { kind: 'track-back' }]);
  });

  it('is not missed while it comes, however long', () => {
    const { take, news } = play({ video: 1 });
    for (const ms of [0, lateMs - 1, 2 * lateMs - 2]) {
      expect(take(VIDEO, ms, ofTrack(1, avcKeyframe()))).toHaveLength(1);
      expect(take(VIDEO, ms, avcKeyframe())).toEqual([]);
    }
    expect(news).toEqual([]);
  });

  it('is gone from what joiners are sent, where all are wanted', () => {
    const { rendition, take, headers } = play({});
    take(VIDEO, 0, avcKeyframe());
    rendition.renew(oneOfEach, 10);
    take(VIDEO, 11, avcKeyframe());
    expect(bodiesOf(headers(), AUDIO)).toEqual([aacConfig]);
    expect(bodiesOf(headers(), VIDEO)).toEqual([avcConfig()]);
  });

  it('is missed at once where the next encoder has none', () => {
    const { rendition, take, news, headers } = play({ audio: 1 });
    take(VIDEO, 0, avcKeyframe());
    rendition.renew(oneOfEach, 10);
    expect(news).toMatchObject([{ kind: 'track-missing', track: 'audio' }]);
    expect(take(VIDEO, 11, avcKeyframe())).toHaveLength(1);
    expect(bodiesOf(headers(), AUDIO)).toEqual([aacConfig]);
    expect(take(AUDIO, 12, aacFrame())).toEqual([[AUDIO, false, aacFrame()]]);
  });
});

const anyChoice = fc.constantFrom<TrackChoice>(0, 1, 'all', 'none');
const anyStep = fc.constantFrom<readonly [typeId: number, body: Buffer]>(
  [VIDEO, avcKeyframe()],
  [VIDEO, avcInterFrame()],
  [VIDEO, ofTrack(1, avcKeyframe())],
  [VIDEO, ofTrack(1, avcInterFrame())],
  [VIDEO, inOneMessage(avcKeyframe(), avcKeyframe())],
  [VIDEO, avcConfig(0x20)],
  [VIDEO, avcConfigOfTrack(1, 0x21)],
  [AUDIO, aacFrame()],
  [AUDIO, ofTrack(1, aacFrame())],
  [AUDIO, aacConfig44],
  [AUDIO, configOfTrack(1, aacConfig)],
  [DATA, metadata('other')],
  [DATA, cuePoint()],
  [DATA, additionalMedia(aacFrame())],
);

describe('whatever comes', () => {
  it('has the chosen tracks alone, in rising time, begun where it can be decoded', () => {
    const steps = fc.array(fc.tuple(anyStep, fc.nat(2_000)), { maxLength: 60 });
    fc.assert(
      fc.property(anyChoice, anyChoice, steps, (video, audio, all) => {
        const { take, sent, headers } = play({ video, audio });
        let atMs = 0;
        for (const [[typeId, body], laterMs] of all) {
          atMs += laterMs;
          for (const [type, isJoinPoint] of take(typeId, atMs, body)) {
            if (isJoinPoint) expect(bodiesOf(headers(), type).length).toBeGreaterThan(0);
          }
        }
        const times = sent.map(({ timestampMs }) => timestampMs);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(sent[0]?.isJoinPoint ?? true).toBe(true);
        for (const { typeId, body } of sent) {
          const choice = typeId === VIDEO ? video : audio;
          if (typeId === DATA || choice === 'all') continue;
          const { tracks } = typeId === VIDEO ? describeVideo(body) : describeAudio(body);
          expect(choice).not.toBe('none');
          expect(tracks.map(({ trackId }) => trackId)).toEqual([0]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
