/** Whatever AMF0 can say. Object and ECMA array are kept apart: encoding again keeps the form. */
export type AmfValue =
  | number
  | boolean
  | string
  | null
  | undefined
  | Date
  | AmfObject
  | AmfEcmaArray
  | readonly AmfValue[];

/** Anonymous object. A Map, because the peer chooses the keys: `__proto__` is a key like any. */
export class AmfObject extends Map<string, AmfValue> {
  readonly form = 'object';
}

/** Associative array: the usual form of onMetaData. */
export class AmfEcmaArray extends Map<string, AmfValue> {
  readonly form = 'ecma-array';
}

export function amfObject(record: Readonly<Record<string, AmfValue>>): AmfObject {
  return new AmfObject(Object.entries(record));
}

export function amfEcmaArray(record: Readonly<Record<string, AmfValue>>): AmfEcmaArray {
  return new AmfEcmaArray(Object.entries(record));
}
