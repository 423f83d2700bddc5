/** Numbers at which parsers change their mind, and lie in wait for a sign. */
export const NUMBERS: readonly number[] = [
  0, 1, 2, 3, 4, 7, 8, 9, 15, 16, 31, 32, 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 512, 1023,
  1024, 1025, 4095, 4096, 4097, 0x7fff, 0x8000, 0xffff, 0x10000, 0x10001, 0x7fffff, 0x800000,
  0xfffffe, 0xffffff, 0x1000000, 0x7ffffffe, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
];

const text = (words: string): Buffer[] => words.split(' ').map((word) => Buffer.from(word));
const hex = (words: string): Buffer[] => words.split(' ').map((word) => Buffer.from(word, 'hex'));
/** As AMF0 writes a string, its marker in front. */
const amfText = (words: string): Buffer[] =>
  text(words).map((word) => Buffer.concat([Buffer.of(2, 0, word.length), word]));

/** Of the languages that most of what we parse is written in. */
export const WORDS: readonly Buffer[] = [
  // FourCCs of Enhanced RTMP.
  ...text('avc1 hvc1 vvc1 av01 vp08 vp09 mp4a Opus fLaC ac-3 ec-3 .mp3'),
  // AMF0: object, array, end, null, undefined, reference, long string, AMF3.
  ...hex('03 08ffffffff 0affffffff 000009 05 06 070001 0cffffffff 0f00000001 11 10000178'),
  ...hex('007ff8000000000000 00ffefffffffffffff 0b427f0000000000000000 0100 0101 efbfbd eda080'),
  ...amfText('connect createStream publish releaseStream FCPublish FCUnpublish deleteStream'),
  ...amfText('_result _error onStatus close _checkbw @setDataFrame onMetaData additionalMedia'),
  ...amfText('app tcUrl flashVer code level description live __proto__ constructor'),
  ...amfText('NetConnection.Connect.Success NetStream.Publish.Start NetStream.Publish.BadName'),
  // Chunk headers of each kind, chunk sizes, extended timestamps.
  ...hex('02000000000004010000000000000080 0300000000000414000000 44000000000000 84000000 c4'),
  ...hex('04ffffff000010090100000001000000 c4ffffffff 0000 0140 3f 00000001 7fffffff'),
  // What video and audio begin with.
  ...hex('1700000000 1701000000 2701000000 1702000000 af00 af01 90 91 93 94 96 97 9f 86 95'),
  // Lengths of NAL units, start codes, emulation prevention, parameter sets.
  ...hex('00000001 000001 000003 00000000 67640029 68ef 65 41 4201 2601 ffe1 0164'),
];
