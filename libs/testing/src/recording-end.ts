import { readFile, stat } from 'node:fs/promises';

/** FLV 1.0, annex E: the file's header, then the size of a tag that is not there. */
const FILE_HEADER_BYTES = 13;
/** Type, size, timestamp (its highest byte last) and stream of a tag. */
const TAG_HEADER_BYTES = 11;
/** After each tag comes its size. */
const TAG_SIZE_BYTES = 4;

/** A place on the timeline of a recording, and when it was written. */
export interface RecordedMoment {
  readonly timestampMs: number;
  /** By the wall's clock. */
  readonly writtenAtMs: number;
}

/**
 * How far an FLV file has come that may still be growing; undefined while nothing is in it, or it
 * grew while it was read.
 */
export async function lastRecorded(file: string): Promise<RecordedMoment | undefined> {
  const before = await stat(file);
  const bytes = await readFile(file);
  const after = await stat(file);
  const timestampMs = lastTimestampMs(bytes);
  const isAtRest = before.mtimeMs === after.mtimeMs && before.size === after.size;
  if (timestampMs === undefined || !isAtRest) return undefined;
  return { timestampMs, writtenAtMs: after.mtimeMs };
}

/** Undefined unless the last tag is whole. */
function lastTimestampMs(file: Buffer): number | undefined {
  if (file.length < FILE_HEADER_BYTES + TAG_HEADER_BYTES + TAG_SIZE_BYTES) return undefined;
  const end = file.length - TAG_SIZE_BYTES;
  const tag = end - file.readUInt32BE(end);
  if (tag < FILE_HEADER_BYTES) return undefined;
  const dataBytes = file.readUIntBE(tag + 1, 3);
  if (tag + TAG_HEADER_BYTES + dataBytes !== end) return undefined;
  return file.readUIntBE(tag + 4, 3) + (file[tag + 7] ?? 0) * 2 ** 24;
}
