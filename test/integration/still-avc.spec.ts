import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeVideo } from '#flv';
import { isCleanEntry, makeStill } from '#still';
import type { Still } from '#still';
import { temporaryDirectory } from '#testing';
import { decodedPictures, encodedFlv } from './encoded-pictures.ts';
import type { Encoding } from './encoded-pictures.ts';
import { readFlv, writeFlv } from './flv-file.ts';
import type { FlvTag } from './flv-file.ts';

const VIDEO = 9;

/** Pictures that came before the encoder went away, twice; the newest keyframe is the 31st. */
const CUTS = [38, 41] as const;

/** What is asked of a still: the last picture for a while, then keyframes, also two in a row. */
const HOLD: ReadonlyArray<'skip' | 'keyframe'> = [
  ...Array.from({ length: 20 }, () => 'skip' as const),
  'keyframe',
  ...Array.from({ length: 20 }, () => 'skip' as const),
  ...(['keyframe', 'keyframe', 'skip', 'skip', 'skip'] as const),
];

const encodings: Readonly<Record<string, Encoding>> = {
  'the baseline profile': { options: ['-profile:v', 'baseline'] },
  'the main profile': { options: ['-profile:v', 'main'], x264: 'bframes=0' },
  'B-frames': { x264: 'bframes=2:b-adapt=0:b-pyramid=none' },
  'B-frames without CABAC': { x264: 'bframes=2:b-adapt=0:cabac=0:8x8dct=1' },
  'a pyramid of B-frames': { x264: 'bframes=3:b-adapt=0:b-pyramid=normal:ref=4' },
  'a strict pyramid': { x264: 'bframes=3:b-adapt=0:b-pyramid=strict:ref=4' },
  'weights, five references': { x264: 'weightp=2:bframes=0:ref=5' },
  'weights both ways': { x264: 'weightp=1:weightb=1:bframes=2:b-adapt=0' },
  'no weights, one reference': { x264: 'weightp=0:bframes=0:ref=1' },
  'four slices': { x264: 'slices=4:bframes=2:b-adapt=0' },
  'four slices without CABAC': { x264: 'slices=4:bframes=2:b-adapt=0:cabac=0' },
  'no latency': { options: ['-tune', 'zerolatency'] },
  'pairs of macroblocks': { x264: 'interlaced=1:tff=1:bframes=2:b-adapt=0' },
  'pairs of macroblocks without CABAC': { x264: 'interlaced=1:bff=1:cabac=0:bframes=0' },
  'frames said to be fields': { x264: 'fake-interlaced=1:bframes=2:b-adapt=0' },
  'open groups': { x264: 'open-gop=1:bframes=3:b-adapt=0' },
  delimiters: { x264: 'aud=1:bframes=2:b-adapt=0' },
  'a model of the receiver': { x264: 'nal-hrd=cbr:bitrate=800:vbv-maxrate=800:vbv-bufsize=800' },
  'ten bits': { pixels: 'yuv420p10le', x264: 'bframes=2:b-adapt=0' },
  '4:2:2': { pixels: 'yuv422p', x264: 'bframes=2:b-adapt=0' },
  '4:4:4': { pixels: 'yuv444p', x264: 'bframes=2:b-adapt=0' },
  grey: { pixels: 'gray', x264: 'bframes=2:b-adapt=0' },
  'a size that is no multiple of 16': { size: '314x178', x264: 'bframes=2:b-adapt=0' },
  '1080p': { size: '1920x1080', x264: 'bframes=2:b-adapt=0' },
};

interface Source {
  readonly headers: readonly FlvTag[];
  readonly frames: readonly FlvTag[];
}

async function sourceOf(encoding: Encoding): Promise<Source> {
  const tags = readFlv(await encodedFlv(encoding)).filter(({ typeId }) => typeId === VIDEO);
  const isA = (tag: FlvTag, packet: string) => describeVideo(tag.body).packet === packet;
  return {
    headers: tags.filter((tag) => isA(tag, 'config')),
    frames: tags.filter((tag) => isA(tag, 'frames')),
  };
}

const shownMsOf = ({ timestampMs, body }: FlvTag): number =>
  timestampMs + (describeVideo(body).tracks[0]?.compositionTimeMs ?? 0);

const isKeyframe = ({ body }: FlvTag): boolean => describeVideo(body).frame === 'key';

/** A recording, and the source's picture that each of its pictures should be. */
class Splice {
  readonly tags: FlvTag[] = [];
  readonly expected: number[] = [];
  readonly #source: Source;
  readonly #shownMs: readonly number[];
  #endMs = 0;

  constructor(source: Source) {
    this.#source = source;
    this.#shownMs = source.frames.map(shownMsOf).sort((a, b) => a - b);
  }

  /** The encoder, from its start to its `count`th picture in the order of coding. */
  play(count: number): readonly FlvTag[] {
    const frames = this.#source.frames.slice(0, count);
    const offsetMs = this.#endMs;
    const moved = [...this.#source.headers, ...frames].map((tag) => {
      return { ...tag, timestampMs: tag.timestampMs + offsetMs };
    });
    this.tags.push(...moved);
    this.expected.push(...frames.map((tag) => this.placeOf(tag)).sort((a, b) => a - b));
    this.#endMs = (moved.at(-1)?.timestampMs ?? 0) + 33;
    const played = moved.slice(this.#source.headers.length);
    return played.slice(played.findLastIndex(isKeyframe));
  }

