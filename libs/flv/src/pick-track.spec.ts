import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { describeAudio } from './describe-audio.ts';
import { describeVideo } from './describe-video.ts';
import { anyBody, ascii, hex } from './media-body.conformance.ts';
import { pickAudio, pickVideo } from './pick-track.ts';
import type { Framing } from './pick-track.ts';

const [avc1, hvc1, av01, mp4a, mp3, opus] = ['avc1', 'hvc1', 'av01', 'mp4a', '.mp3', 'Opus'].map(
  ascii,
);
type Case = readonly [
  name: string,
  body: string,
  trackId: number,
  framing: Framing,
  picked: string | undefined,
];

const video: readonly Case[] = [
  ['legacy AVC as it came', '17 01 000042 00000001 65', 0, 'as-is', '17 01 000042 00000001 65'],
  ['a plain track under another number', `93 ${avc1} 00000001 65`, 1, 'as-is', undefined],
  ['what is only another track', `96 01 ${avc1} 01 000000 00000001 65`, 0, 'as-is', undefined],
  [
    'one track',
    `96 01 ${hvc1} 01 000021 00000002 2601`,
    1,
    'as-is',
    `91 ${hvc1} 000021 00000002 2601`,
  ],
  [
    'a track of many, at an inter frame',
    `a6 13 ${av01} 00 000002 1200 07 000003 123456`,
    7,
    'as-is',
    `a3 ${av01} 123456`,
  ],
  [
    'a configuration of many codecs',
    `96 20 ${avc1} 00 000001 aa ${hvc1} 01 000001 bb`,
    1,
    'as-is',
    `90 ${hvc1} bb`,
  ],
  [
    'a track behind modifiers, which stay',
    `97 00 ff 17 02 0f423f 06 03 ${avc1} 01 00000001 65`,
    1,
    'as-is',
    `97 00 ff 17 02 0f423f 03 ${avc1} 00000001 65`,
  ],
  ['colours of a track', `96 04 ${hvc1} 01 02`, 1, 'as-is', `94 ${hvc1} 02`],
  ['the AVC configuration', `90 ${avc1} 0164`, 0, 'legacy', '17 00 000000 0164'],
  [
    'an AVC frame with composition time',
    `a1 ${avc1} ffffff 00000001 41`,
    0,
    'legacy',
    '27 01 ffffff 00000001 41',
  ],
  ['an AVC frame without', `93 ${avc1} 00000001 65`, 0, 'legacy', '17 01 000000 00000001 65'],
  ['a disposable frame', `b3 ${avc1} 00000001 01`, 0, 'legacy', '37 01 000000 00000001 01'],
  ['the end of AVC', `92 ${avc1}`, 0, 'legacy', '17 02 000000'],
  [
    'AVC of track 1',
    `96 13 ${avc1} 00 000005 00000001 65 01 000005 00000001 67`,
    1,
    'legacy',
    '17 01 000000 00000001 67',
  ],
  [
    'AVC behind nanoseconds',
    `97 02 0f423f 03 ${avc1} 0001 65`,
    0,
    'legacy',
    '17 01 000000 0001 65',
  ],
  ['colours of AVC', `d4 ${avc1} 02`, 0, 'legacy', undefined],
  ['HEVC, which has no such framing', `93 ${hvc1} 0001 26`, 0, 'legacy', `93 ${hvc1} 0001 26`],
  ['an H.263 frame', '12 00', 0, 'enhanced', '12 00'],
  ['the AVC configuration', '17 00 000000 0164', 0, 'enhanced', `90 ${avc1} 0164`],
  ['an AVC frame', '27 01 000000 00000001 41', 0, 'enhanced', `a3 ${avc1} 00000001 41`],
  [
    'an AVC frame shown later',
    '27 01 000042 00000001 41',
    0,
    'enhanced',
    `a1 ${avc1} 000042 00000001 41`,
  ],
  ['the end of AVC', '17 02 000000', 0, 'enhanced', `92 ${avc1}`],
  ['HEVC as codec 12', '1c 01 000000 00000002 26', 0, 'enhanced', `93 ${hvc1} 00000002 26`],
  ['a seek', '57 00', 0, 'as-is', undefined],
  ['a packet of a reserved type', `98 ${avc1} 00`, 0, 'as-is', undefined],
  ['nothing', '', 0, 'as-is', undefined],
  ['a header cut', '17 01 0000', 0, 'as-is', undefined],
];

