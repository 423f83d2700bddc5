import { uint16At, uint8At } from './bytes.ts';

/*
 * A second sound as OBS sends it to Twitch, beside the tracks of RTMP (obs-outputs, flv-mux.c; read
 * on 2026-11-22). It is announced by the data message `@setDataFrame`, `onExpectAdditionalMedia`,
 * and comes in data messages of its own, of AMF0 but for the media themselves:
 *
 *   string "additionalMedia" │ object
 *                                "id"     string, "stream0"
 *                                "media"  11 0c, U29 (bytes << 1 | 1), the body of an audio message
 */
export const EXPECT_ADDITIONAL_MEDIA = 'onExpectAdditionalMedia';
export const ADDITIONAL_MEDIA = 'additionalMedia';

const HEAD = Buffer.from(`\u0002\u0000\u000f${ADDITIONAL_MEDIA}\u0003`, 'latin1');
const STRING = 0x02;
const AVMPLUS = 0x11;
const BYTE_ARRAY = 0x0c;
/** There are two; an object of more is not what OBS sends. */
const MEMBERS_MAX = 4;

export interface AdditionalMedia {
  /** As it was announced. */
  readonly id: string;
  /** The body of an audio message: a view of the message. */
  readonly media: Uint8Array;
}

/** Undefined for any other data message, and for one that ends early. Never throws. */
export function readAdditionalMedia(body: Uint8Array): AdditionalMedia | undefined {
  if (body.length < HEAD.length || HEAD.compare(body, 0, HEAD.length) !== 0) return undefined;
  let at = HEAD.length;
  let id: string | undefined;
  let media: Uint8Array | undefined;
  for (let member = 0; member < MEMBERS_MAX; member += 1) {
    const keyEnd = at + 2 + uint16At(body, at);
    const key = textIn(body, at + 2, keyEnd);
    const marker = uint8At(body, keyEnd);
    if (key === 'id' && marker === STRING) {
      at = keyEnd + 3 + uint16At(body, keyEnd + 1);
      id = textIn(body, keyEnd + 3, at);
    } else if (key === 'media' && marker === AVMPLUS && uint8At(body, keyEnd + 1) === BYTE_ARRAY) {
      const length = readU29(body, keyEnd + 2);
      at = length.end + (length.value >> 1);
      if (at > body.length || (length.value & 1) === 0) return undefined;
      media = body.subarray(length.end, at);
    } else {
      return undefined;
    }
    if (id !== undefined && media !== undefined) return { id, media };
  }
  return undefined;
}

function textIn(body: Uint8Array, start: number, end: number): string {
  return Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8', start, end);
}

/** Seven bits of three bytes that say that more follow, and all of a fourth (AMF3, 1.3.1). */
function readU29(
  body: Uint8Array,
  start: number,
): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let at = start; at < start + 3; at += 1) {
    const byte = uint8At(body, at);
    value = (value << 7) | (byte & 0x7f);
    if ((byte & 0x80) === 0) return { value, end: at + 1 };
  }
  return { value: (value << 8) | uint8At(body, start + 3), end: start + 4 };
}
