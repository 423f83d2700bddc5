import { AmfEcmaArray, amfObject, AmfObject } from '#amf';
import type { AmfValue } from '#amf';

export type StatusLevel = 'status' | 'error';

export function statusObject(level: StatusLevel, code: string, description: string): AmfObject {
  return amfObject({ level, code, description });
}

/**
 * The first value that names a level or a code, as `onStatus` and refusals have it (RTMP 1.0,
 * 7.2.2).
 */
export function findStatus(values: readonly AmfValue[]): ReadonlyMap<string, AmfValue> | undefined {
  return values.filter(isMembers).find((members) => members.has('code') || members.has('level'));
}

/** Whether the value has named members, in either form. */
export function isMembers(value: AmfValue): value is AmfObject | AmfEcmaArray {
  return value instanceof AmfObject || value instanceof AmfEcmaArray;
}
