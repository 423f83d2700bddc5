import { AmfEcmaArray, AmfObject, decodeAmf0Leniently, encodeAmf0 } from '#amf';
import type { AmfValue } from '#amf';

const SET_DATA_FRAME = '@setDataFrame';
const ON_META_DATA = 'onMetaData';

/** What a data message says: `onMetaData` and its properties, mostly. */
export interface DataMessage {
  readonly name: string;
  /** The first object or ECMA array behind the name; empty where there is none. */
  readonly values: ReadonlyMap<string, AmfValue>;
}

/**
 * Reads the body of a data message (AMF0; borrowed until return) or of an FLV script tag, with or
 * without `@setDataFrame` in front. Padding, wrong counts, a missing end and trailing garbage are
 * forgiven. Gives undefined where no name can be read: such a message is to be ignored. No throws.
 */
export function decodeDataMessage(body: Uint8Array): DataMessage | undefined {
  const decoded = decodeAmf0Leniently(body);
  const [first, ...rest] = decoded[0] === SET_DATA_FRAME ? decoded.slice(1) : decoded;
  if (typeof first !== 'string') return undefined;
  const values = rest.find((value) => value instanceof AmfObject || value instanceof AmfEcmaArray);
  return { name: first.replace(/\0+$/, ''), values: values ?? new AmfEcmaArray() };
}

/** `@setDataFrame`, `onMetaData`, ECMA array: the one form that every ingest takes. */
export function encodeMetadata(values: ReadonlyMap<string, AmfValue>): Buffer {
  return encodeAmf0([SET_DATA_FRAME, ON_META_DATA, new AmfEcmaArray(values)]);
}
