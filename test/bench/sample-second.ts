import { amfEcmaArray, amfObject, type AmfValue } from '#amf';

export const MessageTypeId = { AUDIO: 8, VIDEO: 9 } as const;

/** One message of a stream, its time counted from the second's begin. */
export interface SampleMessage {
  readonly typeId: number;
  readonly atMs: number;
  readonly isKeyframe: boolean;
  readonly body: Buffer;
}

/** 6 Mbit/s: what most encoders send for a picture of 1080 lines. */
export const SECOND_BYTES = 750_000;
const FRAMES = 60;
const AUDIO_FRAMES = 47;
const AUDIO_BYTES = 340;
/** The keyframe has this many times the bytes of another frame. */
const KEYFRAME_SHARE = 6;

/** Baseline H.264 with a picture of 640×720: what a pipeline must have seen before a keyframe. */
export const avcConfig = Buffer.from(
  '1700000000' +
    '0142c01fffe100156742c01eda02805bff016a02020280000003008000001e478b175001000468ce3c80',
  'hex',
);
/** AAC-LC, 48 kHz, stereo. */
export const aacConfig = Buffer.of(0xaf, 0, 0x11, 0x90);

/** A second of such a stream, in the order of time: one keyframe first, 60 pictures, AAC. */
export function sampleSecond(): readonly SampleMessage[] {
  const videoBytes = SECOND_BYTES - AUDIO_FRAMES * AUDIO_BYTES;
  const frameBytes = Math.floor(videoBytes / (FRAMES - 1 + KEYFRAME_SHARE));
  const messages: SampleMessage[] = [];
  for (let index = 0; index < FRAMES; index += 1) {
    const isKeyframe = index === 0;
    const body = videoBody(isKeyframe, isKeyframe ? KEYFRAME_SHARE * frameBytes : frameBytes);
    const atMs = Math.floor((index * 1000) / FRAMES);
    messages.push({ typeId: MessageTypeId.VIDEO, atMs, isKeyframe, body });
  }
  for (let index = 0; index < AUDIO_FRAMES; index += 1) {
    const body = Buffer.alloc(AUDIO_BYTES, index);
    body.set([0xaf, 1]);
    const atMs = Math.floor((index * 1000) / AUDIO_FRAMES);
    messages.push({ typeId: MessageTypeId.AUDIO, atMs, isKeyframe: false, body });
  }
  return messages.toSorted((left, right) => left.atMs - right.atMs);
}

function videoBody(isKeyframe: boolean, bytes: number): Buffer {
  const body = Buffer.alloc(bytes, 0x5a);
  body.set([isKeyframe ? 0x17 : 0x27, 1, 0, 0, 0]);
  body.writeUInt32BE(bytes - 9, 5);
  body[9] = isKeyframe ? 0x65 : 0x41;
  return body;
}

/** What OBS says to connect. */
export const connectCommand: readonly AmfValue[] = [
  'connect',
  1,
  amfObject({
    app: 'live',
    type: 'nonprivate',
    flashVer: 'FMLE/3.0 (compatible; FMSc/1.0)',
    swfUrl: 'rtmp://ingest.example.org/live',
    tcUrl: 'rtmp://ingest.example.org/live',
  }),
];

/** What OBS says of its stream. */
export const metadata: readonly AmfValue[] = [
  '@setDataFrame',
  'onMetaData',
  amfEcmaArray({
    duration: 0,
    fileSize: 0,
    width: 1920,
    height: 1080,
    videocodecid: 7,
    videodatarate: 6000,
    framerate: 60,
    audiocodecid: 10,
    audiodatarate: 128,
    audiosamplerate: 48_000,
    audiosamplesize: 16,
    audiochannels: 2,
    stereo: true,
    '2.1': false,
    '3.1': false,
    '4.0': false,
    '4.1': false,
    '5.1': false,
    '7.1': false,
    encoder: 'obs-output module (libobs version 31.0.0)',
  }),
];
