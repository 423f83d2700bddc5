import { describe, expect, it } from 'vitest';
import { withoutEmulationPrevention } from '#flv';
import { avcInput, type SliceShape, type StreamShape } from './avc-stream.fixture.ts';
import { AvcSetStore } from './avc-sets.ts';
import { makeStill } from './index.ts';
import type { Still, StillPicture } from './still.ts';
import { readSliceHeader, type SliceHeader } from './slice-header.ts';

const IDR: SliceShape = { type: 5, importance: 3 };
const plain: readonly SliceShape[] = [IDR, { frameNumber: 1, order: 2 }];

/** Streams that can be held in part, or not at all. */
const ladder: ReadonlyArray<
  readonly [
    name: string,
    stream: StreamShape,
    pictures: readonly SliceShape[],
    picture: StillPicture,
    reason: string,
  ]
> = [
  ['nothing rare', {}, plain, 'last-picture', ''],
  ['order of type 1', { orderType: 1 }, plain, 'last-picture', ''],
  ['order of type 2', { orderType: 2 }, plain, 'last-picture', ''],
  ['frames among fields', { isFramesOnly: false }, plain, 'last-picture', ''],
  ['one reference forgotten', {}, [...plain, after([[1, 0]])], 'last-picture', ''],
  ['limits for long ones', {}, [...plain, after([[4, 0]])], 'last-picture', ''],
  [
    'fields',
    { isFramesOnly: false },
    [IDR, { frameNumber: 1, isField: true }],
    'keyframe',
    'coded in fields',
  ],
  [
    'a keyframe of fields',
    { isFramesOnly: false },
    [{ ...IDR, isField: true }],
    'none',
    'coded in fields',
  ],
  ['slice groups', { sliceGroups: 2 }, plain, 'none', 'slices are in groups'],
  ['colours apart', { areColoursApart: true }, plain, 'none', 'colours are coded apart'],
  ['sets that never came', { pictureSetId: 7 }, plain, 'none', 'sets are not known'],
  ['no references', { referenceFramesMax: 0 }, plain, 'keyframe', 'no picture refers'],
  ['all forgotten', {}, [...plain, after([[5, 0]])], 'keyframe', 'keeps pictures for long'],
  ['kept for long', {}, [...plain, after([[6, 0]])], 'keyframe', 'keeps pictures for long'],
  ['made long', {}, [...plain, after([[3, 0]])], 'keyframe', 'keeps pictures for long'],
  ['a lasting keyframe', {}, [{ ...IDR, isLongTerm: true }], 'keyframe', 'keeps pictures for long'],
  [
    'redundant slices',
    { hasRedundantCount: true },
    [IDR, { frameNumber: 1, redundantCount: 1 }],
    'keyframe',
    'redundant slices',
  ],
  ['slices of a rare kind', {}, [IDR, { frameNumber: 1, kind: 3 }], 'keyframe', 'a rare kind'],
  ['partitions', {}, [IDR, { type: 2, frameNumber: 1 }], 'keyframe', 'in partitions'],
  ['an order out of reach', {}, far(), 'keyframe', 'order is not known'],
  ['lengths of one byte', { lengthBytes: 1 }, plain, 'keyframe', 'too short'],
  ['a keyframe that refers', {}, [{ importance: 2, kind: 0 }], 'last-picture', 'no keyframe'],
];

function after(commands: NonNullable<SliceShape['commands']>): SliceShape {
  return { frameNumber: 2, order: 4, commands };
}

/** Pictures shown ever later that no other refers to: the order of the next cannot be told. */
function far(): readonly SliceShape[] {
  return [IDR, { importance: 0, kind: 1, frameNumber: 1, order: 15 }];
}

function headerOf(stream: StreamShape, body: Buffer): SliceHeader {
  const [configuration] = avcInput(stream, []).headers;
  const store = new AvcSetStore(configuration?.body.subarray(5));
  const unit = body.subarray(5 + store.lengthBytes);
  const payload = withoutEmulationPrevention(unit.subarray(1));
  const header = readSliceHeader(unit[0] ?? 0, payload, store);
  if (typeof header === 'string') throw new Error(header);
  return header;
}

function skipsOf(stream: StreamShape, still: Still, count: number): SliceHeader[] {
  return Array.from({ length: count }, (_, index) => {
    return headerOf(stream, still.video('skip', 1000 + index * 40));
  });
}

