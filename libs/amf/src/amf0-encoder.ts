import { assert } from '#kernel';

import { AMF_LIMITS } from './amf-limits.ts';
import { AmfEcmaArray, AmfObject } from './amf-value.ts';
import type { AmfValue } from './amf-value.ts';
import { Marker } from './amf0-marker.ts';

const SHORT_STRING_BYTES_MAX = 0xffff;
const OBJECT_END_BYTES = 3;

/**
 * The values one behind the other, in a buffer of their own. A string above 65 535 bytes becomes a
 * long string; half surrogate pairs become U+FFFD.
 */
export function encodeAmf0(values: readonly AmfValue[]): Buffer {
  const target = Buffer.allocUnsafe(values.reduce<number>((sum, value) => sum + size(value, 0), 0));
  const end = values.reduce<number>((offset, value) => write(value, target, offset), 0);
  assert(end === target.length, 'AMF0 values take the bytes that were counted for them');
  return target;
}

/** Bytes of the value with its marker. `depth` is the number of containers around it. */
function size(value: AmfValue, depth: number): number {
  if (value === null || value === undefined) return 1;
  if (typeof value === 'number') return 9;
  if (typeof value === 'boolean') return 2;
  if (typeof value === 'string') {
    const bytes = Buffer.byteLength(value);
    return bytes > SHORT_STRING_BYTES_MAX ? 5 + bytes : 3 + bytes;
  }
  if (value instanceof Date) return 11;
  if (value instanceof AmfObject) return 1 + sizeOfMembers(value, deeper(depth));
  if (value instanceof AmfEcmaArray) return 5 + sizeOfMembers(value, deeper(depth));
  const inside = deeper(depth);
  return value.reduce<number>((sum, element) => sum + size(element, inside), 5);
}

function deeper(depth: number): number {
  assert(depth < AMF_LIMITS.depthMax, 'values to encode are not nested deeper than we decode');
  return depth + 1;
}

function sizeOfMembers(members: ReadonlyMap<string, AmfValue>, depth: number): number {
  let sum = OBJECT_END_BYTES;
  for (const [key, value] of members) {
    const keyBytes = Buffer.byteLength(key);
    assert(keyBytes <= AMF_LIMITS.keyBytesMax, 'names of properties are not longer than we decode');
    sum += 2 + keyBytes + size(value, depth);
  }
  return sum;
}

/** Writes the value at `offset` and gives the offset behind it. */
function write(value: AmfValue, target: Buffer, offset: number): number {
  if (value === null) return target.writeUInt8(Marker.NULL, offset);
  if (value === undefined) return target.writeUInt8(Marker.UNDEFINED, offset);
  if (typeof value === 'number') {
    return target.writeDoubleBE(value, target.writeUInt8(Marker.NUMBER, offset));
  }
  if (typeof value === 'boolean') {
    return target.writeUInt8(value ? 1 : 0, target.writeUInt8(Marker.BOOLEAN, offset));
  }
  if (typeof value === 'string') return writeString(value, target, offset);
  if (value instanceof Date) {
    const behindTime = target.writeDoubleBE(
      value.getTime(),
      target.writeUInt8(Marker.DATE, offset),
    );
    return target.writeInt16BE(0, behindTime);
  }
  if (value instanceof AmfObject) {
    return writeMembers(value, target, target.writeUInt8(Marker.OBJECT, offset));
  }
  if (value instanceof AmfEcmaArray) {
    const behindMarker = target.writeUInt8(Marker.ECMA_ARRAY, offset);
    return writeMembers(value, target, target.writeUInt32BE(value.size, behindMarker));
  }
  const behindMarker = target.writeUInt8(Marker.STRICT_ARRAY, offset);
  return value.reduce<number>(
    (at, element) => write(element, target, at),
    target.writeUInt32BE(value.length, behindMarker),
  );
}

function writeMembers(
  members: ReadonlyMap<string, AmfValue>,
  target: Buffer,
  offset: number,
): number {
  let at = offset;
  for (const [key, value] of members) {
    const keyBytes = target.write(key, at + 2);
    target.writeUInt16BE(keyBytes, at);
    at = write(value, target, at + 2 + keyBytes);
  }
  return target.writeUInt8(Marker.OBJECT_END, target.writeUInt16BE(0, at));
}

function writeString(text: string, target: Buffer, offset: number): number {
  const bytes = Buffer.byteLength(text);
  const behindLength =
    bytes > SHORT_STRING_BYTES_MAX
      ? target.writeUInt32BE(bytes, target.writeUInt8(Marker.LONG_STRING, offset))
      : target.writeUInt16BE(bytes, target.writeUInt8(Marker.STRING, offset));
  return behindLength + target.write(text, behindLength);
}
