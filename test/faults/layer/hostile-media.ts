import { encodeAmf0 } from '#amf';
import { MediaFlag, videoFlags } from '#flv';
import { encodeCommand, MessageType } from '#rtmp';
import type { HeardMedia, SyntheticMessage } from '#testing';

const VIDEO_HEADER_BYTES = 5;

/** Of what an encoder sends. */
export function isKeyframe({ type, payload }: SyntheticMessage): boolean {
  return type === MessageType.VIDEO && (videoFlags(payload) & MediaFlag.KEYFRAME) !== 0;
}

/** Of what a destination has heard. */
export function isHeader({ type, body }: HeardMedia): boolean {
  return type === MessageType.VIDEO && (videoFlags(body) & MediaFlag.SEQUENCE_HEADER) !== 0;
}

/** H.264 of 640 by 720, where stamped frames are announced as 160 by 96. */
export const OTHER_AVC_CONFIG = Buffer.from(
  '17000000000142c01fffe100156742c01eda02805bff016a02020280000003008000001e478b175001000468ce3c80',
  'hex',
);

export const HEVC_CONFIG = Buffer.concat([latin('\u0090hvc1'), Buffer.alloc(23, 1)]);

/** A frame of H.264, as one of HEVC in the framing of Enhanced RTMP. */
export function hevcFrame(frame: Buffer, isKeyframe: boolean): Buffer {
  const head = latin(isKeyframe ? '\u0093hvc1' : '\u00a3hvc1');
  return Buffer.concat([head, frame.subarray(VIDEO_HEADER_BYTES)]);
}

/** What comes to a port by mistake, and what scanners say. */
export const STRANGERS = [
  { to: 'rtmp', within: 'tcp', bytes: Buffer.from('16030100c8010000c40303', 'hex') },
  { to: 'rtmp', within: 'tcp', bytes: latin('GET / HTTP/1.1\r\nHost: x\r\n\r\n') },
  { to: 'rtmp', within: 'tcp', bytes: Buffer.alloc(4_096, 0xa5) },
  { to: 'rtmps', within: 'tls', bytes: latin('GET / HTTP/1.1\r\nHost: x\r\n\r\n') },
  { to: 'rtmps', within: 'tcp', bytes: latin('GET / HTTP/1.1\r\nHost: x\r\n\r\n') },
  { to: 'rtmps', within: 'tcp', bytes: Buffer.alloc(1_537, 3) },
] as const;

const { AUDIO, VIDEO, DATA_AMF0, DATA_AMF3, COMMAND_AMF0, USER_CONTROL } = MessageType;

/** Of types, events, names and codecs that there are not, or not yet; and of one track of many. */
export const UNKNOWN_MESSAGES: readonly { readonly type: number; readonly payload: Buffer }[] = [
  { type: 25, payload: Buffer.alloc(100, 7) },
  { type: 99, payload: Buffer.alloc(0) },
  { type: USER_CONTROL, payload: Buffer.from('0063', 'hex') },
  { type: DATA_AMF0, payload: encodeAmf0(['onNobodyKnows', 1]) },
  { type: DATA_AMF3, payload: Buffer.concat([Buffer.of(0), encodeAmf0(['onNobodyKnows', 3])]) },
  { type: COMMAND_AMF0, payload: encodeCommand('doNobodyKnows', 7, null) },
  { type: VIDEO, payload: latin('\u00a1zzzz a frame of a codec from the future') },
  { type: AUDIO, payload: latin('\u0091zzzz sound') },
  { type: AUDIO, payload: Buffer.from('e001', 'hex') },
  { type: VIDEO, payload: Buffer.concat([latin('\u00a6\u0001avc1\u0001'), Buffer.alloc(40)]) },
];

function latin(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
