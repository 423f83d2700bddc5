/**
 * Big-endian integers of a message body. Callers have checked the bounds; a byte that is not there
 * reads as zero all the same, so that no body can make these throw.
 */
export function uint8At(bytes: Uint8Array, offset: number): number {
  return bytes[offset] ?? 0;
}

export function uint16At(bytes: Uint8Array, offset: number): number {
  return (uint8At(bytes, offset) << 8) | uint8At(bytes, offset + 1);
}

export function uint24At(bytes: Uint8Array, offset: number): number {
  return (uint8At(bytes, offset) << 16) | uint16At(bytes, offset + 1);
}

/** SI24: the composition time offset of a frame. */
export function int24At(bytes: Uint8Array, offset: number): number {
  return (uint24At(bytes, offset) << 8) >> 8;
}

/** Signed, as FourCCs are compared: with a sign, 32 bits stay a small integer of the engine. */
export function int32At(bytes: Uint8Array, offset: number): number {
  return (uint16At(bytes, offset) << 16) | uint16At(bytes, offset + 2);
}
