import { describe, expect, it } from 'vitest';

import { describeVideo } from './describe-video.ts';
import { ascii, describeAnyBodies, describeMediaBodies, hex } from './media-body.conformance.ts';
import type { MediaBodyCase } from './media-body.conformance.ts';
import { MOD_EX_MAX, TRACKS_MAX } from './media-fault.ts';
import { MediaFlag } from './media-flag.ts';
import { videoFlags } from './video-flags.ts';

const [avc1, hvc1, av01] = ['avc1', 'hvc1', 'av01'].map(ascii);

const legacyVideo: readonly MediaBodyCase[] = [
  { name: 'a body of no length', kind: 'video', body: '', flags: ['EMPTY'], tracks: [] },
  {
    name: 'the AVC configuration',
    kind: 'video',
    body: '17 00 000000 0164',
    flags: ['SEQUENCE_HEADER'],
    tracks: ['0 avc1 0164'],
    key: 'video:0:config',
  },
  {
    name: 'an AVC configuration with nothing in it',
    kind: 'video',
    body: '17 00 000000',
    flags: ['SEQUENCE_HEADER', 'EMPTY'],
    tracks: ['0 avc1 '],
    key: 'video:0:config',
  },
  {
    name: 'an AVC key frame',
    kind: 'video',
    body: '17 01 000042 00000001 65',
    flags: ['KEYFRAME'],
    tracks: ['0 avc1 0000000165 +66'],
  },
  {
    name: 'an AVC frame shown before its time stamp',
    kind: 'video',
    body: '27 01 ffffff 00000001 41',
    flags: [],
    tracks: ['0 avc1 0000000141 -1'],
  },
  {
    name: 'a disposable AVC frame',
    kind: 'video',
    body: '37 01 000000 00000001 01',
    flags: ['DISPOSABLE'],
    tracks: ['0 avc1 0000000101'],
  },
  {
    name: 'a key frame without NAL units',
    kind: 'video',
    body: '17 01 000000',
    flags: ['EMPTY'],
    tracks: ['0 avc1 '],
  },
  {
    name: 'a key frame of two empty NAL units, as drones send',
    kind: 'video',
    body: '17 01 000000 00000000 00000000',
    flags: ['EMPTY'],
    tracks: ['0 avc1 0000000000000000'],
  },
  {
    name: 'the end of an AVC sequence',
    kind: 'video',
    body: '17 02 000000',
    flags: ['END_OF_SEQUENCE'],
    tracks: ['0 avc1 '],
  },
  {
    name: 'the end of an AVC sequence, without its composition time',
    kind: 'video',
    body: '17 02',
    flags: ['END_OF_SEQUENCE'],
    tracks: ['0 avc1 '],
  },
  {
    name: 'an AVC packet of type 3',
    kind: 'video',
    body: '17 03 00',
    flags: ['UNKNOWN'],
    tracks: [],
  },
  {
    name: 'an AVC header cut',
    kind: 'video',
    body: '17 01 0000',
    flags: ['MALFORMED'],
    tracks: [],
    fault: 'BODY_TRUNCATED',
  },
  {
    name: 'HEVC as codec 12',
    kind: 'video',
    body: '1c 01 000000 00000002 2601',
    flags: ['KEYFRAME'],
    tracks: ['0 hvc1 000000022601'],
  },
  {
    name: 'an H.263 key frame',
    kind: 'video',
    body: '12 00',
    flags: ['KEYFRAME'],
    tracks: ['0 h263 00'],
  },
  {
    name: 'an H.263 frame of no length',
    kind: 'video',
    body: '22',
    flags: ['EMPTY'],
    tracks: ['0 h263 '],
  },
  {
    name: 'a generated key frame',
    kind: 'video',
    body: '44 00',
    flags: ['KEYFRAME'],
    tracks: ['0 vp6 00'],
  },
  { name: 'a codec of no name', kind: 'video', body: '2f 00', flags: [], tracks: ['0 unknown 00'] },
  { name: 'the start of a seek', kind: 'video', body: '57 00', flags: ['COMMAND'], tracks: [] },
];

