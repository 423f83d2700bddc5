import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeVideo } from '#flv';
import { systemTimers } from '#kernel';
import { makeStill, slateCoding, slateFault, type SlateCoding } from '#still';
import { temporaryDirectory } from '#testing';
import { renderSlate, type SlateImage } from '../../apps/relay/src/slate-render.ts';
import { decodedPictures, encodedFile, encodedFlv } from './encoded-pictures.ts';
import type { Encoding } from './encoded-pictures.ts';
import { readFlv, writeFlv, type FlvTag } from './flv-file.ts';

const VIDEO = 9;
const FFMPEG = { program: 'ffmpeg', path: process.env['PATH'] };
/** Pictures that came before the encoder went away; the newest keyframe is the 31st. */
const CUT = 38;
/** The first of a slate is a keyframe, whatever is asked for. */
const HOLD = [
  ...(['skip', 'skip', 'skip', 'keyframe', 'skip', 'keyframe', 'keyframe'] as const),
  ...(['skip', 'skip'] as const),
];

const encodings: Readonly<Record<string, Encoding>> = {
  'the baseline profile': { options: ['-profile:v', 'baseline'] },
  'the main profile': { options: ['-profile:v', 'main'], x264: 'bframes=2:b-adapt=0' },
  'the high profile, with weights': { x264: 'weightp=2:bframes=2:b-adapt=0:ref=4' },
  'eights without CABAC': { x264: 'cabac=0:8x8dct=1:bframes=2:b-adapt=0' },
  'colours of an offset': { x264: 'chroma-qp-offset=-3:psy=0' },
  'four slices': { x264: 'slices=4:bframes=2:b-adapt=0' },
  'frames said to be fields': { x264: 'fake-interlaced=1:bframes=2:b-adapt=0' },
  delimiters: { x264: 'aud=1:bframes=2:b-adapt=0' },
  'no deblocking': { x264: 'no-deblock=1' },
  'ten bits': { pixels: 'yuv420p10le', x264: 'bframes=2:b-adapt=0' },
  '4:2:2': { pixels: 'yuv422p', x264: 'bframes=2:b-adapt=0' },
  '4:4:4': { pixels: 'yuv444p', x264: 'bframes=2:b-adapt=0' },
  'a size that is no multiple of 16': { size: '314x178', x264: 'bframes=2:b-adapt=0' },
  '1080p': { size: '1920x1080', x264: 'bframes=2:b-adapt=0' },
};

const images: Readonly<Record<SlateImage['mime'], readonly string[]>> = {
  'image/png': ['-c:v', 'png', '-pix_fmt', 'rgba'],
  'image/jpeg': ['-c:v', 'mjpeg', '-pix_fmt', 'yuvj444p'],
};

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeAll(async () => {
  directory = await temporaryDirectory();
});
afterAll(() => directory.remove());

async function imageOf(mime: SlateImage['mime'], size = '301x203'): Promise<SlateImage> {
  const source = ['-f', 'lavfi', '-i', `smptehdbars=size=${size}`, '-frames:v', '1'];
  return { mime, bytes: await encodedFile('image2pipe', [...source, ...images[mime]]) };
}

async function sourceOf(encoding: Encoding) {
  const tags = readFlv(await encodedFlv(encoding)).filter(({ typeId }) => typeId === VIDEO);
  const isA = (tag: FlvTag, packet: string) => describeVideo(tag.body).packet === packet;
  const headers = tags.filter((tag) => isA(tag, 'config'));
  return { headers, frames: tags.filter((tag) => isA(tag, 'frames')) };
}

function codingOf(headers: readonly FlvTag[]): SlateCoding {
  const coding = slateCoding(headers);
  if (typeof coding === 'string') throw new Error(coding);
  return coding;
}

const isKeyframe = ({ body }: FlvTag): boolean => describeVideo(body).frame === 'key';

