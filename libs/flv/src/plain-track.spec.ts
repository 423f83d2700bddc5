import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { describeAudio } from './describe-audio.ts';
import { describeVideo } from './describe-video.ts';
import { ascii, hex } from './media-body.conformance.ts';
import { plainTrack } from './plain-track.ts';

const [avc1, hvc1, mp4a] = ['avc1', 'hvc1', 'mp4a'].map(ascii);
const same = 'same';

it.each([
  ['a legacy frame as it is', 'video', '17 01 000000 00000001 65', same],
  ['an empty message as it is', 'video', '', same],
  ['an enhanced frame as it is', 'video', `a3 ${hvc1} 00000001 02`, same],
  ['a modified frame as it is', 'video', `97 02 000001 03 ${hvc1} 00000001 02`, same],
  ['a seek as it is', 'video', 'd6 01', same],
  ['legacy sound as it is', 'audio', 'af 01 21', same],
  [
    'the only track, if it is track 0',
    'video',
    `96 03 ${avc1} 00 00000001 65`,
    `93 ${avc1} 00000001 65`,
  ],
  ['nothing of another track', 'video', `96 03 ${avc1} 01 00000001 65`, undefined],
  [
    'track 0 of several, whatever their order',
    'video',
    `a6 21 ${hvc1} 01 000001 bb ${avc1} 00 000005 00002a aabb`,
    `a1 ${avc1} 00002a aabb`,
  ],
  [
    'the first track of many with one codec',
    'audio',
    `95 11 ${mp4a} 00 000001 21 01 000001 22`,
    `91 ${mp4a} 21`,
  ],
  ['track 0 without its modifiers', 'audio', `97 02 000001 05 01 ${mp4a} 00 21`, `91 ${mp4a} 21`],
  ['nothing of a multitrack type of the future', 'video', `96 31 ${avc1} 00 00`, undefined],
  ['nothing of a message whose sizes lie', 'video', `96 13 ${avc1} 00 000009 65`, undefined],
  ['nothing of an endless chain', 'video', `97 ${'00 00 07'.repeat(9)}`, undefined],
] as const)('gives %s', (_, kind, text, expected) => {
  const body = hex(text);
  const plain = plainTrack(kind, body);
  if (expected === same) expect(plain).toBe(body);
  else expect(plain && Buffer.from(plain)).toStrictEqual(expected && hex(expected));
});

it.each(['audio', 'video'] as const)('gives of any %s body no track ids', (kind) => {
  const first = fc.constantFrom(0x95, 0x96, 0xa6, 0x97, 0x91, 0x17, 0xaf);
  const rest = fc.array(fc.oneof(fc.constantFrom(0, 1, 0x11, 0x13, 0x20), fc.nat(255)));
  fc.assert(
    fc.property(first, rest, (byte, bytes) => {
      const body = Uint8Array.of(byte, ...bytes);
      const plain = plainTrack(kind, body);
      if (plain === undefined) return;
      const traits = kind === 'video' ? describeVideo(plain) : describeAudio(plain);
      expect(traits.multitrack).toBe(false);
      expect(plain.length).toBeLessThanOrEqual(body.length);
    }),
  );
});