const audio: readonly Case[] = [
  ['AAC as it came', 'ae 01 21', 0, 'as-is', 'ae 01 21'],
  ['one track', `95 01 ${mp4a} 01 21`, 1, 'as-is', `91 ${mp4a} 21`],
  ['what is only another track', `95 01 ${mp4a} 01 21`, 0, 'as-is', undefined],
  [
    'a track of many codecs',
    `95 21 ${opus} 00 000001 fc ${mp4a} 02 000002 2122`,
    2,
    'as-is',
    `91 ${mp4a} 2122`,
  ],
  ['the channels of a track', `95 04 ${opus} 01 0102`, 1, 'as-is', `94 ${opus} 0102`],
  ['the AAC configuration', `90 ${mp4a} 1190`, 0, 'legacy', 'af 00 1190'],
  ['AAC of track 1', `95 01 ${mp4a} 01 21`, 1, 'legacy', 'af 01 21'],
  ['the end of AAC', `92 ${mp4a}`, 0, 'legacy', undefined],
  ['the channels of AAC', `94 ${mp4a} 0102`, 0, 'legacy', undefined],
  ['an MP3 frame', `91 ${mp3} fffb`, 0, 'legacy', '2f fffb'],
  ['a configuration of MP3', `90 ${mp3}`, 0, 'legacy', undefined],
  ['Opus, which has no such framing', `91 ${opus} fc`, 0, 'legacy', `91 ${opus} fc`],
  ['the AAC configuration', 'af 00 1190', 0, 'enhanced', `90 ${mp4a} 1190`],
  ['an AAC frame', 'af 01 21', 0, 'enhanced', `91 ${mp4a} 21`],
  ['an MP3 frame', '2f fffb', 0, 'enhanced', `91 ${mp3} fffb`],
  ['a Speex frame', 'b2 00', 0, 'enhanced', 'b2 00'],
];

const textOf = (body: Uint8Array | undefined): string | undefined =>
  body && Buffer.from(body).toString('hex');

describe('one track of a message', () => {
  it.each(video)('video: %s (%s, track %i, %s)', (_name, body, trackId, framing, picked) => {
    const wanted = picked === undefined ? undefined : textOf(hex(picked));
    expect(textOf(pickVideo(hex(body), trackId, framing))).toBe(wanted);
  });

  it.each(audio)('audio: %s (%s, track %i, %s)', (_name, body, trackId, framing, picked) => {
    const wanted = picked === undefined ? undefined : textOf(hex(picked));
    expect(textOf(pickAudio(hex(body), trackId, framing))).toBe(wanted);
  });

  it('costs no copy where nothing changes', () => {
    const [picture, sound] = [hex(`93 ${avc1} 00000001 65`), hex('af 01 21')];
    expect(pickVideo(picture, 0)).toBe(picture);
    expect(pickAudio(sound, 0)).toBe(sound);
  });
});

const anyFraming = fc.constantFrom<Framing>('as-is', 'enhanced', 'legacy');
const anyTrackId = fc.constantFrom(0, 0, 1, 0x17);

describe('whatever the bytes', () => {
  it('a picked message has that track alone, with the same picture at the same time', () => {
    fc.assert(
      fc.property(anyBody, anyTrackId, anyFraming, (body, trackId, framing) => {
        const [before, picked] = [describeVideo(body), pickVideo(body, trackId, framing)];
        if (picked === undefined) return;
        const after = describeVideo(picked);
        const track = before.tracks.find((one) => one.trackId === trackId);
        expect(after).toMatchObject({
          multitrack: false,
          packet: before.packet,
          frame: before.frame,
        });
        expect(after.tracks).toEqual([{ ...track, trackId: 0 }]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('the same holds for sound', () => {
    fc.assert(
      fc.property(anyBody, anyTrackId, anyFraming, (body, trackId, framing) => {
        const [before, picked] = [describeAudio(body), pickAudio(body, trackId, framing)];
        if (picked === undefined) return;
        const after = describeAudio(picked);
        const track = before.tracks.find((one) => one.trackId === trackId);
        expect(after).toMatchObject({ multitrack: false, packet: before.packet });
        expect(after.tracks).toEqual([{ ...track, trackId: 0 }]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('AVC is the same after it was made Enhanced and legacy again', () => {
    const frame = fc.constantFrom('17', '27', '37');
    const time = fc.constantFrom('000000', '000042', 'ffffff');
    const data = fc.uint8Array({ minLength: 4, maxLength: 20 });
    fc.assert(
      fc.property(
        frame,
        fc.constantFrom('00', '01', '02'),
        time,
        data,
        (first, type, cts, rest) => {
          const shown = type === '01' ? cts : '000000';
          const body = Buffer.concat([
            hex(`${first}${type}${shown}`),
            type === '02' ? hex('') : rest,
          ]);
          const enhanced = pickVideo(body, 0, 'enhanced') ?? hex('');
          expect(enhanced.at(0)).toBeGreaterThanOrEqual(0x80);
          expect(textOf(pickVideo(enhanced, 0, 'legacy'))).toBe(textOf(body));
        },
      ),
    );
  });
});