const enhancedVideo: readonly MediaBodyCase[] = [
  {
    name: 'the HEVC configuration',
    kind: 'video',
    body: `90 ${hvc1} 01`,
    flags: ['ENHANCED', 'SEQUENCE_HEADER'],
    tracks: ['0 hvc1 01'],
    key: 'video:0:config',
  },
  {
    name: 'an HEVC key frame with composition time',
    kind: 'video',
    body: `91 ${hvc1} 000021 00000002 2601`,
    flags: ['ENHANCED', 'KEYFRAME'],
    tracks: ['0 hvc1 000000022601 +33'],
  },
  {
    name: 'an HEVC frame without composition time',
    kind: 'video',
    body: `a3 ${hvc1} 00000002 0201`,
    flags: ['ENHANCED'],
    tracks: ['0 hvc1 000000020201'],
  },
  {
    name: 'an AV1 key frame, which has no composition time',
    kind: 'video',
    body: `91 ${av01} 1200`,
    flags: ['ENHANCED', 'KEYFRAME'],
    tracks: ['0 av01 1200'],
  },
  {
    name: 'the AV1 video descriptor of MPEG-2 TS',
    kind: 'video',
    body: `95 ${av01} 80`,
    flags: ['ENHANCED', 'SEQUENCE_HEADER'],
    tracks: ['0 av01 80'],
    key: 'video:0:config',
  },
  {
    name: 'the end of a sequence',
    kind: 'video',
    body: `92 ${avc1}`,
    flags: ['ENHANCED', 'END_OF_SEQUENCE'],
    tracks: ['0 avc1 '],
  },
  {
    name: 'colorInfo, whatever its frame type',
    kind: 'video',
    body: `d4 ${hvc1} 02`,
    flags: ['ENHANCED', 'METADATA'],
    tracks: ['0 hvc1 02'],
    key: 'video:0:metadata',
  },
  {
    name: 'the end of a seek',
    kind: 'video',
    body: 'd0 01',
    flags: ['ENHANCED', 'COMMAND'],
    tracks: [],
  },
  {
    name: 'a codec that is no text',
    kind: 'video',
    body: '91 00010203 00',
    flags: ['ENHANCED', 'KEYFRAME'],
    tracks: ['0 unknown 00'],
  },
  {
    name: 'a packet of a reserved type',
    kind: 'video',
    body: `98 ${avc1} 00`,
    flags: ['ENHANCED', 'UNKNOWN'],
    tracks: ['0 avc1 00'],
  },
  {
    name: 'a key frame of nothing',
    kind: 'video',
    body: `93 ${avc1}`,
    flags: ['ENHANCED', 'EMPTY'],
    tracks: ['0 avc1 '],
  },
  {
    name: 'a seek behind a modifier cut',
    kind: 'video',
    body: 'd7 02 000000',
    flags: ['ENHANCED', 'MALFORMED'],
    tracks: [],
    fault: 'BODY_TRUNCATED',
  },
  {
    name: 'a seek behind a size cut',
    kind: 'video',
    body: 'd7 ff 00',
    flags: ['ENHANCED', 'MALFORMED'],
    tracks: [],
    fault: 'BODY_TRUNCATED',
  },
  {
    name: 'a composition time cut',
    kind: 'video',
    body: `91 ${avc1} 0000`,
    flags: ['ENHANCED', 'MALFORMED'],
    tracks: [],
    fault: 'BODY_TRUNCATED',
  },
  {
    name: 'a nanosecond offset in front of a key frame',
    kind: 'video',
    body: `97 02 0f423f 03 ${avc1} 00000001 65`,
    flags: ['ENHANCED', 'KEYFRAME'],
    tracks: ['0 avc1 0000000165'],
  },
  {
    name: 'an unknown modifier of 256 bytes in front of a key frame',
    kind: 'video',
    body: `97 ff 00ff ${'00'.repeat(256)} 13 ${avc1} 00000001 65`,
    flags: ['ENHANCED', 'KEYFRAME'],
    tracks: ['0 avc1 0000000165'],
  },
];