describe('a slate', () => {
  it.each(Object.entries(encodings))('among %s: is what is seen', async (name, encoding) => {
    const { headers, frames } = await sourceOf(encoding);
    const coding = codingOf(headers);
    const image = await imageOf(name === 'ten bits' ? 'image/jpeg' : 'image/png');
    const coded = await renderSlate(FFMPEG, image, coding, systemTimers);
    expect(slateFault(headers, coded)).toBeUndefined();
    const before = frames.slice(0, CUT);
    const gop = before.slice(before.findLastIndex(isKeyframe));
    const still = makeStill({ headers, gop }, coded);
    expect(still).toMatchObject({ picture: 'slate', reason: '', keyframeMs: 2000 });
    const startMs = (before.at(-1)?.timestampMs ?? 0) + 33;
    const held = HOLD.map((kind, index): FlvTag => {
      const timestampMs = startMs + index * 33;
      return { typeId: VIDEO, timestampMs, body: Buffer.from(still.video(kind, timestampMs)) };
    });
    const again = [...headers, ...frames].map((tag) => {
      return { ...tag, timestampMs: tag.timestampMs + startMs + 1000 };
    });
    const file = join(directory.path, 'slate.flv');
    await writeFile(file, writeFlv([...headers, ...before, ...held, ...again]));
    const decoded = await decodedPictures(file);
    expect(decoded.length).toBe(CUT + HOLD.length + frames.length);
    const alone = join(directory.path, 'alone.h264');
    await writeFile(alone, coded);
    const { width, height } = coding;
    const [slate] = await decodedPictures(alone, [`crop=${width}:${height}:0:0`]);
    expect(decoded.slice(CUT, CUT + HOLD.length)).toEqual(HOLD.map(() => slate));
    expect(new Set(decoded.slice(-frames.length)).size).toBe(frames.length);
  });

  it.each([
    ['pairs of macroblocks', { x264: 'interlaced=1:tff=1' }, 'it is coded in fields'],
    ['grey', { pixels: 'gray' }, 'it has no colours'],
    ['scaling lists', { x264: 'cqm=jvt' }, 'it has scaling lists of its own'],
  ])('cannot be among %s', async (_, encoding, reason) => {
    const { headers } = await sourceOf(encoding);
    expect(slateCoding(headers)).toBe(reason);
    expect(slateFault(headers, new Uint8Array())).toBe(reason);
  });

  it.each([
    ['the main profile', 'no CABAC', { isArithmetic: false }, 'its arithmetic is another'],
    ['the main profile', 'ten bits', { bitDepth: 10 }, 'its pixels are of another kind'],
    ['the main profile', 'eights', { hasLargeTransform: true }, /transformed differently/],
    ['the main profile', 'offsets', { chromaOffset: 5 }, 'its colours are quantised differently'],
    ['the main profile', 'another size', { codedWidth: 352 }, 'it is of another size'],
  ] as const)('among %s, coded with %s: is held back', async (name, _, changes, reason) => {
    const { headers, frames } = await sourceOf(encodings[name] ?? {});
    const image = await imageOf('image/png');
    const coding = { ...codingOf(headers), ...changes };
    const coded = await renderSlate(FFMPEG, image, coding, systemTimers);
    expect(slateFault(headers, coded)).toMatch(reason);
    const still = makeStill({ headers, gop: frames.slice(30, CUT) }, coded);
    expect(still.picture).toBe('last-picture');
    expect(still.reason).toMatch('the slate cannot be shown: ');
  });
});

describe('the helper', () => {
  it('is missing: that is said', async () => {
    const { headers } = await sourceOf({});
    const rendered = renderSlate(
      { ...FFMPEG, program: join(directory.path, 'no-such-program') },
      await imageOf('image/png'),
      codingOf(headers),
      systemTimers,
    );
    await expect(rendered).rejects.toMatchObject({ code: 'SLATE_HELPER_MISSING' });
  });

  it('says why it cannot', async () => {
    const { headers } = await sourceOf({});
    const image: SlateImage = { mime: 'image/png', bytes: Buffer.from('not a picture') };
    const rendered = renderSlate(FFMPEG, image, codingOf(headers), systemTimers);
    await expect(rendered).rejects.toMatchObject({ code: 'SLATE_HELPER_FAILED' });
  });

  it('that takes too long is ended', async () => {
    const { headers } = await sourceOf({});
    const atOnce = {
      after: (_: number, task: () => void) => {
        const immediate = setImmediate(task);
        return () => clearImmediate(immediate);
      },
    };
    const rendered = renderSlate(FFMPEG, await imageOf('image/png'), codingOf(headers), atOnce);
    await expect(rendered).rejects.toMatchObject({ code: 'SLATE_HELPER_LATE' });
  });
});
