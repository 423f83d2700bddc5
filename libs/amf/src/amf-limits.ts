/**
 * What one input may ask of the decoder. Memory is bounded by the input's own length (nothing is
 * allocated for a declared length or count) and by `valuesMax` values of a few words each.
 */
export interface AmfLimits {
  /** Containers inside one another: 1 allows an object of plain values. */
  readonly depthMax: number;
  /** Values of every kind in the whole input, containers and their members alike. */
  readonly valuesMax: number;
  /** Of a property's name, in bytes of UTF-8. */
  readonly keyBytesMax: number;
  /** Of a string, long string or XML document, in bytes of UTF-8. */
  readonly stringBytesMax: number;
}

/** Connect objects have some 12 properties, onMetaData some 30; nothing known nests beyond 4. */
export const AMF_LIMITS: AmfLimits = {
  depthMax: 16,
  valuesMax: 1024,
  keyBytesMax: 256,
  stringBytesMax: 64 * 1024,
};