  hold(still: Still, pictures: readonly number[]): void {
    for (const kind of HOLD) {
      const body = Buffer.from(still.video(kind, this.#endMs));
      this.tags.push({ typeId: VIDEO, timestampMs: this.#endMs, body });
      this.#endMs += Math.round(still.frameMs);
    }
    this.expected.push(...pictures);
    // The next encoder's first picture is shown after the last of these.
    this.#endMs += 500;
  }

  /** Of the source's pictures as they are shown. */
  placeOf(frame: FlvTag | undefined): number {
    return frame === undefined ? -1 : this.#shownMs.indexOf(shownMsOf(frame));
  }
}

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeAll(async () => {
  directory = await temporaryDirectory();
});

afterAll(() => directory.remove());

/** Twice away and back again; `wanted` gives the pictures of one hold, by the group before it. */
async function expectSplices(
  source: Source,
  stillOf: (gop: readonly FlvTag[]) => Still,
  wanted: (shown: number, keyframe: number) => readonly number[],
): Promise<void> {
  const splice = new Splice(source);
  for (const cut of CUTS) {
    const gop = splice.play(cut);
    const shown = Math.max(...splice.expected.slice(-cut));
    const keyframe = splice.placeOf(source.frames[cut - gop.length]);
    splice.hold(stillOf(gop), wanted(shown, keyframe));
  }
  splice.play(source.frames.length);
  const file = join(directory.path, 'held.flv');
  await writeFile(file, writeFlv(splice.tags));
  const decoded = await decodedPictures(file);
  const whole = decoded.slice(-source.frames.length);
  expect(new Set(whole).size).toBe(source.frames.length);
  expect(decoded.map((hash) => whole.indexOf(hash))).toEqual(splice.expected);
}

const stillOf =
  (source: Source) =>
  (gop: readonly FlvTag[]): Still =>
    makeStill({ headers: source.headers, gop });

const firstKeyframe = HOLD.indexOf('keyframe');
const lastPictureFirst = (shown: number, keyframe: number): readonly number[] =>
  HOLD.map((_, index) => (index < firstKeyframe ? shown : keyframe));

describe('H.264, held and taken up again, decodes without a word', () => {
  it.each(Object.entries(encodings))('%s: to the last picture', async (_, encoding) => {
    const source = await sourceOf(encoding);
    await expectSplices(source, stillOf(source), lastPictureFirst);
    const still = stillOf(source)(source.frames);
    expect(still).toMatchObject({ picture: 'last-picture', reason: '', keyframeMs: 2000 });
    expect(still.frameMs).toBeCloseTo(1000 / 30, 1);
  });

  it('in the framing of Enhanced RTMP', async () => {
    const source = await sourceOf({ x264: 'bframes=2:b-adapt=0' });
    const enhanced = (tag: FlvTag): FlvTag => {
      const fourCc = Buffer.from('avc1');
      const first = (tag.body[0] ?? 0) & 0x70;
      const body = [Buffer.of(0x80 | first | (tag.body[1] ?? 0)), fourCc, tag.body.subarray(2)];
      return { ...tag, body: Buffer.concat(body) };
    };
    const legacy = (body: Buffer): Buffer => {
      expect(body.subarray(1, 5).toString()).toBe('avc1');
      expect(body.readUInt8(0) & 0x8f).toBe(0x81);
      return Buffer.concat([Buffer.of((body.readUInt8(0) & 0x70) | 7, 1), body.subarray(5)]);
    };
    const headers = source.headers.map(({ body, ...tag }) => {
      return { ...tag, body: Buffer.concat([Buffer.from('9061766331', 'hex'), body.subarray(5)]) };
    });
    const inEnhanced = (gop: readonly FlvTag[]): Still => {
      const still = makeStill({ headers, gop: gop.map(enhanced) });
      return { ...still, video: (kind, dtsMs) => legacy(still.video(kind, dtsMs)) };
    };
    await expectSplices(source, inEnhanced, lastPictureFirst);
  });

  it('a stream that refreshes bit by bit: to the last picture, and there is no other', async () => {
    const source = await sourceOf({ x264: 'intra-refresh=1:bframes=0' });
    const still = stillOf(source)(source.frames.slice(30));
    expect(still).toMatchObject({ picture: 'last-picture', keyframeMs: 0 });
    expect(still.reason).toBe('no keyframe stands for itself');
    await expectSplices(source, stillOf(source), (shown) => HOLD.map(() => shown));
  });

  it('a stream of nothing but keyframes: to the last of them', async () => {
    const source = await sourceOf({ options: ['-g', '1'], x264: 'keyint=1' });
    const still = stillOf(source)(source.frames.slice(-1));
    expect(still).toMatchObject({ picture: 'keyframe', frameMs: 1000, keyframeMs: 1000 });
    expect(still.reason).toContain('no picture refers to another');
    await expectSplices(source, stillOf(source), (shown) => HOLD.map(() => shown));
  });

  it('knows of keyframes which are clean', async () => {
    const open = await sourceOf(encodings['open groups'] ?? {});
    const closed = await sourceOf(encodings['B-frames'] ?? {});
    const entriesOf = ({ frames }: Source): readonly boolean[] =>
      frames.filter(isKeyframe).map(({ typeId, body }) => isCleanEntry(typeId, body));
    expect(entriesOf(open)).toEqual([true, false]);
    expect(entriesOf(closed)).toEqual([true, true]);
  });
});
