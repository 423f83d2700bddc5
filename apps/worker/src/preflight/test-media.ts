import { encodeMetadata } from '#flv';

/*
 * A black picture and silence, as x264 (baseline, 320 × 180) and ffmpeg's AAC (48 kHz, stereo) code
 * them: FLV bodies, as RTMP carries them.
 */

export const TEST_METADATA: Buffer = encodeMetadata(
  new Map([
    ['width', 320],
    ['height', 180],
    ['framerate', 10],
    ['videocodecid', 7],
    ['audiocodecid', 10],
  ]),
);

export const TEST_VIDEO_HEADER: Buffer = fromBase64(
  'FwAAAAABQsAL/+EAGGdCwAvcFBn58BEAAAMAAQAAAwAUDxQrgAEABWjODyyA',
);

export const TEST_AUDIO_HEADER: Buffer = fromBase64('rwARkFblAA==');

/** Keyframes each; two in a row must differ in their id (idr_pic_id). */
export const TEST_PICTURES: readonly Buffer[] = [
  fromBase64(
    'FwEAAAAAAADGZYiCAV///8PRQABQt8nJycnJycnJycnJycnJycnJycnXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX' +
      'XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX' +
      'XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX' +
      'XXXXXg',
  ),
  fromBase64(
    'FwEAAAAAAADGZYiEBX///w9FAAFC3ycnJycnJycnJycnJycnJycnJydddddddddddddddddddddddddddddddddddd' +
      'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd' +
      'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd' +
      'ddddeA',
  ),
];

export const TEST_SILENCE: Buffer = fromBase64('rwEhEARgjBw=');

function fromBase64(text: string): Buffer {
  return Buffer.from(text, 'base64');
}
