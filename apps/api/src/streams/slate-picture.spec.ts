import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { SLATE_SIDE_PIXELS_MAX, SLATE_UPLOAD_BYTES_MAX } from '#contracts';
import { readSlateBody, slatePictureOf } from './slate-picture.ts';

function png(width: number, height: number): Buffer<ArrayBuffer> {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width);
  size.writeUInt32BE(height, 4);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), size]);
}

function jpeg(width: number, height: number): Buffer<ArrayBuffer> {
  const size = Buffer.alloc(4);
  size.writeUInt16BE(height);
  size.writeUInt16BE(width, 2);
  const before = 'ffd8 ffe00004abcd ff ffdb000300';
  const start = Buffer.from(`${before}ffc2000b08`.replaceAll(' ', ''), 'hex');
  return Buffer.concat([start, size, Buffer.from('01011100', 'hex')]);
}

describe('a picture for a slate', () => {
  it.each([
    ['image/png', png(640, 360)],
    ['image/jpeg', jpeg(640, 360)],
  ] as const)('%s: tells its size', (mime, image) => {
    const { slate } = slatePictureOf(mime, image);
    expect(slate).toMatchObject({ mime, width: 640, height: 360, bytes: image.length });
    expect(slate.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['image/png', png],
    ['image/jpeg', jpeg],
  ] as const)('%s: no side may be too long', (mime, picture) => {
    const longest = slatePictureOf(mime, picture(SLATE_SIDE_PIXELS_MAX, SLATE_SIDE_PIXELS_MAX));
    expect(longest.slate.width).toBe(SLATE_SIDE_PIXELS_MAX);
    const sides = [
      [SLATE_SIDE_PIXELS_MAX + 1, 1],
      [1, SLATE_SIDE_PIXELS_MAX + 1],
    ] as const;
    for (const [width, height] of sides) {
      expect(() => slatePictureOf(mime, picture(width, height))).toThrow(/8192 pixels/);
    }
  });

  it.each([
    ['image/png', Buffer.alloc(0)],
    ['image/png', png(1, 1).subarray(0, 23)],
    ['image/png', png(0, 1)],
    ['image/png', jpeg(1, 1)],
    ['image/jpeg', png(1, 1)],
    ['image/jpeg', jpeg(1, 1).subarray(0, 20)],
    ['image/jpeg', Buffer.from('ffd8ffe0000000000000000000', 'hex')],
    ['image/jpeg', Buffer.alloc(40, 0xff)],
  ] as const)('%s: %j is none', (mime, image) => {
    expect(() => slatePictureOf(mime, image)).toThrow(/is no (PNG|JPEG) picture/);
  });

  it('is read up to the limit, and not beyond', async () => {
    const whole = Buffer.alloc(SLATE_UPLOAD_BYTES_MAX, 1);
    expect((await readSlateBody(Readable.from([whole]))).equals(whole)).toBe(true);
    const more = Readable.from([whole, Buffer.of(1)]);
    await expect(readSlateBody(more)).rejects.toMatchObject({ code: 'SLATE_TOO_LARGE' });
  });
});
