import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { SLATE_SIDE_PIXELS_MAX, SLATE_UPLOAD_BYTES_MAX, type Slate } from '#contracts';
import { ProblemError } from '../problem/problem-error.ts';

/** A picture as it was sent, looked at from outside only: nothing here decodes it. */
export interface SlatePicture {
  readonly slate: Slate;
  readonly image: Buffer<ArrayBuffer>;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const PNG_START = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const PNG_HEADER_BYTES = 24;
const JPEG_START = Buffer.from('ffd8ff', 'hex');

/** Throws what the caller is told: too large, not what it says it is, sides too long. */
export function slatePictureOf(mime: Slate['mime'], image: Buffer<ArrayBuffer>): SlatePicture {
  const size = mime === 'image/png' ? pngSize(image) : jpegSize(image);
  if (size === undefined || size.width === 0 || size.height === 0) {
    const sentence = `The body is no ${mime === 'image/png' ? 'PNG' : 'JPEG'} picture.`;
    throw new ProblemError('SLATE_NOT_A_PICTURE', sentence, { status: 422 });
  }
  if (Math.max(size.width, size.height) > SLATE_SIDE_PIXELS_MAX) {
    const sentence = `No side may be longer than ${SLATE_SIDE_PIXELS_MAX} pixels.`;
    throw new ProblemError('SLATE_SIDE_TOO_LONG', sentence, { status: 422 });
  }
  const sha256 = createHash('sha256').update(image).digest('hex');
  return { slate: { sha256, mime, bytes: image.length, ...size }, image };
}

/** All of a body, which may be as large as a slate. */
export async function readSlateBody(body: Readable): Promise<Buffer<ArrayBuffer>> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > SLATE_UPLOAD_BYTES_MAX) throw slateTooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

export function slateTooLarge(): ProblemError {
  const sentence = `A slate may have ${SLATE_UPLOAD_BYTES_MAX / 1_024 / 1_024} MiB at most.`;
  return new ProblemError('SLATE_TOO_LARGE', sentence, { status: 413 });
}

/** IHDR, which comes first: PNG section 11.2.2. */
function pngSize(image: Buffer): Size | undefined {
  if (image.length < PNG_HEADER_BYTES || !image.subarray(0, 16).equals(PNG_START)) return undefined;
  return { width: image.readUInt32BE(16), height: image.readUInt32BE(20) };
}

/** Of the frame header, before which there are other segments: ITU-T T.81 annex B. */
function jpegSize(image: Buffer): Size | undefined {
  if (!image.subarray(0, 3).equals(JPEG_START)) return undefined;
  for (let at = 2; at + 9 <= image.length;) {
    if (image[at] !== 0xff) return undefined;
    const marker = image[at + 1] ?? 0;
    if (isFrameHeader(marker)) {
      return { width: image.readUInt16BE(at + 7), height: image.readUInt16BE(at + 5) };
    }
    // Fill bytes may stand before a marker.
    at += marker === 0xff ? 1 : 2 + Math.max(2, image.readUInt16BE(at + 2));
  }
  return undefined;
}

/** SOF0 to SOF15, without the three of these numbers that are tables. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
