import { expect, it } from 'vitest';

import { describeAudio } from './describe-audio.ts';
import { ascii, describeAnyBodies, describeMediaBodies, hex } from './media-body.conformance.ts';
import type { MediaBodyCase } from './media-body.conformance.ts';

const [mp4a, opus] = ['mp4a', 'Opus'].map(ascii);

const audio: readonly MediaBodyCase[] = [
  { name: 'silence', kind: 'audio', body: '', flags: ['EMPTY'], tracks: [] },
  {
    name: 'the AAC configuration',
    kind: 'audio',
    body: 'af 00 1190',
    flags: ['SEQUENCE_HEADER'],
    tracks: ['0 mp4a 1190'],
    key: 'audio:0:config',
  },
  { name: 'an AAC frame', kind: 'audio', body: 'af 01 21', flags: [], tracks: ['0 mp4a 21'] },
  {
    name: 'an AAC frame of nothing',
    kind: 'audio',
    body: 'af 01',
    flags: ['EMPTY'],
    tracks: ['0 mp4a '],
  },
  { name: 'an AAC packet of type 2', kind: 'audio', body: 'af 02', flags: ['UNKNOWN'], tracks: [] },
  {
    name: 'an AAC header cut',
    kind: 'audio',
    body: 'af',
    flags: ['MALFORMED'],
    tracks: [],
    fault: 'BODY_TRUNCATED',
  },
  { name: 'an MP3 frame', kind: 'audio', body: '2f fffb', flags: [], tracks: ['0 .mp3 fffb'] },
  {
    name: 'an MP3 frame of nothing',
    kind: 'audio',
    body: '2f',
    flags: ['EMPTY'],
    tracks: ['0 .mp3 '],
  },
  {
    name: 'an Opus configuration left empty',
    kind: 'audio',
    body: `90 ${opus}`,
    flags: ['ENHANCED', 'SEQUENCE_HEADER'],
    tracks: ['0 Opus '],
    key: 'audio:0:config',
  },
  {
    name: 'an Opus packet',
    kind: 'audio',
    body: `91 ${opus} fc`,
    flags: ['ENHANCED'],
    tracks: ['0 Opus fc'],
  },
  {
    name: 'an Opus packet of nothing',
    kind: 'audio',
    body: `91 ${opus}`,
    flags: ['ENHANCED', 'EMPTY'],
    tracks: ['0 Opus '],
  },
  {
    name: 'the end of a track',
    kind: 'audio',
    body: `92 ${opus}`,
    flags: ['ENHANCED', 'END_OF_SEQUENCE'],
    tracks: ['0 Opus '],
  },
  {
    name: 'the channels of 5.1 as a mask',
    kind: 'audio',
    body: `94 ${opus} 01 06 0000060f`,
    flags: ['ENHANCED', 'MULTICHANNEL_CONFIG'],
    tracks: ['0 Opus 01060000060f'],
    key: 'audio:0:channels',
  },
  {
    name: 'a configuration of track 2',
    kind: 'audio',
    body: `95 00 ${mp4a} 02 1190`,
    flags: ['ENHANCED', 'MULTITRACK', 'SEQUENCE_HEADER', 'FURTHER'],
    tracks: ['2 mp4a 1190'],
    key: 'audio:2:config',
  },
  {
    name: 'frames of two tracks',
    kind: 'audio',
    body: `95 11 ${mp4a} 00 000001 21 01 000000`,
    flags: ['ENHANCED', 'MULTITRACK'],
    tracks: ['0 mp4a 21', '1 mp4a '],
  },
  {
    name: 'packet type 6, which is multitrack in video only',
    kind: 'audio',
    body: `96 ${mp4a} 00`,
    flags: ['ENHANCED', 'UNKNOWN'],
    tracks: ['0 mp4a 00'],
  },
];

describeMediaBodies(audio);
describeAnyBodies('audio');

it('reads a nanosecond offset', () => {
  const traits = describeAudio(hex(`97 02 000001 01 ${opus} fc`));
  expect(traits).toMatchObject({ packet: 'frames', timestampOffsetNs: 1 });
});
