/**
 * AMF0, how RTMP commands, data messages and FLV script tags write values: from bytes and back.
 * It refuses AMF3, references, what is past its limits, and to make plain objects of peers' keys.
 * Parts: amf-value, amf0-marker, amf-limits, amf0-decoder, amf0-encoder, amf-error.
 */
export { AmfError } from './amf-error.ts';
export type { AmfErrorCode } from './amf-error.ts';
export { AMF_LIMITS } from './amf-limits.ts';
export type { AmfLimits } from './amf-limits.ts';
export { amfEcmaArray, AmfEcmaArray, amfObject, AmfObject } from './amf-value.ts';
export type { AmfValue } from './amf-value.ts';
export { decodeAmf0, decodeAmf0Leniently } from './amf0-decoder.ts';
export { encodeAmf0 } from './amf0-encoder.ts';