describe('a still of H.264', () => {
  it.each(ladder)('%s', (_, stream, pictures, picture, reason) => {
    const still = makeStill(avcInput(stream, pictures));
    expect(still.picture).toBe(picture);
    if (reason === '') expect(still.reason).toBe('');
    else expect(still.reason).toContain(reason);
    expect(still.video('skip', 1000).length > 0).toBe(picture !== 'none');
    expect(still.video('keyframe', 1040).length > 0).toBe(picture !== 'none');
  });

  it('counts on in frame numbers and order, round and round', () => {
    const still = makeStill(avcInput({}, plain));
    const skips = skipsOf({}, still, 40);
    expect(skips.map(({ frameNumber }) => frameNumber)).toEqual(
      skips.map((_, index) => (index + 2) % 16),
    );
    expect(skips.map(({ orderBits }) => orderBits)).toEqual(
      skips.map((_, index) => (4 + 2 * index) % 32),
    );
  });

  it('counts anew from each keyframe', () => {
    const still = makeStill(avcInput({}, plain));
    skipsOf({}, still, 3);
    expect(headerOf({}, still.video('keyframe', 2000))).toMatchObject({
      ...{ isIdr: true, frameNumber: 0, orderBits: 0 },
    });
    const [skip] = skipsOf({}, still, 1);
    expect(skip).toMatchObject({ isIdr: false, frameNumber: 1, orderBits: 2 });
  });

  it('takes the frame number of a picture that no other refers to', () => {
    const disposable = { importance: 0, frameNumber: 2, order: 4 };
    const [skip] = skipsOf({}, makeStill(avcInput({}, [...plain, disposable])), 1);
    expect(skip).toMatchObject({ frameNumber: 2, orderBits: 6 });
  });

  it('makes an IDR of a keyframe that was none', () => {
    const entry = { importance: 2, kind: 2, frameNumber: 9, order: 20 };
    const still = makeStill(avcInput({}, [entry, { frameNumber: 10, order: 22 }]));
    expect(skipsOf({}, still, 1)).toMatchObject([{ frameNumber: 11, orderBits: 24 }]);
    const keyframe = headerOf({}, still.video('keyframe', 2000));
    expect(keyframe).toMatchObject({ isIdr: true, frameNumber: 0, orderBits: 0, importance: 2 });
  });

  it('never repeats the picture id of the keyframe that came before', () => {
    for (const idrPictureId of [0, 60_001, 60_002]) {
      const still = makeStill(avcInput({}, [{ ...IDR, idrPictureId }]));
      const ids = [0, 1, 2, 3].map((turn) => {
        return headerOf({}, still.video('keyframe', 2000 + turn * 40)).idrPictureId;
      });
      expect(ids[0]).not.toBe(idrPictureId);
      expect(ids.slice(1).every((id, index) => id !== ids[index])).toBe(true);
    }
  });

  it('repeats a keyframe as long as the lengths before units can tell', () => {
    const stream = { lengthBytes: 2 } as const;
    const units = (dataBytes: number) => makeStill(avcInput(stream, [{ ...IDR, dataBytes }]));
    expect(units(43_600)).toMatchObject({ picture: 'last-picture', keyframeMs: 2000 });
    expect(units(43_700)).toMatchObject({ picture: 'last-picture', keyframeMs: 0 });
    expect(units(43_700).reason).toBe('the keyframe is too long to repeat');
  });

  it('is none where a frame is cut short, or nothing but the sound is left', () => {
    const input = avcInput({}, plain);
    const [keyframe] = input.gop;
    if (keyframe === undefined) throw new Error('no keyframe');
    const cut = { ...keyframe, body: keyframe.body.subarray(0, -1) };
    expect(makeStill({ ...input, gop: [cut] })).toMatchObject({
      ...{ picture: 'none', frameMs: 0, keyframeMs: 0, reason: 'its keyframe is not understood' },
    });
    const [, last] = input.gop;
    if (last === undefined) throw new Error('no last picture');
    const cutLast = { ...last, body: last.body.subarray(0, -1) };
    expect(makeStill({ ...input, gop: [keyframe, cutLast] })).toMatchObject({
      ...{ picture: 'keyframe', keyframeMs: 1000 },
      reason: 'the last picture cannot be held: a frame before it is not understood',
    });
    expect(makeStill({ ...input, gop: input.gop.slice(1) }).reason).toBe('its keyframe is gone');
    expect(makeStill({ headers: [], gop: [] })).toMatchObject({ picture: 'none', reason: '' });
  });
});
