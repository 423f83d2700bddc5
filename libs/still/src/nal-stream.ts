const START_CODE = Buffer.of(0, 0, 1);

/** What a new slice header may have more than the old one had. */
const REWRITTEN_BYTES_MORE = 32;

/** Of a keyframe. Real ones have some ten; one for each row of blocks is the most that is known. */
export const UNITS_MAX = 1024;
/** Of another picture, up to its first slice: delimiter, parameter sets, messages. */
export const UNITS_BEFORE_SLICE_MAX = 64;

/**
 * The units of a frame, each behind its length of `lengthBytes` bytes; views of `data`. Those of no
 * length are left away. Undefined where the lengths do not fill the data, or there are too many.
 */
export function splitUnits(data: Uint8Array, lengthBytes: number): Uint8Array[] | undefined {
  return takeUnits(data, lengthBytes, UNITS_MAX, () => false);
}

/** As `splitUnits`, but only up to the first unit that `isSlice`. */
export function unitsUpTo(
  isSlice: (unit: Uint8Array) => boolean,
  data: Uint8Array,
  lengthBytes: number,
): Uint8Array[] | undefined {
  return takeUnits(data, lengthBytes, UNITS_BEFORE_SLICE_MAX + 1, isSlice);
}

function takeUnits(
  data: Uint8Array,
  lengthBytes: number,
  unitsMax: number,
  isLast: (unit: Uint8Array) => boolean,
): Uint8Array[] | undefined {
  const units: Uint8Array[] = [];
  let at = 0;
  while (at < data.length) {
    let length = 0;
    for (let index = 0; index < lengthBytes; index += 1) {
      length = length * 256 + (data[at + index] ?? 0);
    }
    const start = at + lengthBytes;
    at = start + length;
    if (at > data.length || units.length === unitsMax) return undefined;
    if (length === 0) continue;
    const unit = data.subarray(start, at);
    units.push(unit);
    if (isLast(unit)) break;
  }
  return units;
}

/** The units of a byte stream, H.264 annex B: each behind a start code. Views of `stream`. */
export function unitsOfStream(stream: Uint8Array): Uint8Array[] {
  const bytes = Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength);
  const units: Uint8Array[] = [];
  let start = bytes.indexOf(START_CODE);
  while (start !== -1 && units.length < UNITS_MAX) {
    const from = start + START_CODE.length;
    start = bytes.indexOf(START_CODE, from);
    let end = start === -1 ? bytes.length : start;
    while (end > from && bytes[end - 1] === 0) end -= 1;
    if (end > from) units.push(stream.subarray(from, end));
  }
  return units;
}

/** The opposite of `splitUnits`; the units are not too long for that (`areUnitsShort`). */
export function joinUnits(units: readonly Uint8Array[], lengthBytes: number): Uint8Array[] {
  return units.flatMap((unit) => {
    const length = Buffer.alloc(lengthBytes);
    length.writeUIntBE(unit.length, 0, lengthBytes);
    return [length, unit];
  });
}

/** Whether units may be written anew: emulation prevention may make them half as long again. */
export function areUnitsShort(units: readonly Uint8Array[], lengthBytes: number): boolean {
  return units.every((unit) => (unit.length + REWRITTEN_BYTES_MORE) * 1.5 < 256 ** lengthBytes);
}

/** Mastering display, content light level, preferred transfer: payloadType in H.264 and H.265. */
const lastingMessages: ReadonlySet<number> = new Set([137, 144, 147]);

/**
 * Whether a supplemental unit says something that holds for the whole sequence. The rest belongs to
 * its moment (captions, clocks, buffers) and is not repeated. `headerBytes`: of the unit.
 */
export function isLastingMessage(unit: Uint8Array, headerBytes: number): boolean {
  return lastingMessages.has(unit[headerBytes] ?? 0);
}
