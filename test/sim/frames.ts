/** Media that can be recognised: each frame carries its number, twice, and its decoder's mark. */
export const AUDIO = 8;
export const VIDEO = 9;

/** A baseline picture of 640×720; configurations are told apart by their level, the mark. */
const PARAMETER_SETS = Buffer.from(
  'ffe100156742c01eda02805bff016a02020280000003008000001e478b175001000468ce3c80',
  'hex',
);
const VIDEO_ID_AT = 10;
const AUDIO_ID_AT = 2;
const VIDEO_BYTES_MIN = 24;

export function videoHeader(mark: number): Buffer {
  return Buffer.concat([Buffer.of(0x17, 0, 0, 0, 0, 1, 0x42, 0xc0, mark), PARAMETER_SETS]);
}

/** AAC-LC of two channels; the marks 0x11 and 0x12 are 48 and 44.1 kHz. */
export function audioHeader(mark: number): Buffer {
  return Buffer.of(0xaf, 0, mark, 0x90);
}

export function videoFrame(id: number, mark: number, isKey: boolean, bytes: number): Buffer {
  const body = Buffer.alloc(Math.max(bytes, VIDEO_BYTES_MIN), id & 0xff);
  body.set([isKey ? 0x17 : 0x27, 1, 0, 0, 0]);
  body.writeUInt32BE(body.length - 9, 5);
  body[9] = isKey ? 0x65 : 0x41;
  return numbered(body, VIDEO_ID_AT, id, mark);
}

export function audioFrame(id: number, mark: number): Buffer {
  const body = Buffer.alloc(16, id & 0xff);
  body.set([0xaf, 1]);
  return numbered(body, AUDIO_ID_AT, id, mark);
}

function numbered(body: Buffer, at: number, id: number, mark: number): Buffer {
  body.writeUInt32BE(id, at);
  body[at + 4] = mark;
  body.writeUInt32BE(id, body.length - 4);
  return body;
}

/** What the first bytes of a body say; undefined for what is neither frame nor configuration. */
export interface Seen {
  readonly kind: 'frame' | 'header';
  readonly id: number;
  readonly mark: number;
  readonly isKey: boolean;
}

/** As many bytes of a body as `look` needs. */
export const LOOK_BYTES = 15;

export function look(typeId: number, body: Buffer): Seen | undefined {
  const isVideo = typeId === VIDEO;
  if (!isVideo && typeId !== AUDIO) return undefined;
  const markAt = isVideo ? 8 : 2;
  if (body[1] === 0) return { kind: 'header', id: 0, mark: body[markAt] ?? 0, isKey: false };
  const at = isVideo ? VIDEO_ID_AT : AUDIO_ID_AT;
  const id = body.readUInt32BE(at);
  return { kind: 'frame', id, mark: body[at + 4] ?? 0, isKey: isVideo && body[0] === 0x17 };
}

/** Whether a frame is the one its number says, from its first to its last byte. */
export function isWhole(typeId: number, body: Buffer, id: number): boolean {
  const at = typeId === VIDEO ? VIDEO_ID_AT : AUDIO_ID_AT;
  for (let index = at + 5; index < body.length - 4; index += 1) {
    if (body[index] !== (id & 0xff)) return false;
  }
  return body.readUInt32BE(at) === id && body.readUInt32BE(body.length - 4) === id;
}