const multitrackVideo: readonly MediaBodyCase[] = [
  {
    name: 'a key frame of track 1 alone, no place to join',
    kind: 'video',
    body: `96 01 ${avc1} 01 000000 00000001 65`,
    flags: ['ENHANCED', 'MULTITRACK', 'FURTHER'],
    tracks: ['1 avc1 0000000165'],
  },
  {
    name: 'a configuration of track 1',
    kind: 'video',
    body: `96 00 ${avc1} 01 0164`,
    flags: ['ENHANCED', 'MULTITRACK', 'SEQUENCE_HEADER', 'FURTHER'],
    tracks: ['1 avc1 0164'],
    key: 'video:1:config',
  },
  {
    name: 'key frames of two tracks',
    kind: 'video',
    body: `96 13 ${avc1} 00 000005 00000001 65 01 000005 00000001 67`,
    flags: ['ENHANCED', 'MULTITRACK', 'KEYFRAME'],
    tracks: ['0 avc1 0000000165', '1 avc1 0000000167'],
  },
  {
    name: 'configurations of two codecs',
    kind: 'video',
    body: `96 20 ${avc1} 00 000001 aa ${hvc1} 01 000001 bb`,
    flags: ['ENHANCED', 'MULTITRACK', 'SEQUENCE_HEADER'],
    tracks: ['0 avc1 aa', '1 hvc1 bb'],
    key: 'video:0+1:config',
  },
  {
    name: 'a multitrack type of the future',
    kind: 'video',
    body: '96 31 00',
    flags: ['ENHANCED', 'MULTITRACK', 'UNKNOWN'],
    tracks: [],
  },
  {
    name: 'tracks in tracks',
    kind: 'video',
    body: `96 06 ${avc1} 00 00`,
    flags: ['ENHANCED', 'MALFORMED'],
    tracks: [],
    fault: 'MULTITRACK_NESTED',
  },
  {
    name: 'a track longer than its message',
    kind: 'video',
    body: `96 13 ${avc1} 00 000006 00000001 65`,
    flags: ['ENHANCED', 'MALFORMED'],
    tracks: [],
    fault: 'TRACK_SIZE_PAST_END',
  },
  {
    name: 'many tracks that are none',
    kind: 'video',
    body: `96 13 ${avc1}`,
    flags: ['ENHANCED', 'MALFORMED'],
    tracks: [],
    fault: 'BODY_TRUNCATED',
  },
];

describeMediaBodies([...legacyVideo, ...enhancedVideo, ...multitrackVideo]);
describeAnyBodies('video');

describe('limits', () => {
  const modified = (count: number): Buffer =>
    hex(`97 ${'00 00 07'.repeat(count - 1)} 00 00 03 ${avc1} 00000001 65`);
  const tracked = (count: number): Buffer =>
    hex(`96 13 ${avc1} ${'00 000005 00000001 65'.repeat(count)}`);

  it.each([
    ['modifiers', modified, MOD_EX_MAX, 'MOD_EX_TOO_MANY'],
    ['tracks', tracked, TRACKS_MAX, 'TRACKS_TOO_MANY'],
  ] as const)('takes the most %s, and refuses one more', (_, bodyOf, most, fault) => {
    expect(videoFlags(bodyOf(most)) & MediaFlag.KEYFRAME).not.toBe(0);
    expect(videoFlags(bodyOf(most + 1)) & MediaFlag.MALFORMED).not.toBe(0);
    expect(describeVideo(bodyOf(most)).fault).toBeUndefined();
    expect(describeVideo(bodyOf(most + 1)).fault).toBe(fault);
  });

  it('takes a nanosecond offset below one millisecond, and ignores more', () => {
    const offset = (digits: string): Buffer => hex(`97 02 ${digits} 03 ${avc1} 00000001 65`);
    expect(describeVideo(offset('0f423f')).timestampOffsetNs).toBe(999_999);
    expect(describeVideo(offset('0f4240')).timestampOffsetNs).toBe(0);
  });
});

it('describes a body by views of it', () => {
  const body = hex('17 01 000000 00000001 65');
  expect(describeVideo(body).tracks[0]?.data.buffer).toBe(body.buffer);
});
