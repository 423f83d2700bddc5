/** A message as it lies in an FLV file. */
export interface FlvTag {
  readonly typeId: number;
  readonly timestampMs: number;
  readonly body: Buffer;
}

const FILE_HEADER = Buffer.from('464c5601050000000900000000', 'hex');
const TAG_HEADER_BYTES = 11;
const TAG_SIZE_BYTES = 4;

/** All whole tags of a file, FLV 10.1 annex E.4. Bodies are views of it. */
export function readFlv(file: Buffer): FlvTag[] {
  const tags: FlvTag[] = [];
  let at = FILE_HEADER.length;
  while (at + TAG_HEADER_BYTES <= file.length) {
    const start = at + TAG_HEADER_BYTES;
    const end = start + file.readUIntBE(at + 1, 3);
    const timestampMs = file.readUIntBE(at + 4, 3) | (file.readUInt8(at + 7) << 24);
    tags.push({ typeId: file.readUInt8(at), timestampMs, body: file.subarray(start, end) });
    at = end + TAG_SIZE_BYTES;
  }
  return tags;
}

export function writeFlv(tags: readonly FlvTag[]): Buffer {
  const parts: Uint8Array[] = [FILE_HEADER];
  for (const { typeId, timestampMs, body } of tags) {
    const header = Buffer.alloc(TAG_HEADER_BYTES);
    header.writeUInt8(typeId, 0);
    header.writeUIntBE(body.length, 1, 3);
    header.writeUIntBE(timestampMs & 0xff_ffff, 4, 3);
    header.writeUInt8(timestampMs >>> 24, 7);
    const size = Buffer.alloc(TAG_SIZE_BYTES);
    size.writeUInt32BE(TAG_HEADER_BYTES + body.length);
    parts.push(header, body, size);
  }
  return Buffer.concat(parts);
}
