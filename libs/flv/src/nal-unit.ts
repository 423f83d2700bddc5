import { uint16At } from './bytes.ts';

/**
 * The payload without its emulation prevention: 00 00 03 stands for 00 00 (H.264 section 7.4.1).
 * A copy; at most as long as the unit.
 */
export function withoutEmulationPrevention(unit: Uint8Array): Uint8Array {
  const payload = new Uint8Array(unit.length);
  let length = 0;
  let zeros = 0;
  for (const byte of unit) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    payload[length] = byte;
    length += 1;
  }
  return payload.subarray(0, length);
}

/**
 * The payload with its emulation prevention: what must not stand in a unit gets a 3 put into it
 * (H.264 section 7.4.1). A copy, or the payload itself where nothing is to be prevented.
 */
export function withEmulationPrevention(payload: Uint8Array): Uint8Array {
  const added = countEmulations(payload);
  if (added === 0) return payload;
  const unit = new Uint8Array(payload.length + added);
  let length = 0;
  let zeros = 0;
  for (const byte of payload) {
    if (zeros === 2 && byte <= 3) {
      unit[length] = 3;
      length += 1;
      zeros = 0;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    unit[length] = byte;
    length += 1;
  }
  return unit;
}

function countEmulations(payload: Uint8Array): number {
  let count = 0;
  let zeros = 0;
  for (const byte of payload) {
    if (zeros === 2 && byte <= 3) {
      count += 1;
      zeros = 0;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return count;
}

/** The unit behind its 16-bit length at `offset`; undefined when the record ends before it does. */
export function lengthPrefixedUnit(record: Uint8Array, offset: number): Uint8Array | undefined {
  const start = offset + 2;
  const end = start + uint16At(record, offset);
  return end > record.length ? undefined : record.subarray(start, end);
}
