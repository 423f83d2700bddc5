/** Type markers, AMF0 section 2.1. Movieclip (4) and recordset (14) are reserved, never used. */
export const Marker = {
  NUMBER: 0,
  BOOLEAN: 1,
  STRING: 2,
  OBJECT: 3,
  NULL: 5,
  UNDEFINED: 6,
  REFERENCE: 7,
  ECMA_ARRAY: 8,
  OBJECT_END: 9,
  STRICT_ARRAY: 10,
  DATE: 11,
  LONG_STRING: 12,
  UNSUPPORTED: 13,
  XML_DOCUMENT: 15,
  TYPED_OBJECT: 16,
  AVMPLUS_OBJECT: 17,
} as const;
