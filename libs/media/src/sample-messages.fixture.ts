import { AmfEcmaArray, AmfObject, encodeAmf0 } from '#amf';

/** H.264 sequence header: a baseline picture of 640×720, told apart by its level, `mark`. */
export function avcConfig(mark = 0x1f): Buffer {
  const record = Buffer.from(
    `0142c0${mark.toString(16).padStart(2, '0')}ffe1001567` +
      '42c01eda02805bff016a02020280000003008000001e478b175001000468ce3c80',
    'hex',
  );
  return Buffer.concat([Buffer.of(0x17, 0, 0, 0, 0), record]);
}

export function avcKeyframe(bytes = 40, mark = 1): Buffer {
  return Buffer.concat([Buffer.of(0x17, 1, 0, 0, 0), nalUnit(0x65, bytes, mark)]);
}

export function avcInterFrame(bytes = 20, mark = 2): Buffer {
  return Buffer.concat([Buffer.of(0x27, 1, 0, 0, 0), nalUnit(0x41, bytes, mark)]);
}

export const avcEndOfSequence = Buffer.of(0x17, 2, 0, 0, 0);

export function hevcConfig(): Buffer {
  return Buffer.concat([Buffer.of(0x90), Buffer.from('hvc1'), Buffer.alloc(23, 1)]);
}

export function hevcColorInfo(mark = 9): Buffer {
  const info = encodeAmf0(['colorInfo', new AmfEcmaArray([['colorPrimaries', mark]])]);
  return Buffer.concat([Buffer.of(0x94), Buffer.from('hvc1'), info]);
}

export function hevcKeyframe(): Buffer {
  return Buffer.concat([Buffer.of(0x93), Buffer.from('hvc1'), nalUnit(0x26, 30, 3)]);
}

/** AAC-LC, 48 kHz, stereo. */
export const aacConfig = Buffer.of(0xaf, 0, 0x11, 0x90);

/** AAC-LC, 44.1 kHz, stereo. */
export const aacConfig44 = Buffer.of(0xaf, 0, 0x12, 0x10);

export function aacFrame(mark = 5): Buffer {
  return Buffer.concat([Buffer.of(0xaf, 1), Buffer.alloc(16, mark)]);
}

export const aacSilence = Buffer.of(0xaf, 1);

export function metadata(encoder: string): Buffer {
  return encodeAmf0(['@setDataFrame', 'onMetaData', new AmfEcmaArray([['encoder', encoder]])]);
}

export function bareMetadata(encoder: string): Buffer {
  return encodeAmf0(['onMetaData', new AmfEcmaArray([['encoder', encoder]])]);
}

export function cuePoint(): Buffer {
  return encodeAmf0(['onCuePoint', new AmfEcmaArray([['name', 'goal']])]);
}

/** As OBS announces Twitch's second sound. */
export function expectedMedia(): Buffer {
  const labels = new AmfObject([['contentType', 'PNAR']]);
  const stream = new AmfObject([
    ['type', 8],
    ['mediaLabels', labels],
  ]);
  return encodeAmf0([
    '@setDataFrame',
    'onExpectAdditionalMedia',
    new AmfObject([
      ['processingIntents', ['ArchiveProgramNarrationAudio']],
      ['additionalMedia', new AmfObject([['stream0', stream]])],
    ]),
  ]);
}

/** A message of that sound: its configuration or a frame. */
export function additionalMedia(media: Buffer, id = 'stream0'): Buffer {
  const text = (value: string): Buffer => encodeAmf0([value]).subarray(1);
  const length = (media.length << 1) | 1;
  const u29 = length < 0x80 ? [length] : [0x80 | (length >> 7), length & 0x7f];
  return Buffer.concat([
    encodeAmf0(['additionalMedia']),
    Buffer.of(3),
    ...[text('id'), encodeAmf0([id]), text('media'), Buffer.of(0x11, 0x0c, ...u29), media],
    Buffer.of(0, 0, 9),
  ]);
}

/** A frame of H.264 or AAC in the framing of Enhanced RTMP, as that of one track among others. */
export function ofTrack(trackId: number, frame: Buffer): Buffer {
  return Buffer.concat([tracksHead(frame, 0), Buffer.of(trackId), frame.subarray(2)]);
}

/** What AAC of one track among others is: as above, before its first frame. */
export function configOfTrack(trackId: number, config: Buffer): Buffer {
  const head = tracksHead(config, 0);
  head[1] = 0;
  return Buffer.concat([head, Buffer.of(trackId), config.subarray(2)]);
}

/** Frames of tracks 0, 1 and so on in one message. */
export function inOneMessage(first: Buffer, ...further: Buffer[]): Buffer {
  const tracks = [first, ...further].map((frame, trackId) => {
    const idAndBytes = Buffer.alloc(4, trackId);
    idAndBytes.writeUIntBE(frame.length - 2, 1, 3);
    return Buffer.concat([idAndBytes, frame.subarray(2)]);
  });
  return Buffer.concat([tracksHead(first, 1), ...tracks]);
}

function tracksHead(frame: Buffer, layout: 0 | 1): Buffer {
  const first = frame[0] ?? 0;
  const isAudio = first === 0xaf;
  const CODED_FRAMES = 1;
  return Buffer.concat([
    Buffer.of(isAudio ? 0x95 : 0x86 | (first & 0x70), (layout << 4) | CODED_FRAMES),
    Buffer.from(isAudio ? 'mp4a' : 'avc1'),
  ]);
}

function nalUnit(type: number, bytes: number, mark: number): Buffer {
  const unit = Buffer.alloc(4 + bytes, mark);
  unit.writeUInt32BE(bytes, 0);
  unit[4] = type;
  return unit;
}
