import { AmfError } from './amf-error.ts';
import type { AmfErrorCode } from './amf-error.ts';
import { AMF_LIMITS } from './amf-limits.ts';
import type { AmfLimits } from './amf-limits.ts';
import { AmfEcmaArray, AmfObject } from './amf-value.ts';
import type { AmfValue } from './amf-value.ts';
import { Marker } from './amf0-marker.ts';

/**
 * Every value to the end of `bytes` (borrowed until return; no value keeps a view of it).
 * XML documents become strings, `unsupported` becomes undefined, typed objects lose their class.
 *
 * @throws {AmfError} at the first byte that cannot be taken.
 */
export function decodeAmf0(bytes: Uint8Array, limits: AmfLimits = AMF_LIMITS): AmfValue[] {
  const reader = new ValueReader(bytes, limits, false);
  const values: AmfValue[] = [];
  while (!reader.atEnd) values.push(reader.value(0));
  return values;
}

/**
 * The values before the first that cannot be taken, for messages which may be garbage without harm
 * (data messages with padding behind, time codes of some encoders). Never throws.
 * An object or array of properties that the input ends without an end marker is taken as ended.
 */
export function decodeAmf0Leniently(bytes: Uint8Array, limits: AmfLimits = AMF_LIMITS): AmfValue[] {
  const reader = new ValueReader(bytes, limits, true);
  const values: AmfValue[] = [];
  try {
    while (!reader.atEnd) values.push(reader.value(0));
  } catch (thrown) {
    if (!(thrown instanceof AmfError)) throw thrown;
  }
  return values;
}

class ValueReader {
  readonly #bytes: Buffer;
  readonly #limits: AmfLimits;
  readonly #endMarkerOptional: boolean;
  #offset = 0;
  #valuesLeft: number;

  constructor(bytes: Uint8Array, limits: AmfLimits, endMarkerOptional: boolean) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#limits = limits;
    this.#endMarkerOptional = endMarkerOptional;
    this.#valuesLeft = limits.valuesMax;
  }

  get atEnd(): boolean {
    return this.#offset === this.#bytes.length;
  }

  /** One value with all that is in it. `depth` is the number of containers around it. */
  value(depth: number): AmfValue {
    const start = this.#offset;
    if (this.#valuesLeft === 0) throw new AmfError('AMF_TOO_MANY_VALUES', start);
    this.#valuesLeft -= 1;
    switch (this.#bytes[this.#take(1)]) {
      case Marker.NUMBER:
        return this.#bytes.readDoubleBE(this.#take(8));
      case Marker.BOOLEAN:
        return this.#bytes[this.#take(1)] !== 0;
      case Marker.STRING:
        return this.#string(this.#u16(), start);
      case Marker.OBJECT:
        return this.#members(new AmfObject(), this.#deeper(depth, start));
      case Marker.TYPED_OBJECT:
        this.#key();
        return this.#members(new AmfObject(), this.#deeper(depth, start));
      case Marker.ECMA_ARRAY:
        // The count is advice, and often wrong: the end marker decides.
        this.#take(4);
        return this.#members(new AmfEcmaArray(), this.#deeper(depth, start));
      case Marker.STRICT_ARRAY:
        return this.#elements(this.#deeper(depth, start));
      case Marker.DATE:
        return this.#date();
      case Marker.LONG_STRING:
      case Marker.XML_DOCUMENT:
        return this.#string(this.#u32(), start);
      case Marker.NULL:
        return null;
      case Marker.UNDEFINED:
      case Marker.UNSUPPORTED:
        return undefined;
      case Marker.OBJECT_END:
        return fail('AMF_OBJECT_END_UNEXPECTED', start);
      case Marker.REFERENCE:
        return fail('AMF_REFERENCE_REFUSED', start);
      case Marker.AVMPLUS_OBJECT:
        return fail('AMF_AMF3_REFUSED', start);
      default:
        return fail('AMF_MARKER_UNKNOWN', start);
    }
  }

  /** Properties up to the end marker `00 00 09`. An empty name before anything else is a name. */
  #members<Members extends Map<string, AmfValue>>(members: Members, depth: number): Members {
    while (!(this.#endMarkerOptional && this.atEnd)) {
      const key = this.#key();
      if (key === '' && this.#bytes[this.#offset] === Marker.OBJECT_END) {
        this.#take(1);
        break;
      }
      members.set(key, this.value(depth));
    }
    return members;
  }

  /** Grows as elements arrive: a count that lies meets the end of the input, or `valuesMax`. */
  #elements(depth: number): AmfValue[] {
    const count = this.#u32();
    const elements: AmfValue[] = [];
    while (elements.length < count) elements.push(this.value(depth));
    return elements;
  }

  #date(): Date {
    const epochMs = this.#bytes.readDoubleBE(this.#take(8));
    // The time zone is reserved and carries nothing (AMF0 section 2.13).
    this.#take(2);
    return new Date(epochMs);
  }

  #key(): string {
    const start = this.#offset;
    return this.#text(this.#u16(), this.#limits.keyBytesMax) ?? fail('AMF_KEY_TOO_LONG', start);
  }

  #string(length: number, start: number): string {
    return this.#text(length, this.#limits.stringBytesMax) ?? fail('AMF_STRING_TOO_LONG', start);
  }

  /**
   * Undefined for one that is longer than `bytesMax`, or would be when it is written again: a byte
   * that is no UTF-8 becomes three.
   */
  #text(length: number, bytesMax: number): string | undefined {
    if (length > bytesMax) return undefined;
    const start = this.#take(length);
    const text = this.#bytes.toString('utf8', start, start + length);
    return length * 3 > bytesMax && Buffer.byteLength(text) > bytesMax ? undefined : text;
  }

  #deeper(depth: number, start: number): number {
    if (depth === this.#limits.depthMax) throw new AmfError('AMF_TOO_DEEP', start);
    return depth + 1;
  }

  #u16(): number {
    return this.#bytes.readUInt16BE(this.#take(2));
  }

  #u32(): number {
    return this.#bytes.readUInt32BE(this.#take(4));
  }

  /** Steps over `length` bytes that must be there; gives the offset of the first. */
  #take(length: number): number {
    const start = this.#offset;
    if (length > this.#bytes.length - start) throw new AmfError('AMF_TRUNCATED', start);
    this.#offset = start + length;
    return start;
  }
}

function fail(code: AmfErrorCode, offset: number): never {
  throw new AmfError(code, offset);
}
